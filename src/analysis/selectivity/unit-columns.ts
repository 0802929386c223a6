import type { Matrix } from '../../protocol/matrix';
import { centredRanks } from './centred-ranks';

/** Units prepared for sums over classes: everything that the statistics need is a sum over stimuli of one of these columns. */
export interface UnitColumns {
  /** Indices of the units, none of them constant. */
  readonly units: readonly number[];
  /**
   * Stimuli × (3 × units): the activation minus the unit's mean, the square of that (each of them first for all units),
   * and the centred average rank.
   */
  readonly data: Float64Array;
  /** Mean of each unit. */
  readonly means: Float64Array;
  /** Sums over all stimuli of each column: about 0, the sums of squares, and 0. */
  readonly totals: Float64Array;
}

/** Units whose value is finite and not the same for every stimulus: only they have statistics. */
export function varyingUnits(activations: Matrix): number[] {
  const { rows, cols, data } = activations;
  const varying: number[] = [];
  for (let u = 0; u < cols; u++) {
    let differs = false;
    let finite = true;
    for (let i = 0; i < rows; i++) {
      const value = data[i * cols + u];
      if (value !== data[u]) differs = true;
      if (!Number.isFinite(value)) finite = false;
    }
    if (differs && finite) varying.push(u);
  }
  return varying;
}

/**
 * @param activations stimuli × units
 * @param units indices of the units to prepare
 */
export function unitColumns(activations: Matrix, units: readonly number[]): UnitColumns {
  const { rows, cols, data } = activations;
  const width = 3 * units.length;
  const columns = new Float64Array(rows * width);
  const means = new Float64Array(units.length);
  const totals = new Float64Array(width);
  const values = new Float64Array(rows);
  units.forEach((unit, u) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += values[i] = data[i * cols + unit];
    const mean = sum / rows;
    means[u] = mean;
    const ranks = centredRanks(values);
    for (let i = 0; i < rows; i++) {
      const x = values[i] - mean;
      const at = i * width + u;
      columns[at] = x;
      columns[at + units.length] = x * x;
      columns[at + 2 * units.length] = ranks[i];
      totals[u] += x;
      totals[u + units.length] += x * x;
    }
  });
  return { units, data: columns, means, totals };
}
