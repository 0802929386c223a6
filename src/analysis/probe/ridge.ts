import type { Matrix } from '../../core/matrix';
import { multiply, multiplyTransposed } from '../../numerics/products';
import { signs } from './losses';
import { type Decisions, outputsOf, plus, type Probe, type Target } from './probe';
import { penalties } from './penalties';

export const ridge: Probe = {
  name: 'ridge',
  title: 'Ridge regression',
  formula:
    'Least mean of (label − b − x·w)² + λ‖w‖², of a real label, or of −1 and 1 for a class; the sign, or the largest of several classes, decides.',
  meaning: 'How well a linear readout tells the label, at its best for real labels.',
  misleads:
    'What is decodable is not what is used: compare it with inputs, an untrained network and the control task.',
  source: 'Hoerl and Kennard 1970, Technometrics 12, 55–67; scikit-learn, Ridge and RidgeClassifier',
  of: ['classes', 'real'],
  tuned: { penalties, heldOut: 3, loss: squares },
  prepare(rows, target) {
    const outputs = outputsOf(target);
    const { rows: n, cols: r } = rows;
    const about = signs(target).slice();
    const means = new Float64Array(outputs);
    for (let c = 0; c < outputs; c++) {
      const own = about.subarray(c * n, (c + 1) * n);
      means[c] = own.reduce((sum, one) => sum + one, 0) / n;
      for (let row = 0; row < n; row++) own[row] -= means[c];
    }
    const products = multiply({ rows: outputs, cols: n, data: about }, rows).data;
    const shares = variances(rows);
    return (penalty) => {
      // The coordinates are uncorrelated, so that each has its weight by itself.
      const data = products.map((sum, at) => sum / n / (shares[at % r] + penalty));
      return {
        converged: true,
        decide: (others) => plus(multiplyTransposed({ rows: outputs, cols: r, data }, others), means),
      };
    };
  },
};

function squares(decisions: Decisions, target: Target): number {
  const sum = signs(target).reduce((all, one, at) => all + (decisions.data[at] - one) ** 2, 0);
  return sum / target.of.length;
}

/** Variance of each coordinate, divided by the rows. */
export function variances({ rows, cols, data }: Matrix<Float64Array>): Float64Array {
  const squares = new Float64Array(cols);
  for (let row = 0, at = 0; row < rows; row++)
    for (let j = 0; j < cols; j++, at++) squares[j] += (data[at] * data[at]) / rows;
  return squares;
}
