import { basename } from 'node:path';
import { somePairs } from '../analysis/some-rows';
import { BroughtError } from '../experiment/brought';
import type { Place } from '../experiment/experiment';
import { FormatError } from '../formats/format-error';
import { rdmsOf } from '../formats/rdm-array';
import { readBrought } from './brought-files';

/**
 * One RDM of a file.
 *
 * @param at which of those in the array, from 0
 * @param rows of the RDM that are wanted, in their order
 * @returns upper triangle, row by row; NaN where a distance is not defined
 * @throws BroughtError where it cannot be read, or is none
 */
export function readRdm({ file, array, digest }: Place, at: number, rows: ArrayLike<number>): Float64Array {
  const found = readBrought(file, array, digest);
  try {
    const { size, rdms } = rdmsOf(basename(file), found);
    return somePairs(rdms[at], size, rows);
  } catch (error) {
    if (error instanceof FormatError) throw new BroughtError(error.message);
    throw error;
  }
}
