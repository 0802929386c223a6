import type { Matrix } from '../../core/matrix';
import { multiplyTransposed } from '../../numerics/products';

/** Which units of a dictionary are active: the `k` of largest input that are above 0, or all above 0, each at the price `l1`. */
export type Sparsity =
  | { readonly kind: 'topk'; readonly k: number }
  | { readonly kind: 'relu'; readonly l1: number };

/** A sparse autoencoder of centred rows of mean square 1: z = act(E (x − b) + c), x̂ = D z + b. */
interface Autoencoder {
  /** Units × inputs: E, and the columns of D, of length 1. */
  readonly encoder: Matrix<Float64Array>;
  readonly decoder: Matrix<Float64Array>;
  /** c, one a unit. */
  readonly bias: Float64Array;
  /** b, one an input. */
  readonly centre: Float64Array;
}

/** Adam (Kingma and Ba 2015). */
const [FIRST, SECOND, TINY] = [0.9, 0.999, 1e-8];

/** @param decoder units × inputs; its rows are brought to length 1, and the encoder begins as the same */
export function newAutoencoder(decoder: Matrix<Float64Array>): Autoencoder {
  const own = { ...decoder, data: Float64Array.from(decoder.data) };
  normalise(own);
  return {
    encoder: { ...own, data: Float64Array.from(own.data) },
    decoder: own,
    bias: new Float64Array(own.rows),
    centre: new Float64Array(own.cols),
  };
}

/** The units' activations: rows × units. @param rows rows × inputs */
export function encoded(
  { encoder, bias, centre }: Autoencoder,
  rows: Matrix<Float64Array>,
  sparsity: Sparsity,
): Matrix<Float64Array> {
  const moved = { ...rows, data: rows.data.map((value, at) => value - centre[at % rows.cols]) };
  const found = multiplyTransposed(moved, encoder);
  const units = bias.length;
  for (let i = 0; i < rows.rows; i++) {
    const row = found.data.subarray(i * units, (i + 1) * units);
    for (let j = 0; j < units; j++) row[j] = Math.max(0, row[j] + bias[j]);
    if (sparsity.kind === 'topk' && sparsity.k < units) keepLargest(row, sparsity.k);
  }
  return found;
}

/** Sets all but the k largest numbers to 0; of equal ones the first stay. */
function keepLargest(row: Float64Array, k: number): void {
  const least = Float64Array.from(row).sort()[row.length - k];
  let above = 0;
  for (const value of row) if (value > least) above++;
  for (let j = 0, ties = k - above; j < row.length; j++)
    if (row[j] < least || (row[j] === least && ties-- <= 0)) row[j] = 0;
}

/** What the units' activations stand for: rows × inputs. */
export function decoded({ decoder, centre }: Autoencoder, codes: Matrix<Float64Array>): Matrix<Float64Array> {
  const { rows: units, cols: inputs, data } = decoder;
  const out = new Float64Array(codes.rows * inputs);
  for (let i = 0; i < codes.rows; i++) {
    const row = out.subarray(i * inputs, (i + 1) * inputs);
    row.set(centre);
    for (let j = 0; j < units; j++) {
      const z = codes.data[i * units + j];
      if (z !== 0) for (let u = 0, at = j * inputs; u < inputs; u++, at++) row[u] += z * data[at];
    }
  }
  return { rows: codes.rows, cols: inputs, data: out };
}

/** Parameters, or their gradients, in one order. */
type Parameters = readonly Float64Array[];

const parametersOf = ({ encoder, decoder, bias, centre }: Autoencoder): Parameters => [
  encoder.data,
  decoder.data,
  bias,
  centre,
];

/**
 * The gradient of the loss: the mean over rows of |x − x̂|² / inputs + l1 · Σ z.
 *
 * @returns of encoder, decoder, bias and centre, in this order
 */
function gradient(own: Autoencoder, rows: Matrix<Float64Array>, sparsity: Sparsity): Parameters {
  const { encoder, decoder, centre } = own;
  const [units, inputs] = [encoder.rows, encoder.cols];
  const codes = encoded(own, rows, sparsity);
  const back = decoded(own, codes);
  const price = sparsity.kind === 'relu' ? sparsity.l1 / rows.rows : 0;
  const found = parametersOf(own).map(({ length }) => new Float64Array(length));
  const [ofEncoder, ofDecoder, ofBias, ofCentre] = found;
  const wrong = new Float64Array(inputs);
  for (let i = 0; i < rows.rows; i++) {
    const row = i * inputs;
    for (let u = 0; u < inputs; u++) {
      wrong[u] = (2 * (back.data[row + u] - rows.data[row + u])) / (rows.rows * inputs);
      ofCentre[u] += wrong[u];
    }
    for (let j = 0; j < units; j++) {
      const z = codes.data[i * units + j];
      if (z === 0) continue;
      const first = j * inputs;
      let slope = price;
      for (let u = 0; u < inputs; u++) slope += wrong[u] * decoder.data[first + u];
      ofBias[j] += slope;
      for (let u = 0; u < inputs; u++) {
        ofDecoder[first + u] += z * wrong[u];
        ofEncoder[first + u] += slope * (rows.data[row + u] - centre[u]);
        ofCentre[u] -= slope * encoder.data[first + u];
      }
    }
  }
  return found;
}

/** Trains by Adam, in place. Decoder rows move on their sphere: what of a gradient lies along one is left out, and each has length 1 after a step. */
export class Trainer {
  readonly #moments: readonly { first: Float64Array; second: Float64Array }[];
  #steps = 0;

  constructor(
    readonly own: Autoencoder,
    private readonly sparsity: Sparsity,
  ) {
    this.#moments = parametersOf(own).map(({ length }) => ({
      first: new Float64Array(length),
      second: new Float64Array(length),
    }));
  }

  step(rows: Matrix<Float64Array>, rate: number): void {
    const { own } = this;
    const found = gradient(own, rows, this.sparsity);
    withoutLength(found[1], own.decoder);
    this.#steps++;
    const [shrunk, squeezed] = [1 - FIRST ** this.#steps, 1 - SECOND ** this.#steps];
    parametersOf(own).forEach((parameter, which) => {
      const { first, second } = this.#moments[which];
      const slope = found[which];
      for (let at = 0; at < parameter.length; at++) {
        first[at] = FIRST * first[at] + (1 - FIRST) * slope[at];
        second[at] = SECOND * second[at] + (1 - SECOND) * slope[at] * slope[at];
        parameter[at] -= (rate * (first[at] / shrunk)) / (Math.sqrt(second[at] / squeezed) + TINY);
      }
    });
    normalise(own.decoder);
  }
}

function withoutLength(slope: Float64Array, { rows, cols, data }: Matrix<Float64Array>): void {
  for (let j = 0; j < rows; j++) {
    let along = 0;
    for (let at = j * cols; at < (j + 1) * cols; at++) along += slope[at] * data[at];
    for (let at = j * cols; at < (j + 1) * cols; at++) slope[at] -= along * data[at];
  }
}

function normalise({ rows, cols, data }: Matrix<Float64Array>): void {
  for (let j = 0; j < rows; j++) {
    let square = 0;
    for (let at = j * cols; at < (j + 1) * cols; at++) square += data[at] * data[at];
    const length = Math.sqrt(square);
    if (length > 0) for (let at = j * cols; at < (j + 1) * cols; at++) data[at] /= length;
  }
}
