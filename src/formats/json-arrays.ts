import type { NumberArray } from '../core/number-array';
import { FormatError } from './format-error';

/** As NumPy has it. */
const mostDimensions = 32;

/**
 * The arrays of a JSON text: one without a name where it is a list, else those among the values of an object that are lists of numbers, or
 * of lists of them, under their keys. A number that is not defined is null there, and NaN here.
 *
 * @throws FormatError where there is none
 */
export function jsonArrays(text: string): ReadonlyMap<string, () => NumberArray> {
  const value = parsed(text);
  if (Array.isArray(value)) return new Map([['', () => numbersOf(value)]]);
  if (typeof value !== 'object' || value === null)
    throw new FormatError('It holds no list of numbers, nor an object with such lists.');
  const lists = Object.entries(value).filter(
    (entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && isNumeric(entry[1]),
  );
  return new Map(lists.map(([name, list]) => [name, () => numbersOf(list)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [where = ''] = / at position \d+/.exec((error as Error).message) ?? [];
    throw new FormatError(`It is no JSON text: it is broken${where}.`);
  }
}

/** Whether the first thing in the innermost list is a number, or one that is not defined. */
function isNumeric(list: readonly unknown[]): boolean {
  let first: unknown = list;
  while (Array.isArray(first)) [first] = first as readonly unknown[];
  return typeof first === 'number' || first === null;
}

/** @throws FormatError where lists differ in length or hold anything but numbers */
function numbersOf(list: readonly unknown[]): NumberArray {
  const shape: number[] = [];
  for (let inner: unknown = list; Array.isArray(inner); inner = inner[0]) shape.push(inner.length);
  if (shape.length > mostDimensions)
    throw new FormatError(
      `It has lists in lists ${shape.length} times: more than ${mostDimensions} are not read.`,
    );
  const numbers: number[] = [];
  const fill = (part: unknown, depth: number): void => {
    if (depth < shape.length) {
      if (!Array.isArray(part) || part.length !== shape[depth])
        throw new FormatError('Its lists differ in length: an array has as many numbers in each.');
      for (const one of part) fill(one, depth + 1);
    } else if (part === null) numbers.push(NaN);
    else if (typeof part === 'number') numbers.push(part);
    else throw new FormatError(`It has ${JSON.stringify(part).slice(0, 40)} among its numbers.`);
  };
  fill(list, 0);
  return { shape, data: Float64Array.from(numbers) };
}
