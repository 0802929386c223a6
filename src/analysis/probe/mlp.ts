import type { Matrix } from '../../core/matrix';
import { stream } from '../../core/stream';
import { minimise } from '../../numerics/minimise';
import { multiply, multiplyTransposed, transposedMultiply } from '../../numerics/products';
import { lossOf, rowSums } from './losses';
import { type Decisions, outputsOf, plus, type Probe, type Target } from './probe';

const HIDDEN = 32;
/** Also where a penalty is chosen: of weights on their way none but the strongest penalty looks good. */
const STEPS = 200;
const TOLERANCE = 1e-6;

export const mlp: Probe = {
  name: 'mlp',
  title: 'Small network',
  formula: `One hidden layer of ${HIDDEN} rectified units, least mean of −log p(label) (softmax), of a real label of half the squared difference, + λ/2 ‖weights‖², by at most ${STEPS} steps of L-BFGS from random weights of the seed.`,
  meaning: 'Whether the label can be computed from the activations by a little more than a line.',
  misleads:
    'It computes what the layer does not: from many random units any function of few inputs can be decoded, an XOR that nothing computes among them.',
  source: 'scikit-learn, MLPClassifier(solver="lbfgs"); Hewitt and Liang 2019, arXiv 1909.03368',
  of: ['classes', 'real'],
  tuned: { penalties: [1e-2, 1e-3, 1e-4, 1e-5], heldOut: 1, loss: lossOf },
  prepare(rows, target, random) {
    // Of a real label what is about its mean, in units of its spread.
    const { scaled, mean, spread } = standard(target);
    const start = weightsAt(rows.cols, outputsOf(target), random);
    return (penalty) => {
      const { at, converged } = minimise(
        (x, gradient) => lossAt(rows, scaled, penalty, x, gradient),
        start,
        TOLERANCE,
        STEPS,
      );
      const parts = partsOf(at, rows.cols, outputsOf(target));
      return {
        converged,
        decide: (others) => {
          const { said } = answers(others, parts);
          return { ...said, data: said.data.map((one) => mean + spread * one) };
        },
      };
    };
  },
};

/** Views of one list of weights. */
interface Parts {
  /** Hidden × coordinates, and outputs × hidden. */
  readonly first: Matrix<Float64Array>;
  readonly second: Matrix<Float64Array>;
  readonly firstOffsets: Float64Array;
  readonly secondOffsets: Float64Array;
  /** How many numbers of the list are weights: offsets, which stand behind them, have no penalty. */
  readonly weights: number;
}

function partsOf(x: Float64Array, coordinates: number, outputs: number): Parts {
  const inner = HIDDEN * coordinates;
  const weights = inner + outputs * HIDDEN;
  return {
    first: { rows: HIDDEN, cols: coordinates, data: x.subarray(0, inner) },
    second: { rows: outputs, cols: HIDDEN, data: x.subarray(inner, weights) },
    firstOffsets: x.subarray(weights, weights + HIDDEN),
    secondOffsets: x.subarray(weights + HIDDEN),
    weights,
  };
}

/** Weights whose answers have about unit variance, as the total variance of the coordinates is 1; offsets of 0. */
function weightsAt(coordinates: number, outputs: number, random: readonly (string | number)[]): Float64Array {
  const x = new Float64Array(HIDDEN * (coordinates + 1) + outputs * (HIDDEN + 1));
  const { first, second } = partsOf(x, coordinates, outputs);
  const draws = stream('probe-weights', ...random);
  for (let at = 0; at < first.data.length; at++) first.data[at] = draws.normal() * Math.SQRT2;
  for (let at = 0; at < second.data.length; at++) second.data[at] = draws.normal() / Math.sqrt(HIDDEN);
  return x;
}

/** Hidden units × rows, and what is said of the rows. */
function answers(
  rows: Matrix<Float64Array>,
  parts: Parts,
): { hidden: Matrix<Float64Array>; said: Decisions } {
  const hidden = plus(multiplyTransposed(parts.first, rows), parts.firstOffsets);
  for (let at = 0; at < hidden.data.length; at++) if (hidden.data[at] < 0) hidden.data[at] = 0;
  return { hidden, said: plus(multiply(parts.second, hidden), parts.secondOffsets) };
}

/** The loss with its penalty; its gradient is written. */
export function lossAt(
  rows: Matrix<Float64Array>,
  target: Target,
  penalty: number,
  x: Float64Array,
  gradient: Float64Array,
): number {
  const outputs = outputsOf(target);
  const parts = partsOf(x, rows.cols, outputs);
  const { hidden, said } = answers(rows, parts);
  const slope = { ...said, data: new Float64Array(said.data.length) };
  const loss = lossOf(said, target, slope.data);
  const own = partsOf(gradient, rows.cols, outputs);
  own.second.data.set(multiplyTransposed(slope, hidden).data);
  own.secondOffsets.set(rowSums(slope));
  const back = transposedMultiply(parts.second, slope);
  for (let at = 0; at < back.data.length; at++) if (hidden.data[at] === 0) back.data[at] = 0;
  own.first.data.set(multiply(back, rows).data);
  own.firstOffsets.set(rowSums(back));
  let length = 0;
  for (let at = 0; at < parts.weights; at++) {
    length += x[at] * x[at];
    gradient[at] += penalty * x[at];
  }
  return loss + (penalty * length) / 2;
}

function standard(target: Target): { scaled: Target; mean: number; spread: number } {
  if (target.kind === 'classes') return { scaled: target, mean: 0, spread: 1 };
  const { of } = target;
  const mean = of.reduce((sum, one) => sum + one, 0) / of.length;
  const spread = Math.sqrt(of.reduce((sum, one) => sum + (one - mean) ** 2, 0) / of.length) || 1;
  return { scaled: { kind: 'real', of: of.map((one) => (one - mean) / spread) }, mean, spread };
}
