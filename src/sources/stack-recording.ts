import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import type { Network, SetName, Stack, Task } from '../experiment/experiment';
import { gradientOf } from '../experiment/further-sites';
import type { StimulusSet } from '../stimuli/stimulus-set';
import { OverflowError } from '../training/engine';
import { evaluate, lossGradients } from '../training/evaluate';
import { layersOf, type Program } from './program';
import type { ChangeMade, Course, MakeContext, Moment, Recording } from './source';

/** A moment of a stack, and what computes its answers then. */
export interface Stage extends Moment {
  /** Of its weights. */
  readonly bytes: number;
  program(): Promise<Program>;
}

/** A recording that is recomputed from the weights at each checkpoint. */
export class StackRecording implements Recording {
  /** The gradients that were asked for last: one pass gives those of all layers. */
  private newest:
    | {
        readonly program: Program;
        readonly stimuli: StimulusSet;
        readonly layers: readonly Matrix<Float32Array>[];
      }
    | undefined;

  /** @param change where it is of a changed network @param course where phases of it last until tasks are learned */
  constructor(
    private readonly of: { readonly network: Network & Stack; readonly tasks: readonly Task[] },
    readonly replicate: Replicate,
    private readonly context: MakeContext,
    readonly stages: readonly Stage[],
    readonly change?: ChangeMade,
    readonly course?: Course,
  ) {
    if (stages.length === 0) throw new Error('A trained network has at least its initial weights.');
  }

  get sites(): readonly Site[] {
    return this.of.network.sites;
  }

  get checkpoints(): Recording['checkpoints'] {
    return this.stages.map(({ step, epoch }) => ({ step, epoch }));
  }

  get bytes(): number {
    return this.stages.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async activations(site: string, set: SetName, checkpoint: number): Promise<Matrix<Float32Array>> {
    const at = this.sites.findIndex(({ name }) => name === site);
    const stage = this.stages[checkpoint] as Stage | undefined;
    if (at < 0 || !stage) throw new RangeError(`There is no layer ${site} at checkpoint ${checkpoint}.`);
    const { engine, sets } = this.context;
    const program = await stage.program();
    const layers = await layersOf(engine, program, sets[set]);
    // After layers come gradients, in any order.
    const found =
      at < layers.length ? layers[at] : await this.gradient(program, layers[layers.length - 1], site, set);
    if (!isFinite(found))
      throw new OverflowError(site, stage.step, stage.epoch, this.of.network.of && this.of.network.kind);
    return found;
  }

  /** The gradient of each stimulus's loss with regard to the units of a layer. @returns stimuli × units */
  private async gradient(
    program: Program,
    logits: Matrix<Float32Array>,
    site: string,
    set: SetName,
  ): Promise<Matrix<Float32Array>> {
    const { network, tasks } = this.of;
    const stimuli = this.context.sets[set];
    const layer = this.sites.findIndex((one) => gradientOf(one).name === site);
    if (this.newest?.program !== program || this.newest.stimuli !== stimuli) {
      const atLogits = lossGradients(network, tasks, logits, labelsOf(tasks, stimuli));
      const hidden = this.context.engine.gradients(network, program.parameters, stimuli.inputs, atLogits);
      this.newest = { program, stimuli, layers: [...(await hidden), atLogits] };
    }
    return this.newest.layers[layer];
  }

  async behaviour(set: SetName, checkpoint: number): ReturnType<Recording['behaviour']> {
    const { network, tasks } = this.of;
    const readout = this.sites[this.sites.findIndex(({ role }) => role === 'readout')];
    const logits = await this.activations(readout.name, set, checkpoint);
    const { loss, accuracy } = evaluate(network, tasks, logits, labelsOf(tasks, this.context.sets[set]));
    return { loss, accuracy: new Map(tasks.map(({ name }, at) => [name, accuracy[at]])) };
  }

  end(): Recording {
    return new StackRecording(
      this.of,
      this.replicate,
      this.context,
      this.stages.slice(-1),
      undefined,
      this.course,
    );
  }
}

/** The labels of tasks in one set of stimuli. */
export function labelsOf(tasks: readonly Task[], set: StimulusSet): Label[] {
  return tasks.map(({ name }) => named(set.tasks, name));
}

/** @throws Error where there is no such task */
export function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`There is no task ${name}.`);
  return found;
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
