import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';

/**
 * The columns of one or more labels on the fit and the test set, centred on the fit set's means (which stands for the
 * intercept).
 */
interface Design {
  /** Columns × fit stimuli. */
  readonly fit: Matrix<Float64Array>;
  /** Columns × test stimuli, shifted by the same means. */
  readonly test: Matrix<Float64Array>;
}

/** A label as a partition of the stimuli into groups, numbered in the order in which the fit set shows them. */
export interface Groups {
  /** Groups that the fit set shows. */
  readonly count: number;
  /** Group of each fit stimulus. */
  readonly fit: Int32Array;
  /** Group of each test stimulus; −1 where the fit set shows no such value. */
  readonly test: Int32Array;
}

/**
 * Design of a label: one column for a binary label, one per value but the first for a categorical one, one per bit
 * (additive), one per component. A test stimulus whose value the fit set lacks gets the fit set's mean in every column.
 */
export function labelDesign(fit: Label, test: Label): Design {
  if (fit.kind === 'categorical') return groupDesign(partition(fit, test));
  return matrixDesign(
    { rows: fit.values.length / fit.width, cols: fit.width, data: fit.values },
    { rows: test.values.length / test.width, cols: test.width, data: test.values },
  );
}

/** A design of any columns, rows being stimuli, as it is and without an intercept's column. */
export function matrixDesign(fit: Matrix, test: Matrix): Design {
  if (fit.cols !== test.cols) throw new RangeError('The fit and the test design differ in their columns.');
  const columns = fit.cols;
  const x = new Float64Array(columns * fit.rows);
  const y = new Float64Array(columns * test.rows);
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < fit.rows; i++) sum += fit.data[i * columns + j];
    // A constant column is centred to exact zeros, and so never counts as information.
    const first = fit.rows > 0 ? fit.data[j] : 0;
    let constant = true;
    for (let i = 1; i < fit.rows && constant; i++) constant = fit.data[i * columns + j] === first;
    const mean = constant ? first : sum / fit.rows;
    for (let i = 0; i < fit.rows; i++) x[j * fit.rows + i] = fit.data[i * columns + j] - mean;
    for (let i = 0; i < test.rows; i++) y[j * test.rows + i] = test.data[i * columns + j] - mean;
  }
  return {
    fit: { rows: columns, cols: fit.rows, data: x },
    test: { rows: columns, cols: test.rows, data: y },
  };
}

/** All columns of several designs side by side. */
export function concatenateDesigns(designs: readonly Design[]): Design {
  const join = (parts: readonly Matrix<Float64Array>[]): Matrix<Float64Array> => {
    const rows = parts.reduce((sum, part) => sum + part.rows, 0);
    const cols = parts[0]?.cols ?? 0;
    const data = new Float64Array(rows * cols);
    let at = 0;
    for (const part of parts) {
      data.set(part.data, at);
      at += part.data.length;
    }
    return { rows, cols, data };
  };
  return { fit: join(designs.map((d) => d.fit)), test: join(designs.map((d) => d.test)) };
}

/** The groups of stimuli with the same value: of a bit vector, with the same joint pattern. */
export function partition(fit: Label, test: Label): Groups {
  const seen = new Map<string | number, number>();
  const read = (label: Label, add: boolean): Int32Array => {
    const { width, values } = label;
    const groups = new Int32Array(values.length / width);
    for (let i = 0; i < groups.length; i++) {
      const key = width === 1 ? values[i] : values.subarray(i * width, (i + 1) * width).join();
      let group = seen.get(key);
      if (group === undefined && add) {
        group = seen.size;
        seen.set(key, group);
      }
      groups[i] = group ?? -1;
    }
    return groups;
  };
  const first = read(fit, true);
  return { count: seen.size, fit: first, test: read(test, false) };
}

/** One column per group but the first. */
function groupDesign(groups: Groups): Design {
  const columns = Math.max(0, groups.count - 1);
  const shares = new Float64Array(groups.count);
  for (const group of groups.fit) shares[group] += 1 / groups.fit.length;
  const fill = (of: Int32Array): Matrix<Float64Array> => {
    const data = new Float64Array(columns * of.length);
    for (let j = 0; j < columns; j++) {
      for (let i = 0; i < of.length; i++) {
        data[j * of.length + i] = of[i] < 0 ? 0 : (of[i] === j + 1 ? 1 : 0) - shares[j + 1];
      }
    }
    return { rows: columns, cols: of.length, data };
  };
  return { fit: fill(groups.fit), test: fill(groups.test) };
}
