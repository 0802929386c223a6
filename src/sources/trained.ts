import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { effectiveNetwork, effectiveTask } from '../experiment/effective';
import type { Experiment, Network, Stack, Task } from '../experiment/experiment';
import { furtherIn, gradientOf } from '../experiment/further-sites';
import type { StackSpec } from '../experiment/file';
import { MAX_WIDTH } from '../experiment/networks';
import type { Draft } from '../experiment/structure';
import { layersOf } from '../protocol/layers';
import type { EngineInfo } from '../protocol/results';
import { withNoise } from '../stimuli/label-noise';
import { costOf } from '../training/cost';
import type { Checkpoint, Trained, TrainingObserver } from '../training/engine';
import { layout, outputUnits, parameterCount } from '../training/layout';
import type { KeptFiles, MakeContext, NetworkKind, Source } from './source';
import { labelsOf, named, StackRecording } from './stack-recording';
import { filesOfTraining, trainingOf } from './stored-training';

type StackNetwork = Network & Stack;

/** A source of recordings of a stack, whose weights can be changed. */
export interface StackSource extends Source {
  readonly network: StackNetwork;
  /** In the network's order. */
  readonly tasks: readonly Task[];
  make(...of: Parameters<Source['make']>): Promise<{ recording: StackRecording; reused: boolean }>;
  soFar(...of: Parameters<Source['soFar']>): StackRecording;
}

/** Stacks of layers that are trained on the stimuli. What is kept of one are its weights; its activations are recomputed. */
export const stack: Omit<NetworkKind<StackNetwork>, 'source'> & {
  source(experiment: Experiment, network: StackNetwork): StackSource;
} = {
  key: 'hidden',
  check: (spec, { path, problems }) => {
    const { hidden = [] } = spec as Draft<StackSpec>;
    hidden.forEach((width, index) => {
      if (Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH) return;
      const message = `The width of a hidden layer must be a whole number from 1 to ${MAX_WIDTH}; it is ${width}.`;
      problems.at([...path, 'hidden', index], 'out-of-range', message);
    });
  },
  read: (spec, { inputUnits, tasks }) => {
    const { hidden = [64, 64], ...layers } = spec as Draft<StackSpec>;
    return {
      hidden,
      activation: layers.activation ?? 'relu',
      leakySlope: layers.leakySlope ?? 0.01,
      initializer: layers.initializer ?? 'varianceScaling',
      initialScale: layers.initialScale ?? 1,
      ...shapeOf(hidden, inputUnits, outputUnits(tasks)),
      isFixed: false,
    };
  },
  source: (experiment, network) => new TrainedNetwork(experiment, network),
};

/** @param outputs units of the readout */
export function shapeOf(
  hidden: readonly number[],
  inputs: number,
  outputs: number,
): Pick<Network, 'sites' | 'further' | 'parameters'> {
  const units = [...hidden, outputs];
  const sites = layersOf(hidden.length).map((layer, at) => ({ ...layer, units: units[at] }));
  return {
    sites,
    further: sites.map(gradientOf),
    parameters: parameterCount(layout({ hidden }, inputs, outputs)),
  };
}

class TrainedNetwork implements StackSource {
  readonly tasks: readonly Task[];

  constructor(
    private readonly experiment: Experiment,
    readonly network: StackNetwork,
  ) {
    this.tasks = network.tasks.map((name) => named(experiment.tasks, name));
  }

  get name(): string {
    return this.network.name;
  }

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  get effective(): object {
    return effectiveNetwork(this.network);
  }

  get cost(): Source['cost'] {
    return costOf(this.experiment, this.network);
  }

  key(replicate: Replicate, engine: EngineInfo): object {
    return { ...this.keptKey(replicate, engine), ...furtherIn(this.sites) };
  }

  /** Titles, other networks, analyses and how many seeds there are determine nothing of its weights. */
  keptKey(replicate: Replicate, engine: EngineInfo): object {
    const { stimuli, tasks } = this.experiment;
    const needed = new Set([
      ...this.network.tasks,
      ...Object.values(stimuli.sets).flatMap(({ balance }) => balance),
    ]);
    return {
      kind: 'training',
      engine,
      stimuli,
      tasks: tasks.filter(({ name }) => needed.has(name)).map(effectiveTask),
      network: this.effective,
      seed: replicate.seed,
    };
  }

  async make(
    replicate: Replicate,
    context: MakeContext,
    kept: KeptFiles,
    observer: TrainingObserver,
  ): Promise<{ recording: StackRecording; reused: boolean }> {
    const files = await kept.read();
    const known = files && trainingOf(files);
    if (known) return { recording: this.recordingOf(replicate, context, known), reused: true };
    const { network, tasks } = this;
    const { train } = context.sets;
    const job = {
      network,
      seed: replicate.seed,
      tasks,
      inputs: train.inputs,
      labels: labelsOf(tasks, train).map((label, at) =>
        withNoise(label, network.training.labelNoise?.[at] ?? 0, this.experiment.stimuli.seed),
      ),
    };
    const made = await context.engine.train(job, observer);
    await kept.write(filesOfTraining(made));
    return { recording: this.recordingOf(replicate, context, made), reused: false };
  }

  soFar(replicate: Replicate, context: MakeContext, checkpoints: readonly Checkpoint[]): StackRecording {
    return this.recordingOf(replicate, context, { checkpoints });
  }

  /** Of a whole training, or of what has come of one. */
  private recordingOf(
    replicate: Replicate,
    context: MakeContext,
    { checkpoints, phaseEnds, criteria }: Pick<Trained, 'checkpoints'> & Partial<Trained>,
  ): StackRecording {
    const { network, tasks } = this;
    const outputs = outputUnits(tasks);
    const stages = checkpoints.map(({ step, epoch, parameters }) => {
      const program = Promise.resolve({ network, outputs, parameters, edits: [] });
      return {
        ...{ step, epoch, bytes: parameters.byteLength },
        program: () => program,
      };
    });
    const course = phaseEnds && criteria && { phaseEnds, criteria };
    return new StackRecording(this, replicate, context, stages, undefined, course);
  }
}
