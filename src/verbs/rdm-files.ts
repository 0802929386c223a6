import type { Pairs } from '../analysis/inference/sample';
import type { NumberArray } from '../core/number-array';
import { UserError } from './user-error';

/** More stimuli than this are refused. */
const mostStimuli = 20_000;

/** RDMs of one file. */
export interface Rdms {
  readonly size: number;
  /** Upper triangles, row by row. */
  readonly rdms: readonly Float64Array[];
}

/** @throws UserError where the array holds no RDMs */
export function rdmsOf(file: string, { shape, data }: NumberArray): Rdms {
  const [last = 0, before] = [shape.at(-1), shape.at(-2)];
  const isSquare = last === before && shape.length <= 3;
  const size = isSquare ? last : (1 + Math.sqrt(1 + 8 * last)) / 2;
  if (!isSquare && (shape.length < 1 || shape.length > 2 || !Number.isInteger(size)))
    throw new UserError(
      `${file} has the shape (${shape.join(', ')}): RDMs are squares (n, n) or (k, n, n), or upper triangles of n (n − 1) / 2 numbers, one a row.`,
    );
  if (size < 3 || size > mostStimuli)
    throw new UserError(`${file} has RDMs of ${size} stimuli: there must be 3 to ${mostStimuli}.`);
  const length = isSquare ? size * size : last;
  const rdms = Array.from({ length: data.length / length }, (_, k) => {
    const own = Float64Array.from(data.subarray(k * length, (k + 1) * length));
    return isSquare ? triangleOf(file, own, size) : own;
  });
  if (rdms.length === 0) throw new UserError(`${file} has no RDM.`);
  if (rdms.some((rdm) => rdm.some((one) => one === Infinity || one === -Infinity)))
    throw new UserError(`${file} has distances that are infinite.`);
  return { size, rdms };
}

/** @throws UserError where the square is not symmetric */
function triangleOf(file: string, square: Float64Array, size: number): Float64Array {
  const triangle = new Float64Array((size * (size - 1)) / 2);
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++) {
      const [value, other] = [square[i * size + j], square[j * size + i]];
      if (Math.abs(value - other) > 1e-6 * (Math.abs(value) + Math.abs(other)))
        throw new UserError(
          `${file} is no RDM: row ${i}, column ${j} (counted from 0) has ${value}, and the other way round ${other}.`,
        );
      triangle[at] = value;
    }
  return triangle;
}

/** The pairs of stimuli that all RDMs have a distance for. */
interface Defined extends Pairs {
  /** Their places in the upper triangle. */
  readonly kept: Uint32Array;
  /** Whether they are all pairs there are. */
  readonly whole: boolean;
}

/** @throws UserError where fewer than three pairs of stimuli have a distance in every RDM */
export function definedIn(size: number, rdms: readonly Float64Array[]): Defined {
  const [rows, columns, kept]: number[][] = [[], [], []];
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++) {
      if (rdms.some((rdm) => Number.isNaN(rdm[at]))) continue;
      rows.push(i);
      columns.push(j);
      kept.push(at);
    }
  if (kept.length < 3)
    throw new UserError(
      `Only ${kept.length} pairs of stimuli have a distance in all RDMs: there must be three at least.`,
    );
  return {
    size,
    rows: Uint32Array.from(rows),
    columns: Uint32Array.from(columns),
    kept: Uint32Array.from(kept),
    whole: kept.length === (size * (size - 1)) / 2,
  };
}

/** The distances at these places. */
export function pick(values: Float64Array, places: Uint32Array): Float64Array {
  return Float64Array.from(places, (at) => values[at]);
}

/** Files whose RDMs are of the same stimuli. @throws UserError where they are not */
export function checkSizes(files: readonly string[], rdms: readonly Rdms[]): void {
  const other = rdms.findIndex(({ size }) => size !== rdms[0].size);
  if (other > 0)
    throw new UserError(
      `${files[0]} has RDMs of ${rdms[0].size} stimuli, ${files[other]} of ${rdms[other].size}: they must be of the same stimuli.`,
    );
}

/** What the RDMs of files are called: by the name of their file (its path where names are the same), counted from 1 where there are several in it. */
export function rdmNames(files: readonly string[], rdms: readonly Rdms[]): string[] {
  const short = files.map((file) => file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''));
  const names = new Set(short).size === short.length ? short : files;
  return names.flatMap((name, at) => {
    const count = rdms[at].rdms.length;
    return count === 1 ? [name] : Array.from({ length: count }, (_, place) => `${name} ${place + 1}`);
  });
}
