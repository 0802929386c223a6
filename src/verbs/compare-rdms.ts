import type { NumberArray } from '../core/number-array';
import type { Method, TwoRdms } from '../analysis/rsa/methods/method';
import { methods } from '../analysis/rsa/methods/methods';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

interface Asked {
  readonly first: string;
  readonly second: string;
  readonly method?: string;
}

/** How alike RDMs are. */
interface Compared {
  /** The name of the method. */
  readonly definition: string;
  /** Stimuli (or conditions) of each RDM. */
  readonly n: number;
  /** Pairs of stimuli that were compared: those for which all RDMs have a distance. */
  readonly pairs: number;
  /** Of one RDM a file. */
  readonly value?: number | null;
  /** Why it is null. */
  readonly why?: string;
  /** Of several: those of the first file × those of the second. */
  readonly values?: readonly (readonly (number | null)[])[];
}

/** More stimuli than this are refused. */
const mostStimuli = 20_000;

/** How alike the RDMs of two files are, each with each. */
export const compareRdms: Verb<Asked, Compared, Pick<ArrayRoom, 'array'>> = {
  name: 'compare-rdms',
  says: 'Compare the RDMs of two array files.',
  input: inputOf<Asked>(
    {
      first: {
        type: 'string',
        description: 'array file with RDMs: a square (or several), or upper triangles row by row',
      },
      second: { type: 'string', description: 'array file with the RDMs that they are compared with' },
      method: {
        type: 'string',
        enum: methods.map(({ name }) => name),
        description: 'how they are compared (default: pearson)',
      },
    },
    'first',
    'second',
  ),
  changes: 'nothing',
  run: async ({ first, second, method: name = 'pearson' }, { array }) => {
    const method = methods.find((one) => one.name === name);
    if (!method)
      throw new UserError(
        `There is no method ${name}. There are ${methods.map((one) => one.name).join(', ')}.`,
      );
    const [own, others] = [rdmsOf(first, await array(first)), rdmsOf(second, await array(second))];
    if (own.size !== others.size)
      throw new UserError(
        `${first} has RDMs of ${own.size} stimuli, ${second} of ${others.size}: they must be of the same stimuli.`,
      );
    const defined = definedIn(own.size, [...own.rdms, ...others.rdms]);
    check(method, defined);
    const values = own.rdms.map((a) =>
      others.rdms.map((b) =>
        method.compare({ ...defined, a: pick(a, defined.kept), b: pick(b, defined.kept) }),
      ),
    );
    const [[value]] = values;
    const one = own.rdms.length === 1 && others.rdms.length === 1;
    const why = 'One of the RDMs has nothing to compare: its distances are all equal, or all 0.';
    return {
      definition: name,
      n: own.size,
      pairs: defined.kept.length,
      ...(one ? { value, ...(value === null ? { why } : {}) } : { values }),
    };
  },
};

interface Rdms {
  readonly size: number;
  /** Upper triangles, row by row. */
  readonly rdms: readonly Float64Array[];
}

/** @throws UserError where the array holds no RDMs */
function rdmsOf(file: string, { shape, data }: NumberArray): Rdms {
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

interface Defined extends Pick<TwoRdms, 'size' | 'rows' | 'columns' | 'whole'> {
  /** Places in the upper triangle. */
  readonly kept: Uint32Array;
}

/** The pairs of stimuli that have a distance in every RDM. */
function definedIn(size: number, rdms: readonly Float64Array[]): Defined {
  const [rows, columns, kept]: number[][] = [[], [], []];
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++) {
      if (rdms.some((rdm) => Number.isNaN(rdm[at]))) continue;
      rows.push(i);
      columns.push(j);
      kept.push(at);
    }
  return {
    size,
    rows: Uint32Array.from(rows),
    columns: Uint32Array.from(columns),
    kept: Uint32Array.from(kept),
    whole: kept.length === (size * (size - 1)) / 2,
  };
}

function check({ name, needsWhole }: Method, { whole, kept }: Defined): void {
  if (kept.length < 3)
    throw new UserError(
      `Only ${kept.length} pairs of stimuli have a distance in all RDMs: there must be three at least.`,
    );
  if (needsWhole && !whole)
    throw new UserError(
      `${name} is of whole RDMs: some distances are missing. Take whitened-cosine, for one.`,
    );
}

function pick(values: Float64Array, places: Uint32Array): Float64Array {
  return Float64Array.from(places, (at) => values[at]);
}
