import type { Matrix } from '../../core/matrix';
import { minimise } from '../../numerics/minimise';
import { dotProducts, multiplyTransposed, transpose } from '../../numerics/products';
import { lossOf, rowSums } from './losses';
import { penalties } from './penalties';
import { type Effort, outputsOf, plus, type Probe, type Target } from './probe';
import { variances } from './ridge';

/** The largest entry of the gradient at the end, in coordinates of about unit curvature, and the steps that it may take. */
const TOLERANCE: Readonly<Record<Effort, number>> = { choose: 1e-4, fit: 1e-8 };
const STEPS = 2000;

export const logistic: Probe = {
  name: 'logistic',
  title: 'Logistic regression',
  formula:
    'Least mean of −log p(label) + λ/2 ‖w‖², p the logistic function of b + x·w, of more than two classes the softmax; the likeliest class decides.',
  meaning: 'How well a linear readout tells the classes apart.',
  misleads:
    'What is decodable is not what is used: compare it with inputs, an untrained network and the control task.',
  source: 'scikit-learn, LogisticRegression(C=1/(rows·λ))',
  of: ['classes'],
  tuned: { penalties, heldOut: 3, loss: lossOf },
  prepare(rows, target) {
    const outputs = outputsOf(target);
    const shares = variances(rows);
    // Each fit begins where that of the penalty before it ended.
    let weights = new Float64Array(outputs * (rows.cols + 1));
    return (penalty, effort) => {
      const found = fit(rows, target, penalty, shares, weights, TOLERANCE[effort]);
      weights = found.weights;
      const { slopes, offsets } = partsOf(weights, outputs, rows.cols);
      return {
        converged: found.converged,
        decide: (others) => plus(multiplyTransposed(slopes, others), offsets),
      };
    };
  },
};

/** Views of one list of numbers: slopes, outputs × coordinates, then an offset for each output. */
function partsOf(
  x: Float64Array,
  outputs: number,
  coordinates: number,
): { slopes: Matrix<Float64Array>; offsets: Float64Array } {
  const last = outputs * coordinates;
  return {
    slopes: { rows: outputs, cols: coordinates, data: x.subarray(0, last) },
    offsets: x.subarray(last),
  };
}

/** Coordinates are stretched until the loss is about as curved along each of them (at weights of 0), and so are offsets. */
function fit(
  rows: Matrix<Float64Array>,
  target: Target,
  penalty: number,
  shares: Float64Array,
  start: Float64Array,
  tolerance: number,
): { weights: Float64Array<ArrayBuffer>; converged: boolean } {
  const outputs = outputsOf(target);
  const { rows: n, cols: r } = rows;
  const stretch = new Float64Array(start.length).fill(2);
  for (let at = 0; at < outputs * r; at++) stretch[at] = 1 / Math.sqrt(shares[at % r] / 4 + penalty);
  const slope = { rows: outputs, cols: n, data: new Float64Array(outputs * n) };
  const weights = new Float64Array(start.length);
  const spread = (x: Float64Array): void => {
    for (let at = 0; at < x.length; at++) weights[at] = x[at] * stretch[at];
  };
  const { slopes, offsets } = partsOf(weights, outputs, r);
  const [byRow, byCoordinate] = [lines(rows), lines(transpose(rows))];
  const found = minimise(
    (x, gradient) => {
      spread(x);
      const loss = lossOf(plus(dotProducts(lines(slopes), byRow), offsets), target, slope.data);
      gradient.set(dotProducts(lines(slope), byCoordinate).data);
      partsOf(gradient, outputs, r).offsets.set(rowSums(slope));
      let length = 0;
      for (let at = 0; at < outputs * r; at++) {
        gradient[at] += penalty * weights[at];
        length += weights[at] * weights[at];
      }
      for (let at = 0; at < x.length; at++) gradient[at] *= stretch[at];
      return loss + (penalty * length) / 2;
    },
    start.map((one, at) => one / stretch[at]),
    tolerance,
    STEPS,
  );
  spread(found.at);
  return { weights: weights.slice(), converged: found.converged };
}

function lines({ rows, cols, data }: Matrix<Float64Array>): Float64Array[] {
  return Array.from({ length: rows }, (_, row) => data.subarray(row * cols, (row + 1) * cols));
}
