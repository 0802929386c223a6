import { dotProduct } from '../../../numerics/products';
import { centred } from './linear';
import type { Method, TwoRdms } from './method';

const shared = {
  range: 'similarity',
  source: 'Diedrichsen and others 2021, Neurons, Behavior, Data Analysis, and Theory 5 (3), arXiv 2007.02789',
} as const;

export const whitenedCosine: Method = {
  ...shared,
  name: 'whitened-cosine',
  title: 'Whitened cosine',
  formula:
    'dᵀV⁻¹e / √(dᵀV⁻¹d · eᵀV⁻¹e) of the distances d, e of two RDMs, V their covariance under noise alone: 4 for a pair of stimuli with itself, 1 for pairs that share a stimulus. Of whole RDMs of squared distances it is linear CKA.',
  meaning:
    'The cosine where distances that share a stimulus do not count as independent: more sensitive than the cosine.',
  misleads: 'As of the cosine: distances that are all above 0 are all alike by it.',
  compare: (both) => whitened(both, both.a, both.b),
};

export const whitenedPearson: Method = {
  ...shared,
  name: 'whitened-pearson',
  title: 'Whitened Pearson’s r',
  formula: 'The whitened cosine of distances whose mean was taken off before: V as there.',
  meaning: 'Pearson’s r where distances that share a stimulus do not count as independent.',
  misleads: 'Few large distances can decide it.',
  compare: (both) => whitened(both, centred(both.a), centred(both.b)),
};

function whitened(both: TwoRdms, a: Float64Array, b: Float64Array): number | null {
  const [left, right] = [solved(both, a), solved(both, b)];
  const scale = Math.sqrt(dotProduct(a, left)) * Math.sqrt(dotProduct(b, right));
  return scale > 0 ? Math.min(1, Math.max(-1, dotProduct(a, right) / scale)) : null;
}

/** V⁻¹x by conjugate gradients (Golub & Van Loan, Matrix Computations, §11.3). Of whole RDMs V has three eigenvalues: it ends after three steps. */
function solved(both: TwoRdms, x: Float64Array): Float64Array {
  const solution = new Float64Array(x.length);
  const rest = x.slice();
  const direction = x.slice();
  const first = dotProduct(x, x);
  let square = first;
  for (let step = 0; step < 1000 && square > first * 1e-28; step++) {
    const image = covariance(both, direction);
    const length = square / dotProduct(direction, image);
    for (let k = 0; k < x.length; k++) {
      solution[k] += length * direction[k];
      rest[k] -= length * image[k];
    }
    const next = dotProduct(rest, rest);
    for (let k = 0; k < x.length; k++) direction[k] = rest[k] + (next / square) * direction[k];
    square = next;
  }
  return solution;
}

/** V·x: of each pair of stimuli twice its own number, and the sums of those that share its first and its second stimulus. */
function covariance({ size, rows, columns }: TwoRdms, x: Float64Array): Float64Array {
  const sums = new Float64Array(size);
  for (let k = 0; k < x.length; k++) {
    sums[rows[k]] += x[k];
    sums[columns[k]] += x[k];
  }
  return x.map((value, k) => 2 * value + sums[rows[k]] + sums[columns[k]]);
}
