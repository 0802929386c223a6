import type { Parameters } from '../engine';
import { Optimizer, type OptimizerSettings } from '../fused/optimizer';
import { type Acted, ActedScore } from './actor-critic';
import { countedReadings, microBatches, type Sequences } from './batch';
import { BoundProgram } from './bound-program';
import { clearMoments } from './parameter-memory';
import type { Program } from './program';

/** One update of the parameters from one batch of documents. */
interface SequenceUpdate {
  readonly sequences: Sequences;
  /** Which of its documents the batch has; one that is named twice counts twice. */
  readonly documents: Uint32Array;
  /** Schedule included. */
  readonly learningRate: number;
  /** Where the network acted in them; absent: each token that counts is predicted. */
  readonly acted?: Acted;
}

interface SequenceScore {
  /** Mean cross-entropy of tokens that count, in nats, or the loss of what was done. NaN where none does. */
  readonly loss: number;
  /** Tokens that count. */
  readonly counted: number;
  /** Those of them that were the most probable; 0 where the network acted. */
  readonly right: number;
}

/** Trains a program on sequences by our own kernels: each token that counts is predicted from those before it. */
export class GraphStepper {
  readonly #bound: BoundProgram;
  readonly #optimizer: Optimizer;

  /** @param initial the parameters to begin from; they are copied */
  constructor(program: Program, settings: OptimizerSettings, initial: Parameters) {
    this.#bound = new BoundProgram(program, initial, true);
    this.#optimizer = new Optimizer(this.#bound.workspace, settings);
  }

  /** @returns the score of the batch in the forward pass, before the update */
  step({ sequences, documents, learningRate, acted }: SequenceUpdate): SequenceScore {
    const { memory, workspace } = this.#bound;
    const [first, end] = memory.gradients;
    workspace.floats.fill(0, first / 4, end / 4);
    const readings = countedReadings(sequences, documents);
    const counted = readings.reduce((sum, { selected }) => sum + selected.length, 0);
    const score = acted && new ActedScore(this.#bound, acted, acts(readings, acted));
    let loss = 0;
    let right = 0;
    for (const batch of microBatches(sequences, readings, memory.octets)) {
      this.#bound.run(batch);
      if (score) loss += counted * score.score(batch, sequences.tokens);
      else {
        const sum = this.#bound.predict(batch, sequences.tokens, 1 / counted);
        loss += sum.loss;
        right += sum.right;
      }
      this.#bound.backward(batch);
    }
    this.#update(learningRate);
    return { loss: loss / counted, counted, right };
  }

  #update(learningRate: number): void {
    const { memory, operations } = this.#bound;
    for (const operation of operations) operation.finish?.();
    this.#optimizer.begin(learningRate);
    for (const each of memory.weights.values()) this.#optimizer.updateWeights(each);
    for (const { values, gradient, firstMoment, secondMoment, count } of memory.lines.values())
      this.#optimizer.updateBiases(values, gradient, firstMoment, secondMoment, count / 8);
  }

  resetOptimizer(): void {
    this.#optimizer.reset();
    clearMoments(this.#bound.workspace, this.#bound.memory);
  }

  /** A copy of the current parameters. */
  parameters(): Parameters {
    return this.#bound.parameters();
  }

  /** Gives the memory back; the stepper must not be used any more. */
  release(): void {
    this.#bound.release();
  }
}

/** How many actions count, and how many other tokens. */
function acts(
  readings: ReturnType<typeof countedReadings>,
  { isAction }: Acted,
): { actions: number; shown: number } {
  let [actions, shown] = [0, 0];
  for (const { selected } of readings)
    for (const { index } of selected) {
      if (isAction[index]) actions++;
      else shown++;
    }
  return { actions, shown };
}
