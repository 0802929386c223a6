import type { Engine, Parameters } from '../engine';
import type { OptimizerSettings } from '../fused/optimizer';
import { trainWith } from '../train';
import { GraphForward } from './forward';
import { GraphGradients } from './gradients';
import type { Program } from './program';
import { GraphStepper } from './stepper';

/** Trains and reads programs of sequences. What only describes networks imports its types, and none of its code. */
interface SequenceEngine {
  /** @param initial the parameters to begin from; they are copied */
  stepper(program: Program, settings: OptimizerSettings, initial: Parameters): GraphStepper;
  reader(program: Program, parameters: Parameters): GraphForward;
  gradients(program: Program, parameters: Parameters): GraphGradients;
  /** The loop around the steps, which is that of stacks. */
  readonly train: typeof trainWith;
}

/** What a thread has: an engine of plain stacks, and that of sequences. */
export interface FullEngine extends Engine {
  readonly sequences: SequenceEngine;
}

/** An engine of stacks, with that of sequences beside it: our own kernels, whatever the other. */
export function withSequences(stacks: Engine): FullEngine {
  return {
    info: stacks.info,
    train: (job, observer) => stacks.train(job, observer),
    activations: (...asked) => stacks.activations(...asked),
    gradients: (...asked) => stacks.gradients(...asked),
    sequences: {
      stepper: (program, settings, initial) => new GraphStepper(program, settings, initial),
      reader: (program, parameters) => new GraphForward(program, parameters),
      gradients: (program, parameters) => new GraphGradients(program, parameters),
      train: trainWith,
    },
  };
}
