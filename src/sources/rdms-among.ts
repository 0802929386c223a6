import { basename } from 'node:path';
import { arraysIn } from '../formats/array-file';
import { FormatError } from '../formats/format-error';
import type { Parts } from '../formats/parts';
import { areRdms, rdmsIn } from '../formats/rdm-array';

/** Numbers of an array that is looked at: whether it holds RDMs. */
const mostLooked = 20_000_000;

/** What of a file are RDMs. */
export interface RdmsAmong {
  /** The names of their arrays. */
  readonly rdms: readonly string[];
  /** What the RDMs of its array `models` are called, where a JSON file says so. */
  readonly modelNames?: readonly string[];
}

/**
 * The arrays of a file that are RDMs: symmetric squares with zeros on their diagonals, and upper triangles in files that are called so.
 *
 * @throws FormatError where the file cannot be read
 */
export function rdmsAmong(path: string, file: Parts): RdmsAmong {
  const named = /rdm/i.test(basename(path));
  const rdms = [...arraysIn(path, file)].flatMap(([array, { shape: shapeOf, read }]) => {
    const shape = shapeOf();
    if (!shape || shape.length > 3) return [];
    if (shape.reduce((product, length) => product * length, 1) > mostLooked) return [];
    try {
      const { isSquare } = rdmsIn(path, shape);
      return isSquare ? (areRdms(read()) ? [array] : []) : named ? [array] : [];
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  });
  return { rdms, ...(rdms.includes('models') && /\.json$/i.test(path) ? modelNames(file) : {}) };
}

/** As many texts under `model_names`. */
function modelNames({ read, size }: Parts): Pick<RdmsAmong, 'modelNames'> {
  const { model_names: names } = JSON.parse(new TextDecoder().decode(read(0, size))) as {
    model_names?: unknown;
  };
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? { modelNames: names } : {};
}
