import { FormatError } from '../../src/formats/format-error';
import { tokenLines } from '../../src/formats/token-lines';
import { BroughtError, type BroughtFile, type BroughtFiles } from '../../src/experiment/brought';

/**
 * What an experiment brings along, as a test says it.
 *
 * @param tables columns by the names of files
 * @param arrays files by patterns; of each its shapes by name
 * @param documents texts of JSON lines by the names of files
 */
export function broughtOf(
  tables: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  arrays: Readonly<
    Record<string, readonly (Pick<BroughtFile, 'as'> & { shapes: Record<string, number[]> })[]>
  >,
  documents: Readonly<Record<string, string>> = {},
): BroughtFiles {
  const own = <T>(all: Readonly<Record<string, T>>, file: string): T => {
    if (!Object.hasOwn(all, file)) throw new BroughtError(`Cannot read ${file}: there is no such file.`);
    return all[file];
  };
  return {
    columns: (file) => new Map(Object.entries(own(tables, file))),
    documents: (file) => {
      try {
        return tokenLines(own(documents, file));
      } catch (error) {
        // As the disk's say it.
        throw error instanceof FormatError ? new BroughtError(`${file}: ${error.message}`) : error;
      }
    },
    matching: (pattern) =>
      own(arrays, pattern).map(({ as, shapes }) => ({
        path: `/data/${pattern.replace(/\{.*\}/, as ?? '')}`,
        as,
        digest: 'f'.repeat(64),
        shapes: new Map(Object.entries(shapes)),
      })),
  };
}
