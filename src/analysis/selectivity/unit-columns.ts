import type { Matrix } from '../../core/matrix';
import { centredRanks } from './centred-ranks';

/** Units prepared for sums over classes: everything that the statistics need is a sum over stimuli of one of these columns. */
export interface UnitColumns {
  /** Indices of the units, none of them constant. */
  readonly units: readonly number[];
  readonly stimuli: number;
  /**
   * (3 × units) × stimuli, each column in one piece: the activation minus the unit's mean, the square of that (each of them first for
   * all units), and the centred average rank.
   */
  readonly data: Float64Array;
  /** Mean of each unit. */
  readonly means: Float64Array;
  /** Sums over all stimuli of each column: about 0, the sums of squares, and 0. */
  readonly totals: Float64Array;
  /** Of each unit: a variance within classes up to here is rounding, and counts as none. */
  readonly rounding: Float64Array;
}

/**
 * A spread within classes below this share of the unit's largest activation, eight units in the last place of 32-bit numbers, is that
 * of their rounding; of 64-bit numbers it is that of sums over thousands of them.
 */
const ROUNDING = { single: 2 ** -20, double: 2 ** -44 } as const;

/** Units whose value is finite and not the same for every stimulus: only they have statistics. */
export function varyingUnits({ rows, cols, data }: Matrix): number[] {
  const differs = new Uint8Array(cols);
  const broken = new Uint8Array(cols);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let u = 0; u < cols; u++, at++) {
      if (data[at] !== data[u]) differs[u] = 1;
      // Infinity − Infinity and NaN − NaN are NaN.
      if (data[at] - data[at] !== 0) broken[u] = 1;
    }
  }
  return Array.from(differs.keys()).filter((u) => differs[u] === 1 && broken[u] === 0);
}

/** Stimuli that are transposed at once: what one cache line holds of them is written together. */
const BAND = 16;

/**
 * @param activations stimuli × units
 * @param units indices of the units to prepare
 */
export function unitColumns(activations: Matrix, units: readonly number[]): UnitColumns {
  const { rows, cols, data } = activations;
  const count = units.length;
  const columns = new Float64Array(3 * count * rows);
  for (let start = 0; start < rows; start += BAND) {
    const end = Math.min(start + BAND, rows);
    for (let u = 0; u < count; u++)
      for (let i = start, from = i * cols + units[u]; i < end; i++, from += cols)
        columns[u * rows + i] = data[from];
  }
  const means = new Float64Array(count);
  const totals = new Float64Array(3 * count);
  const rounding = new Float64Array(count);
  const share = data instanceof Float32Array ? ROUNDING.single : ROUNDING.double;
  for (let u = 0; u < count; u++) {
    const values = columns.subarray(u * rows, (u + 1) * rows);
    const squares = columns.subarray((count + u) * rows, (count + u + 1) * rows);
    columns.set(centredRanks(values), (2 * count + u) * rows);
    let sum = 0;
    let largest = 0;
    for (let i = 0; i < rows; i++) {
      sum += values[i];
      largest = Math.max(largest, Math.abs(values[i]));
    }
    const mean = sum / rows;
    means[u] = mean;
    let total = 0;
    let square = 0;
    for (let i = 0; i < rows; i++) {
      const x = values[i] - mean;
      values[i] = x;
      squares[i] = x * x;
      total += x;
      square += x * x;
    }
    totals[u] = total;
    totals[count + u] = square;
    rounding[u] = roundingOf(square / rows, share * largest);
  }
  return { units, stimuli: rows, data: columns, means, totals, rounding };
}

/** Where the whole unit varies no more than its activations are rounded, only the rounding of our own sums counts. */
function roundingOf(variance: number, spread: number): number {
  const rounding = spread ** 2;
  return variance > 4 * rounding ? rounding : 2 ** -40 * variance;
}
