import type { NumberArray } from '../core/number-array';
import { FormatError } from './format-error';

/** More stimuli than this are refused. */
const mostStimuli = 20_000;

/** RDMs of one file. */
export interface Rdms {
  readonly size: number;
  /** Upper triangles, row by row. */
  readonly rdms: readonly Float64Array[];
}

/** How many RDMs an array of this shape holds, of how many stimuli. @throws FormatError where it holds none */
export function rdmsIn(
  file: string,
  shape: readonly number[],
): { readonly count: number; readonly size: number; readonly isSquare: boolean } {
  const [last = 0, before] = [shape.at(-1), shape.at(-2)];
  const isSquare = last === before && shape.length <= 3;
  const size = isSquare ? last : (1 + Math.sqrt(1 + 8 * last)) / 2;
  if (!isSquare && (shape.length < 1 || shape.length > 2 || !Number.isInteger(size)))
    throw new FormatError(
      `${file} has the shape (${shape.join(', ')}): RDMs are squares (n, n) or (k, n, n), or upper triangles of n (n − 1) / 2 numbers, one a row.`,
    );
  if (size < 3 || size > mostStimuli)
    throw new FormatError(`${file} has RDMs of ${size} stimuli: there must be 3 to ${mostStimuli}.`);
  const count = shape.slice(0, isSquare ? -2 : -1).reduce((product, length) => product * length, 1);
  if (count === 0) throw new FormatError(`${file} has no RDM.`);
  return { count, size, isSquare };
}

/** @throws FormatError where the array holds no RDMs */
export function rdmsOf(file: string, { shape, data }: NumberArray): Rdms {
  const { count, size, isSquare } = rdmsIn(file, shape);
  const length = data.length / count;
  const rdms = Array.from({ length: count }, (_, k) => {
    const own = Float64Array.from(data.subarray(k * length, (k + 1) * length));
    return isSquare ? triangleOf(file, own, size) : own;
  });
  if (rdms.some((rdm) => rdm.some((one) => one === Infinity || one === -Infinity)))
    throw new FormatError(`${file} has distances that are infinite.`);
  return { size, rdms };
}

/** @throws FormatError where the square is not symmetric */
function triangleOf(file: string, square: Float64Array, size: number): Float64Array {
  const triangle = new Float64Array((size * (size - 1)) / 2);
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++) {
      const [value, other] = [square[i * size + j], square[j * size + i]];
      if (Math.abs(value - other) > 1e-6 * (Math.abs(value) + Math.abs(other)))
        throw new FormatError(
          `${file} is no RDM: row ${i}, column ${j} (counted from 0) has ${value}, and the other way round ${other}.`,
        );
      triangle[at] = value;
    }
  return triangle;
}

/** Whether squares are RDMs by their numbers, too: symmetric, and 0 (or nothing) on their diagonals. */
export function areRdms(array: NumberArray): boolean {
  const { size, count } = rdmsIn('', array.shape);
  for (let k = 0, at = 0; k < count; k++)
    for (let i = 0; i < size; i++, at++) {
      const own = array.data[at * size + i];
      if (own !== 0 && !Number.isNaN(own)) return false;
    }
  try {
    return rdmsOf('', array).rdms.length > 0;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
