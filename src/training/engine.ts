import type { Layers, Stack, Task } from '../experiment/experiment';
import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { EngineInfo } from '../protocol/results';

/** What is trained: one network from one seed. */
export interface TrainingJob {
  readonly network: Stack;
  /** Replicate seed; with the network's name it determines weights, batch order and dropout. */
  readonly seed: number;
  /** The network's tasks, in its order (one head each). */
  readonly tasks: readonly Task[];
  /** Training stimuli × input units. */
  readonly inputs: Matrix<Float32Array>;
  /** One label per task of the network, in its order. */
  readonly labels: readonly Label[];
}

/**
 * All weights and biases of a network in one array: for each layer, hidden ones first and the output layer last, its
 * weights (inputs × outputs, row-major), then its biases.
 */
export type Parameters = Float32Array<ArrayBuffer>;

export interface Checkpoint {
  readonly step: number;
  /** step / stepsPerEpoch. */
  readonly epoch: number;
  readonly parameters: Parameters;
}

/** Losses and accuracies over the last stretch of training, on the training batches as they were met. */
export interface Progress {
  readonly step: number;
  /** Of all phases, if none stops early from now on. */
  readonly totalSteps: number;
  readonly epoch: number;
  /** Mean training loss since the last report. */
  readonly loss: number;
  /** Share of right answers since the last report, by task of the network; tasks the phase does not train included. */
  readonly accuracy: readonly number[];
}

export interface Trained {
  /** Steps that were trained; fewer than planned after early stopping. */
  readonly steps: number;
  /** Steps at which each phase ended. */
  readonly phaseEnds: readonly number[];
  /** Of the tasks that a phase lasts until, in the order of phases; absent where none does. */
  readonly criteria?: readonly Criterion[];
  /** First: the initial weights (step 0); last: the final ones. In order of steps. */
  readonly checkpoints: readonly Checkpoint[];
  /** One entry an epoch (about 100 in steps-based training): the training curve. */
  readonly curve: readonly Progress[];
}

/** When a task met the criterion that a phase lasts until. */
export interface Criterion {
  readonly task: string;
  /** From 0. */
  readonly phase: number;
  /** From the beginning of the phase to the end of the first epoch whose training accuracy met it; null where none did. */
  readonly steps: number | null;
  /** Steps that the phase lasted. */
  readonly of: number;
}

export interface TrainingObserver {
  /** At the end of each epoch, and at least about 10 times a second of training. */
  progress?(progress: Progress): void;
  /** Training waits for it. */
  checkpoint?(checkpoint: Checkpoint): void | Promise<void>;
}

/** The loss became NaN or infinite: this replicate has no result. */
export class DivergenceError extends Error {
  constructor(
    readonly step: number,
    readonly epoch: number,
  ) {
    super(
      `Training diverged: the loss was not finite at step ${step} (epoch ${epoch.toFixed(1)}). ` +
        'Lower the learning rate or the initial scale.',
    );
    this.name = 'DivergenceError';
  }
}

/** Activations that single precision cannot hold: nothing can be measured of them. */
export class OverflowError extends Error {
  /** @param change of a network, as the file says it; absent where none is made */
  constructor(layer: string, step: number, epoch: number, change?: string) {
    super(
      change !== undefined
        ? `The activations of ${layer} overflow, changed as '${change}' says. Lower its numbers, or those of the network that is changed.`
        : step === 0
          ? `The activations of ${layer} overflow before any training. Lower 'initialScale', or 'amplification' of the features.`
          : `The activations of ${layer} overflow at step ${step} (epoch ${epoch.toFixed(1)}). Lower the learning rate or the initial scale.`,
    );
    this.name = 'OverflowError';
  }
}

/** Trains and evaluates plain stacks of layers. Both engines start from the same weights, and see the same batches and dropout masks. */
export interface Engine {
  readonly info: EngineInfo;
  /** @throws DivergenceError */
  train(job: TrainingJob, observer?: TrainingObserver): Promise<Trained>;
  /**
   * Activations of every layer: the hidden layers after their activation function, then the output layer's logits.
   *
   * @param inputs stimuli × input units
   * @returns stimuli × units of `hidden1` … `hiddenN`, `output`
   */
  activations(
    network: Layers,
    outputs: number,
    parameters: Parameters,
    inputs: Matrix<Float32Array>,
  ): Promise<Matrix<Float32Array>[]>;
  /**
   * The gradient of something with regard to the units of hidden layers, after their activation function, each stimulus by itself.
   *
   * @param inputs stimuli × input units
   * @param atLogits its gradient with regard to the logits, stimuli × output units
   * @returns stimuli × units of `hidden1` … `hiddenN`
   */
  gradients(
    network: Layers,
    parameters: Parameters,
    inputs: Matrix<Float32Array>,
    atLogits: Matrix<Float32Array>,
  ): Promise<Matrix<Float32Array>[]>;
}
