import type { Matrix } from '../core/matrix';
import { keptPoint, type Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { effectiveNetwork, effectiveTask } from '../experiment/effective';
import type { Experiment, Network, SetName, Stack, Task } from '../experiment/experiment';
import type { StackSpec } from '../experiment/file';
import { MAX_WIDTH } from '../experiment/networks';
import type { Draft } from '../experiment/structure';
import { layersOf } from '../protocol/layers';
import type { EngineInfo } from '../protocol/results';
import type { StimulusSet } from '../stimuli/stimulus-set';
import type { Label } from '../core/label';
import { costOf } from '../training/cost';
import { type Checkpoint, OverflowError, type TrainingObserver } from '../training/engine';
import { evaluate } from '../training/evaluate';
import { layout, outputUnits, parameterCount } from '../training/layout';
import type { KeptFiles, MakeContext, NetworkKind, Recording, Source } from './source';
import { filesOfTraining, trainingOf } from './stored-training';

type StackNetwork = Network & Stack;

/** Stacks of layers that are trained on the stimuli. What is kept of one are its weights; its activations are recomputed. */
export const stack: NetworkKind<StackNetwork> = {
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
): Pick<Network, 'sites' | 'parameters'> {
  const units = [...hidden, outputs];
  return {
    sites: layersOf(hidden.length).map((layer, at) => ({ ...layer, units: units[at] })),
    parameters: parameterCount(layout({ hidden }, inputs, outputs)),
  };
}

class TrainedNetwork implements Source {
  /** In its order. */
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

  /** Titles, other networks, analyses and how many seeds there are determine nothing of its weights. */
  key(replicate: Replicate, engine: EngineInfo): object {
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
      ...keptPoint(replicate),
      seed: replicate.seed,
    };
  }

  async make(
    replicate: Replicate,
    context: MakeContext,
    kept: KeptFiles,
    observer: TrainingObserver,
  ): Promise<{ recording: Recording; reused: boolean }> {
    const files = await kept.read();
    const known = files && trainingOf(files);
    if (known) return { recording: this.soFar(replicate, context, known.checkpoints), reused: true };
    const { network, tasks } = this;
    const { train } = context.sets;
    const job = {
      network,
      seed: replicate.seed,
      tasks,
      inputs: train.inputs,
      labels: labelsOf(tasks, train),
    };
    const made = await context.engine.train(job, observer);
    await kept.write(filesOfTraining(made));
    return { recording: this.soFar(replicate, context, made.checkpoints), reused: false };
  }

  soFar(replicate: Replicate, context: MakeContext, checkpoints: readonly Checkpoint[]): Recording {
    if (checkpoints.length === 0) throw new Error('A trained network has at least its initial weights.');
    return new WeightsRecording(this, replicate, context, checkpoints);
  }
}

/** The labels of tasks in one set of stimuli. */
function labelsOf(tasks: readonly Task[], set: StimulusSet): Label[] {
  return tasks.map(({ name }) => named(set.tasks, name));
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`There is no task ${name}.`);
  return found;
}

/** A recording that is recomputed from the weights at each checkpoint. */
class WeightsRecording implements Recording {
  constructor(
    private readonly source: TrainedNetwork,
    readonly replicate: Replicate,
    private readonly context: MakeContext,
    private readonly weights: readonly Checkpoint[],
  ) {}

  get sites(): readonly Site[] {
    return this.source.sites;
  }

  get checkpoints(): Recording['checkpoints'] {
    return this.weights.map(({ step, epoch }) => ({ step, epoch }));
  }

  get bytes(): number {
    return this.weights.reduce((sum, { parameters }) => sum + parameters.byteLength, 0);
  }

  async activations(site: string, set: SetName, checkpoint: number): Promise<Matrix<Float32Array>> {
    const at = this.sites.findIndex(({ name }) => name === site);
    const weights = this.weights[checkpoint] as Checkpoint | undefined;
    if (at < 0 || !weights) throw new RangeError(`There is no layer ${site} at checkpoint ${checkpoint}.`);
    const { network, tasks } = this.source;
    const { inputs } = this.context.sets[set];
    const layers = await this.context.engine.activations(
      network,
      outputUnits(tasks),
      weights.parameters,
      inputs,
    );
    if (!isFinite(layers[at])) throw new OverflowError(site, weights.step, weights.epoch);
    return layers[at];
  }

  async behaviour(set: SetName, checkpoint: number): ReturnType<Recording['behaviour']> {
    const { network, tasks } = this.source;
    const readout = this.sites[this.sites.findIndex(({ role }) => role === 'readout')];
    const logits = await this.activations(readout.name, set, checkpoint);
    const { loss, accuracy } = evaluate(network, tasks, logits, labelsOf(tasks, this.context.sets[set]));
    return { loss, accuracy: new Map(tasks.map(({ name }, at) => [name, accuracy[at]])) };
  }

  end(): Recording {
    return new WeightsRecording(this.source, this.replicate, this.context, this.weights.slice(-1));
  }
}

/** Finite numbers of single precision have a finite sum in double precision: four of them, which do not wait for each other. */
function isFinite({ data }: Matrix<Float32Array>): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const { length } = data;
  for (let k = 3; k < length; k += 4) {
    a += data[k - 3];
    b += data[k - 2];
    c += data[k - 1];
    d += data[k];
  }
  for (let k = length - (length % 4); k < length; k++) a += data[k];
  return Number.isFinite(a + b + c + d);
}
