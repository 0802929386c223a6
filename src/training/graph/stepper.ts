import { Workspace } from '../../numerics/kernels/workspace';
import type { Parameters } from '../engine';
import { Optimizer, type OptimizerSettings } from '../fused/optimizer';
import { countedReadings, microBatches, type MicroBatch, type Sequences } from './batch';
import { reserveGraph, type GraphMemory, type ValueMemory } from './memory';
import { bindOperations, type BoundOperation } from './operations';
import { clearMoments, loadParameters, storeParameters } from './parameter-memory';
import type { Program } from './program';

/** One update of the parameters from one batch of documents. */
interface SequenceUpdate {
  readonly sequences: Sequences;
  /** Which of its documents the batch has; one that is named twice counts twice. */
  readonly documents: Uint32Array;
  /** Schedule included. */
  readonly learningRate: number;
}

interface SequenceScore {
  /** Mean cross-entropy of tokens that count, in nats. NaN where none does. */
  readonly loss: number;
  /** Tokens that count. */
  readonly counted: number;
  /** Those of them that were the most probable. */
  readonly right: number;
}

/** Trains a program on sequences by our own kernels: each token that counts is predicted from those before it. */
export class GraphStepper {
  readonly #program: Program;
  readonly #workspace = Workspace.take();
  readonly #memory: GraphMemory;
  readonly #operations: readonly BoundOperation[];
  readonly #logits: ValueMemory;
  readonly #optimizer: Optimizer;
  /** Addresses: tokens that are to be predicted, and what `lossSoftmax` gives. */
  readonly #labels: number;
  readonly #result: number;

  /** @param initial the parameters to begin from; they are copied */
  constructor(program: Program, settings: OptimizerSettings, initial: Parameters) {
    this.#program = program;
    const workspace = this.#workspace;
    this.#memory = reserveGraph(workspace, program, true);
    this.#operations = bindOperations(workspace, this.#memory, program, true);
    this.#labels = workspace.reserve(this.#memory.rows * 4);
    this.#result = workspace.reserve(16);
    workspace.commit();
    loadParameters(workspace, this.#memory, program, initial);
    const last = program.operations[program.operations.length - 1];
    this.#logits = this.#memory.values.get(last.to)!;
    this.#optimizer = new Optimizer(workspace, settings);
  }

  /** @returns the score of the batch in the forward pass, before the update */
  step({ sequences, documents, learningRate }: SequenceUpdate): SequenceScore {
    const { floats } = this.#workspace;
    const [first, end] = this.#memory.gradients;
    floats.fill(0, first / 4, end / 4);
    const readings = countedReadings(sequences, documents);
    const counted = readings.reduce((sum, { selected }) => sum + selected.length, 0);
    let loss = 0;
    let right = 0;
    for (const batch of microBatches(sequences, readings, this.#memory.octets)) {
      this.#enter(batch, sequences);
      for (const operation of this.#operations) operation.forward(batch);
      const sum = this.#score(batch, 1 / counted);
      loss += sum.loss;
      right += sum.right;
      for (const operation of this.#operations.toReversed()) operation.backward(batch);
    }
    this.#update(learningRate);
    return { loss: loss / counted, counted, right };
  }

  #enter({ tokens, rows, indices }: MicroBatch, sequences: Sequences): void {
    const { integers, floats } = this.#workspace;
    integers.set(tokens, this.#memory.tokens / 4);
    integers.set(rows, this.#memory.selected / 4);
    const labels = this.#labels / 4;
    indices.forEach((at, i) => (floats[labels + i] = sequences.tokens[at]));
  }

  /** Sums of losses and right answers, and the gradient of the logits. */
  #score({ rows }: MicroBatch, factor: number): { loss: number; right: number } {
    const { kernels, doubles, floats } = this.#workspace;
    const { y, delta, units, paddedUnits } = this.#logits;
    const count = rows.length;
    kernels.lossSoftmax(y, delta, this.#labels, paddedUnits, count, factor, this.#result, units);
    // Copies of the last row that fill the last octet up have no part in it.
    const present = count & 7;
    const last = delta / 4 + (count >> 3) * paddedUnits * 8;
    if (present)
      for (let unit = 0; unit < units; unit++) floats.fill(0, last + unit * 8 + present, last + unit * 8 + 8);
    return { loss: doubles[this.#result / 8], right: doubles[this.#result / 8 + 1] };
  }

  #update(learningRate: number): void {
    const { weights, lines } = this.#memory;
    for (const operation of this.#operations) operation.finish?.();
    this.#optimizer.begin(learningRate);
    for (const each of weights.values()) this.#optimizer.updateWeights(each);
    for (const { values, gradient, firstMoment, secondMoment, count } of lines.values())
      this.#optimizer.updateBiases(values, gradient, firstMoment, secondMoment, count / 8);
  }

  resetOptimizer(): void {
    this.#optimizer.reset();
    clearMoments(this.#workspace, this.#memory);
  }

  /** A copy of the current parameters. */
  parameters(): Parameters {
    return storeParameters(this.#workspace, this.#memory, this.#program);
  }

  /** Gives the memory back; the stepper must not be used any more. */
  release(): void {
    this.#workspace.release();
  }
}
