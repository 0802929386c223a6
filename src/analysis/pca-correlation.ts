import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { Value } from '../protocol/results';
import { labelDesign } from './design';
import { multiply } from '../numerics/products';
import { pivotedQr } from '../numerics/pivoted-qr';
import type { Pca } from './pca';

/** Labels of the set that components are taken from, ready to be correlated with any scores. */
export type PreparedLabels = readonly {
  readonly name: string;
  /** Pearson for binary labels, the multiple correlation for others. */
  readonly signed: boolean;
  /** Rank × stimuli: an orthonormal basis of the label's centred columns. */
  readonly basis: Matrix<Float64Array>;
}[];

interface PcaCorrelations {
  /** By label, one per component. */
  correlation: Record<string, Value[]>;
  /** Why a value is null, by its path. */
  undefinedValues: Record<string, string>;
}

export function prepareLabels(labels: readonly Label[]): PreparedLabels {
  return labels.map((label) => {
    const columns = labelDesign(label, label).fit;
    const { basis } = pivotedQr(columns);
    const signed = label.kind === 'binary';
    if (signed && basis.rows > 0) {
      // The basis is the column or its negative: turned so that `classes[1]` is positive.
      const dot = multiply(basis, { rows: columns.cols, cols: 1, data: columns.data }).data[0];
      if (dot < 0) for (let i = 0; i < basis.data.length; i++) basis.data[i] = -basis.data[i];
    }
    return { name: label.name, signed, basis };
  });
}

/**
 * Correlation of each component's scores with each label, within the set: Pearson's for a binary label, and for all others the
 * multiple correlation (that of the scores with their least-squares prediction from the label's columns, 0 … 1).
 */
export function pcaCorrelations(
  labels: PreparedLabels,
  components: Pick<Pca, 'scores' | 'rank'>,
): PcaCorrelations {
  const { scores, rank } = components;
  const { rows, cols, data } = scores;
  const squares = new Float64Array(cols);
  for (let i = 0; i < rows; i++) for (let k = 0; k < cols; k++) squares[k] += data[i * cols + k] ** 2;
  const correlation: Record<string, Value[]> = {};
  const undefinedValues: Record<string, string> = {};
  for (const { name, signed, basis } of labels) {
    const products = multiply(basis, scores).data;
    correlation[name] = Array.from({ length: cols }, (_, k) => {
      const path = `pca.correlation.${name}.${k}`;
      if (k >= rank) {
        undefinedValues[path] = `Component ${k + 1} has no variance.`;
        return null;
      }
      if (basis.rows === 0) {
        undefinedValues[path] = `${name} has the same value for all test stimuli.`;
        return null;
      }
      if (signed) return clamp(products[k] / Math.sqrt(squares[k]));
      let sum = 0;
      for (let r = 0; r < basis.rows; r++) sum += products[r * cols + k] ** 2;
      return clamp(Math.sqrt(sum / squares[k]));
    });
  }
  return { correlation, undefinedValues };
}

function clamp(r: number): number {
  return Math.min(1, Math.max(-1, r));
}
