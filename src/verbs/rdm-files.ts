import { definedIn as pairsIn } from '../analysis/inference/defined-pairs';
import type { NumberArray } from '../core/number-array';
import { FormatError } from '../formats/format-error';
import { rdmsOf as read, type Rdms } from '../formats/rdm-array';
import { UserError } from './user-error';

/** @throws UserError where the array holds no RDMs */
export function rdmsOf(file: string, array: NumberArray): Rdms {
  try {
    return read(file, array);
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(error.message);
    throw error;
  }
}

/** @throws UserError where fewer than three pairs of stimuli have a distance in every RDM */
export function definedIn(size: number, rdms: readonly Float64Array[]): ReturnType<typeof pairsIn> {
  const found = pairsIn(size, rdms);
  if (found.kept.length < 3)
    throw new UserError(
      `Only ${found.kept.length} pairs of stimuli have a distance in all RDMs: there must be three at least.`,
    );
  return found;
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
