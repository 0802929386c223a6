import type { Matrix } from '../../core/matrix';
import type { LayerMemory, TrainedLayerMemory } from './layer-memory';
import type { Workspace } from '../../numerics/kernels/workspace';

/** As in assembly/bit-table.ts: bytes of a pattern and of a table, and how many tables there are at once. */
const PATTERN = 32;
const TABLE = 512;
const TABLES = 32;
/** Two tiles behind the tables. */
const SCRATCH = 256;

/** With fewer inputs products of floats are as fast, or faster, whatever the size of the batch (README.md has the measurements). */
const FEWEST_INPUTS = 8;

/** The two values of each input: equal where it has but one. */
export interface TwoValues {
  readonly lows: Float32Array;
  readonly highs: Float32Array;
}

/**
 * The switch between the two kinds of first layer: tables where they are faster, floats elsewhere.
 *
 * @returns the values of the inputs for tables; null for floats
 */
export function chooseTables(inputs: Matrix<Float32Array>): TwoValues | null {
  return inputs.cols < FEWEST_INPUTS ? null : twoValues(inputs);
}

/** @returns null if an input has more than two values, or one that is not finite */
export function twoValues({ rows, cols, data }: Matrix<Float32Array>): TwoValues | null {
  const lows = data.slice(0, cols);
  const highs = data.slice(0, cols);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at++) {
      const value = data[at];
      if (value === lows[col] || value === highs[col]) continue;
      if (lows[col] !== highs[col]) return null;
      if (value < lows[col]) lows[col] = value;
      else highs[col] = value;
    }
  }
  // NaN is unequal to itself, and infinity times a bit of 0 is NaN.
  return lows.every(Number.isFinite) && highs.every(Number.isFinite) ? { lows, highs } : null;
}

/**
 * The first layer of a network all of whose inputs have two values: its training set is kept as bits, and its products are
 * computed by looking up sums of four terms (assembly/bit-table.ts).
 */
export class BitInputs {
  readonly #workspace: Workspace;
  readonly #layer: LayerMemory;
  readonly #inputs: Matrix<Float32Array>;
  readonly #values: TwoValues;
  /** Rows that micro-batches have room for. */
  readonly #rows: number;
  /** Groups of four inputs, and these padded to a multiple of 4. */
  readonly #groups: number;
  readonly #groupUnits: number;
  /** Addresses; the kernels describe what is there. */
  readonly #set: number;
  readonly #entries: number;
  readonly #turnedEntries: number;
  readonly #tables: number;
  readonly #lows: number;
  readonly #highs: number;
  readonly #spreads: number;
  /** Whether all values are 0 and 1, so that sums over bits are the gradient already. */
  readonly #plain: boolean;

  /**
   * Reserves its memory; `load` fills it.
   *
   * @param rows rows of a micro-batch, a multiple of 8, at most 128
   */
  constructor(
    workspace: Workspace,
    layer: LayerMemory,
    inputs: Matrix<Float32Array>,
    values: TwoValues,
    rows: number,
  ) {
    this.#workspace = workspace;
    this.#layer = layer;
    this.#inputs = inputs;
    this.#values = values;
    this.#rows = rows;
    this.#groups = layer.inputQuads;
    this.#groupUnits = Math.ceil(layer.inputQuads / 4) * 4;
    this.#set = workspace.reserve(inputs.rows * this.#groupUnits * 2);
    this.#entries = workspace.reserve(rows * this.#groupUnits * 4);
    this.#turnedEntries = workspace.reserve(rows * this.#groupUnits * 4);
    this.#tables = workspace.reserve(TABLES * TABLE + SCRATCH);
    this.#lows = workspace.reserve(this.#groups * 16);
    this.#highs = workspace.reserve(this.#groups * 16);
    this.#spreads = workspace.reserve(this.#groups * 16);
    this.#plain =
      values.lows.every((low) => low === 0) && values.highs.every((high) => high <= 1 && high % 1 === 0);
  }

  /** Writes the training set into the workspace, which is committed. */
  load(): void {
    const { floats } = this.#workspace;
    const { rows, cols, data } = this.#inputs;
    const { lows, highs } = this.#values;
    floats.set(lows, this.#lows / 4);
    floats.set(highs, this.#highs / 4);
    floats.set(
      highs.map((high, input) => high - lows[input]),
      this.#spreads / 4,
    );
    const places = new Uint16Array(floats.buffer, this.#set, rows * this.#groupUnits);
    for (let row = 0, at = 0; row < rows; row++) {
      const line = row * this.#groupUnits;
      for (let group = 0; group < this.#groups; group++) places[line + group] = (group % TABLES) * TABLE;
      for (let input = 0; input < cols; input++, at++)
        if (data[at] !== lows[input]) places[line + (input >> 2)] += PATTERN << (input & 3);
    }
  }

  /** Fetches a micro-batch: `count` rows, from their indices at an address. */
  gather(indices: number, count: number): void {
    this.#workspace.kernels.gatherBits(
      this.#set,
      this.#groupUnits,
      indices,
      count,
      this.#tables,
      this.#entries,
      this.#turnedEntries,
      this.#rows,
    );
  }

  /** `Kernels.forward` of the first layer. */
  forward(octets: number): void {
    const { weights, biases, y, inputUnits, outputUnits } = this.#layer;
    this.#workspace.kernels.forwardBits(
      this.#entries,
      this.#lows,
      this.#highs,
      weights,
      biases,
      this.#tables,
      y,
      this.#groups,
      this.#groupUnits,
      inputUnits,
      outputUnits,
      octets,
    );
  }

  /** `Kernels.forwardRectified` of the first layer. */
  forwardRectified(octets: number, leak: number): void {
    const { weights, biases, y, inputUnits, outputUnits, slopes, turnedY } = this.#layer;
    this.#workspace.kernels.forwardBitsRectified(
      this.#entries,
      this.#lows,
      this.#highs,
      weights,
      biases,
      this.#tables,
      y,
      this.#groups,
      this.#groupUnits,
      inputUnits,
      outputUnits,
      octets,
      slopes,
      turnedY,
      this.#rows,
      leak,
    );
  }

  /** Adds a micro-batch to the gradient of the first layer's weights, which is complete after `finishGradient`. */
  gradient({ turnedDelta, gradient }: TrainedLayerMemory, count: number, add: boolean): void {
    const { inputQuads, outputOctets } = this.#layer;
    this.#workspace.kernels.gradientBits(
      this.#turnedEntries,
      turnedDelta,
      this.#tables,
      gradient,
      count,
      this.#rows,
      inputQuads,
      outputOctets,
      add,
    );
  }

  /** After the last micro-batch, and the gradient of the biases. */
  finishGradient({ gradient, biasGradient }: TrainedLayerMemory): void {
    if (this.#plain) return;
    const { inputQuads, outputOctets } = this.#layer;
    this.#workspace.kernels.scaleBitGradient(
      gradient,
      biasGradient,
      this.#lows,
      this.#spreads,
      inputQuads,
      outputOctets,
    );
  }
}
