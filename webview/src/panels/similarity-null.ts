import { decimals } from '../../../src/formats/fixed';
import { LEVEL } from '../../../src/protocol/above-null';
import type { MeasureInfo, PairResults, Results } from '../../../src/protocol/results';
import { besideName } from '../../../src/protocol/similarity-names';
import { infoOf } from './similarity-words';

/** What is shown of a comparison that has a null: the scores, or the same calibrated by it. */
export interface Shown {
  entry: PairResults;
  info: MeasureInfo;
}

/** Scores calibrated by their null, in the place of the scores; a replicate with itself is the same. */
export function calibratedOf(entry: PairResults, results: Results): Shown | null {
  const { null: nulls } = entry;
  if (nulls === undefined) return null;
  const matrix = nulls.calibrated.map((row, at) => row.map((value, column) => (at === column ? 1 : value)));
  return {
    entry: { ...entry, matrix, groups: nulls.groups },
    info: { ...infoOf(results, besideName(entry.measure, 'calibrated')), itself: 1 },
  };
}

/** Whether a pair is no more alike than shuffled stimuli may be. */
export function isByChance({ null: nulls }: PairResults, row: number, column: number): boolean {
  return (nulls?.p[row]?.[column] ?? 0) > LEVEL;
}

/** What shuffled stimuli say of a pair, after its names. */
export function nullText({ null: nulls, sites }: PairResults, row: number, column: number): string {
  if (row === column) return '';
  const [own, other] = [sites?.[row]?.[column], sites?.[column]?.[row]];
  const where = own === undefined || other === undefined ? '' : ` (${own} – ${other})`;
  const mean = nulls?.mean[row]?.[column] ?? null;
  if (nulls === undefined || mean === null) return where;
  const calibrated = nulls.calibrated[row]?.[column] ?? null;
  return `${where}; shuffled ${decimals(mean, 3)}, calibrated ${calibrated === null ? 'none' : decimals(calibrated, 3)}, p ${pText(nulls.p[row]?.[column] ?? 1)}`;
}

function pText(p: number): string {
  return p < 0.001 ? '< .001' : decimals(p, 3);
}

/** What dots are, in a caption. */
export function dotsText({ null: nulls }: PairResults, pairs: string): string {
  return nulls === undefined
    ? ''
    : ` Dots: ${pairs} than with shuffled stimuli (p > .05; not corrected for the number of pairs).`;
}
