import { SET_NAMES } from '../experiment/counts';
import type { SetName } from '../experiment/experiment';
import { decimals } from '../formats/fixed';
import type { SetResults } from '../protocol/results';
import type { Marks } from './facts';
import { percent } from './wording';

/** More statements of a feature are not shown. */
const most = 12;

/** One statement of the file, and how far each set follows it, in the sets' order; null where the file says nothing of the set. */
interface DrawnRow {
  readonly what: string;
  readonly cells: readonly (string | null)[];
}

/** What the file says of how a feature is drawn, beside what was drawn in each set. */
export function drawnRows(
  sets: Readonly<Record<SetName, Pick<SetResults, 'drawing'>>>,
  name: string,
  marks: Marks,
): DrawnRow[] {
  const rows = new Map<string, (string | null)[]>();
  for (const [at, set] of SET_NAMES.entries())
    for (const { feature, kind, of, declared, expected, drawn, met } of sets[set].drawing) {
      if (feature !== name) continue;
      const what = {
        prevalence: marks.word(of),
        agreement: 'agrees',
        correlation: `r with ${marks.name(of)}`,
      }[kind];
      const number = (value: number | null): string =>
        value === null ? '—' : kind === 'correlation' ? decimals(value) : percent(value);
      const cells = rows.get(what) ?? SET_NAMES.map(() => null);
      cells[at] =
        `${number(drawn)} of ${number(expected ?? declared)}${met ? '' : ' ⚠ beyond sampling error'}`;
      rows.set(what, cells);
    }
  return [...rows].slice(0, most).map(([what, cells]) => ({ what, cells }));
}
