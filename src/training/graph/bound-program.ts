import { Workspace } from '../../numerics/kernels/workspace';
import type { Parameters } from '../engine';
import type { MicroBatch } from './batch';
import { reserveGraph, type GraphMemory, type ValueMemory } from './memory';
import { bindOperations, type BoundOperation } from './operations';
import { loadParameters, storeParameters } from './parameter-memory';
import type { Program } from './program';

/** A program with parameters, bound to the kernels of a workspace of its own. */
export class BoundProgram {
  readonly workspace = Workspace.take();
  readonly memory: GraphMemory;
  readonly operations: readonly BoundOperation[];
  readonly logits: ValueMemory;
  /** Address of the token that is right of each selected row, to be entered before `softmax`; a negative number: none. */
  readonly labels: number;
  /** Address of what `softmax` gives: the gradients of the logits, which are the probabilities where no token is right. */
  readonly gradients: number;
  readonly #result: number;

  /** @param training whether gradients are to be had, too */
  constructor(
    private readonly program: Program,
    parameters: Parameters,
    training: boolean,
  ) {
    const { workspace } = this;
    this.memory = reserveGraph(workspace, program, training);
    this.operations = bindOperations(workspace, this.memory, program, training);
    const last = program.operations[program.operations.length - 1];
    this.logits = this.memory.values.get(last.to)!;
    const { rows } = this.memory;
    this.gradients = training ? this.logits.delta : workspace.reserve(rows * this.logits.paddedUnits * 4);
    this.labels = workspace.reserve(rows * 4);
    this.#result = workspace.reserve(16);
    workspace.commit();
    this.load(parameters);
  }

  /** Goes on with other parameters of the same program; they are copied. */
  load(parameters: Parameters): void {
    loadParameters(this.workspace, this.memory, this.program, parameters);
  }

  /** A copy of the current parameters. */
  parameters(): Parameters {
    return storeParameters(this.workspace, this.memory, this.program);
  }

  /** The forward pass. */
  run(batch: MicroBatch): void {
    const { integers } = this.workspace;
    integers.set(batch.tokens, this.memory.tokens / 4);
    integers.set(batch.rows, this.memory.selected / 4);
    for (const operation of this.operations) operation.forward(batch);
  }

  /**
   * The loss of predicting the token at each index of a batch, after `run`: the gradient of the logits, times `factor`.
   *
   * @returns sum of the losses, and how many of the tokens were the most probable
   */
  predict(
    { rows, indices }: MicroBatch,
    tokens: Uint16Array,
    factor: number,
  ): { loss: number; right: number } {
    const { floats } = this.workspace;
    indices.forEach((at, i) => (floats[this.labels / 4 + i] = tokens[at]));
    return this.softmax(rows.length, factor);
  }

  /**
   * The backward pass, from the gradient of the logits.
   *
   * @param before called before an operation goes back: the gradient of what it gave is whole then
   */
  backward(batch: MicroBatch, before?: (operation: number) => void): void {
    this.#emptyLast(batch);
    for (let o = this.operations.length - 1; o >= 0; o--) {
      before?.(o);
      this.operations[o].backward(batch);
    }
  }

  /** Copies of the last row that fill the last octet up have no part in the gradient. */
  #emptyLast({ rows: { length: count } }: MicroBatch): void {
    const { logits } = this;
    const present = count & 7;
    const last = logits.delta / 4 + (count >> 3) * logits.paddedUnits * 8;
    if (present)
      for (let unit = 0; unit < logits.units; unit++)
        this.workspace.floats.fill(0, last + unit * 8 + present, last + unit * 8 + 8);
  }

  /** Copies a row of a value, or of its gradient. @param address of the octets of rows */
  copyRow(
    address: number,
    row: number,
    { units, paddedUnits }: ValueMemory,
    to: Float32Array,
    at: number,
  ): void {
    const { floats } = this.workspace;
    const from = address / 4 + (row >> 3) * paddedUnits * 8 + (row & 7);
    for (let unit = 0; unit < units; unit++) to[at + unit] = floats[from + unit * 8];
  }

  /**
   * Probabilities of the first rows that are selected, against their labels.
   *
   * @param factor of the gradients
   * @returns sum of the losses, and how many labels were the most probable
   */
  softmax(count: number, factor: number): { loss: number; right: number } {
    const { kernels, doubles } = this.workspace;
    const { y, units, paddedUnits } = this.logits;
    kernels.lossSoftmax(y, this.gradients, this.labels, paddedUnits, count, factor, this.#result, units);
    return { loss: doubles[this.#result / 8], right: doubles[this.#result / 8 + 1] };
  }

  /** Gives the memory back; this must not be used any more. */
  release(): void {
    this.workspace.release();
  }
}
