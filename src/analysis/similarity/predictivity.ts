import type { Matrix } from '../../core/matrix';
import { NumericalError } from '../../numerics/numerical-error';
import { dotProduct, multiply, multiplyTransposed } from '../../numerics/products';
import { centre } from '../pca';
import { rowsOf } from '../some-rows';
import { directionsOf } from './directions';
import type { Similarity } from './similarity';

const FOLDS = 5;

/** Stimuli that are needed: two in each fold. */
const FEWEST = 2 * FOLDS;

/** Penalties of the ridge regression, in units of the mean squared length of the training stimuli's centred patterns. */
const PENALTIES = [1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1e3, 1e4] as const;

/** The predicting recording in one fold. */
interface Fold {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** Rank × training stimuli, orthonormal. */
  readonly basis: Matrix<Float64Array>;
  /** Test stimuli × rank: their places along these directions. */
  readonly places: Matrix<Float64Array>;
  /** By penalty: the share that is kept of what each direction predicts. */
  readonly kept: readonly Float64Array[];
}

interface Side {
  readonly folds: readonly Fold[];
  /** Stimuli × units, centred: what is predicted. */
  readonly targets: Matrix<Float64Array>;
}

/** Stimulus i is tested in fold i mod 5. */
export const predictivity: Similarity<Side> = {
  name: 'predictivity',
  title: 'Linear predictivity',
  range: 'atMostAll',
  more: 'alike',
  best: 1,
  directed: true,
  invariances: 'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit.',
  formula: `1 − Σ (y − ŷ)² / Σ (y − ȳ)² over all units of Y and all stimuli (variance-weighted R²), ŷ the prediction from X by ridge regression with intercept on the other folds; ${FOLDS} folds, stimulus i in fold i mod ${FOLDS}; one penalty for all units from 10⁻⁴, 10⁻³ … 10⁴ times the mean squared length of the centred patterns of X, the one of the least generalised cross-validation error in the training folds.`,
  meaning:
    'The share of the variance of the second recording that a linear map from the first predicts on stimuli that it was not fitted on.',
  misleads:
    'More units predict more, whatever they are for: an untrained layer of many units predicts well, too. Units of much variance decide it. Where neighbouring stimuli are the same or nearly, the folds share them. The other way round it is another number.',
  source:
    'Yamins and others 2014, PNAS 111, 8619–8624; Kornblith and others 2019, arXiv 1905.00414 (R² of regression)',
  prepare(activations) {
    const { rows } = activations;
    if (rows < FEWEST)
      throw new NumericalError(`With ${rows} stimuli there are too few to leave out: ${FEWEST} are needed.`);
    const targets = centre(activations).centred;
    if (!targets.data.some((value) => value !== 0))
      throw new NumericalError('No unit varies over the stimuli.');
    return { folds: Array.from({ length: FOLDS }, (_, fold) => foldOf(activations, fold)), targets };
  },
  compare(a, b, order) {
    const { data } = b.targets;
    const missed = a.folds.reduce((sum, fold) => sum + missedIn(fold, b.targets, order), 0);
    return 1 - missed / dotProduct(data, data);
  },
};

/** What is predicted of each stimulus by the other folds, stimuli × units as the targets; and the fold of each. @throws NumericalError of few stimuli, or where no unit varies */
export function predictedByFolds(
  from: Matrix<Float64Array>,
  targets: Matrix<Float64Array>,
): { predicted: Matrix<Float64Array>; fold: (stimulus: number) => number } {
  const predicted = new Float64Array(targets.data.length);
  for (const fold of predictivity.prepare(from).folds) {
    const { means, found } = predictIn(fold, targets);
    fold.test.forEach((row, at) => {
      for (let k = 0; k < targets.cols; k++)
        predicted[row * targets.cols + k] = means[k] + found.data[at * targets.cols + k];
    });
  }
  return { predicted: { ...targets, data: predicted }, fold: (stimulus) => stimulus % FOLDS };
}

function foldOf(activations: Matrix<Float64Array>, fold: number): Fold {
  const all = Uint32Array.from({ length: activations.rows }, (_, at) => at);
  const test = all.filter((at) => at % FOLDS === fold);
  const train = all.filter((at) => at % FOLDS !== fold);
  const fitted = rowsOf(activations, train);
  const { basis, sizes, units } = directionsOf(fitted);
  const { means } = centre(fitted);
  const others = rowsOf(activations, test);
  for (let at = 0; at < others.data.length; at++) others.data[at] -= means[at % others.cols];
  // Test patterns × (basis × units)ᵀ are places times squared sizes.
  const places = multiplyTransposed(others, multiplyTransposed(basis, units));
  for (let at = 0; at < places.data.length; at++) places.data[at] /= sizes[at % places.cols] ** 2;
  const length = sizes.reduce((sum, size) => sum + size * size, 0) / train.length;
  const kept = PENALTIES.map((penalty) => sizes.map((size) => size ** 2 / (size ** 2 + penalty * length)));
  return { train, test, basis, places, kept };
}

/** The sum of squared errors at the test stimuli of a fold. */
function missedIn(fold: Fold, targets: Matrix<Float64Array>, order?: Uint32Array): number {
  const { means, found } = predictIn(fold, targets, order);
  const tested = inOrder(targets, fold.test, order);
  let sum = 0;
  for (let k = 0; k < tested.data.length; k++)
    sum += (tested.data[k] - means[k % tested.cols] - found.data[k]) ** 2;
  return sum;
}

function inOrder(
  targets: Matrix<Float64Array>,
  rows: Uint32Array,
  order?: Uint32Array,
): Matrix<Float64Array> {
  return rowsOf(targets, order ? rows.map((row) => order[row]) : rows);
}

/** Means of the targets at the training stimuli, and what is predicted about them at the test stimuli. */
function predictIn(
  fold: Fold,
  targets: Matrix<Float64Array>,
  order?: Uint32Array,
): { means: Float64Array; found: Matrix<Float64Array> } {
  const { centred: wanted, means } = centre(inOrder(targets, fold.train, order));
  const coefficients = multiply(fold.basis, wanted);
  const errors = errorsOf(fold, dotProduct(wanted.data, wanted.data), coefficients);
  const best = fold.kept[errors.indexOf(Math.min(...errors))];
  return { means, found: multiply(fold.places, scaledRows(coefficients, best)) };
}

/**
 * By penalty: the error of generalised cross-validation (Golub, Heath & Wahba 1979), squared errors of the fit over (1 − degrees of freedom / stimuli)². The mean of
 * the targets is one degree.
 *
 * @param squares of the targets, centred
 */
function errorsOf({ train, kept }: Fold, squares: number, coefficients: Matrix<Float64Array>): number[] {
  const { rows, cols, data } = coefficients;
  const explained = Float64Array.from({ length: rows }, (_, k) => {
    const row = data.subarray(k * cols, (k + 1) * cols);
    return dotProduct(row, row);
  });
  return kept.map((shares) => {
    const left = shares.reduce((sum, share, k) => sum - share * (2 - share) * explained[k], squares);
    const degrees = shares.reduce((sum, share) => sum + share, 1);
    return Math.max(0, left) / (1 - degrees / train.length) ** 2;
  });
}

function scaledRows({ rows, cols, data }: Matrix<Float64Array>, scales: Float64Array): Matrix<Float64Array> {
  return { rows, cols, data: data.map((value, at) => value * scales[Math.floor(at / cols)]) };
}
