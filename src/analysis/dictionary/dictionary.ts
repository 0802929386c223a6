import type { Matrix } from '../../core/matrix';
import { type Stream, stream } from '../../core/stream';
import { NumericalError } from '../../numerics/numerical-error';
import { rowsOf } from '../some-rows';
import { decoded, encoded, newAutoencoder, type Sparsity, Trainer } from './autoencoder';

/** Steps of training, rows of each, and the rate of the first, from which it falls to 0. */
const STEPS = 1000;
const BATCH = 128;
const RATE = 0.005;

/** A sparse autoencoder that was trained on activations. */
export interface Dictionary {
  /** Activations of its units: rows × units. @param activations rows × inputs, as those that it was trained on */
  readonly codes: (activations: Matrix<Float64Array>) => Matrix<Float64Array>;
  /** What it makes of them again. */
  readonly rebuilt: (codes: Matrix<Float64Array>) => Matrix<Float64Array>;
}

/**
 * Trains a dictionary on activations, which are centred and brought to mean square 1 for that, in 1,000 steps of 128 random rows. Units that never come to
 * be active stay so: nothing is done to revive them.
 *
 * @param activations rows × inputs
 * @param random name of the streams of its first directions and of the rows of each step
 * @throws NumericalError where nothing varies
 */
export function trainDictionary(
  activations: Matrix<Float64Array>,
  size: number,
  sparsity: Sparsity,
  random: readonly (string | number)[],
): Dictionary {
  const { rows: n, cols } = activations;
  const means = new Float64Array(cols);
  activations.data.forEach((value, at) => (means[at % cols] += value / n));
  const square = activations.data.reduce((sum, value, at) => sum + (value - means[at % cols]) ** 2, 0);
  if (!(square > 0)) throw new NumericalError('No unit varies: there is nothing to make a dictionary of.');
  const scale = Math.sqrt(square / (n * cols));
  const prepared = (rows: Matrix<Float64Array>): Matrix<Float64Array> => ({
    ...rows,
    data: rows.data.map((value, at) => (value - means[at % cols]) / scale),
  });
  const own = newAutoencoder(randomDirections(stream(...random, 'directions'), size, cols));
  const trainer = new Trainer(own, sparsity);
  const rows = prepared(activations);
  const next = batches(stream(...random, 'rows'), n);
  for (let step = 0; step < STEPS; step++) trainer.step(rowsOf(rows, next()), RATE * (1 - step / STEPS));
  return {
    codes: (others) => encoded(own, prepared(others), sparsity),
    rebuilt: (codes) => {
      const found = decoded(own, codes);
      return { ...found, data: found.data.map((value, at) => value * scale + means[at % cols]) };
    },
  };
}

function randomDirections(random: Stream, rows: number, cols: number): Matrix<Float64Array> {
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => random.normal()) };
}

/** All rows in random order, again and again, so many at a time; what is over at the end of an order is left out. */
function batches(random: Stream, n: number): () => Uint32Array {
  const size = Math.min(BATCH, n);
  let order = random.permutation(n);
  let at = 0;
  return () => {
    if (at + size > n) [order, at] = [random.permutation(n), 0];
    at += size;
    return order.subarray(at - size, at);
  };
}
