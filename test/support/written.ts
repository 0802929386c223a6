import type { PackedColumn } from '../../src/core/packed-columns';
import { keptResults } from '../../src/protocol/kept-results';
import type { Results, ResultsFile } from '../../src/protocol/results';

/** What a `results.json` says, its table as a run has it. */
export function writtenResults(text: string): Results & Pick<ResultsFile, 'arrays' | 'summaries'> {
  const file: unknown = JSON.parse(text);
  const results = keptResults(file);
  if (!results) throw new Error('These are no results.');
  const { arrays, summaries } = file as ResultsFile;
  return { ...results, arrays, summaries };
}

/** The text of each row of a column, as a file has it. */
export function columnTexts({ names, codes, counts }: PackedColumn): (string | undefined)[] {
  return codes.flatMap((code, at) => new Array<string | undefined>(counts?.[at] ?? 1).fill(names[code]));
}
