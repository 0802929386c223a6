import type { ComparedValue, Comparison } from '../../../src/protocol/comparison';
import { plural, shown } from '../number';
import { networkOf } from './compare-picture';

/** More changes than these are in the picture and the table only. */
const most = 6;

/** What is beyond seed noise first, the largest change before all others; then what is not, the most certain first, as it came. */
export function byWeight(rows: readonly ComparedValue[]): ComparedValue[] {
  const clear = rows.filter(({ beyondSeeds }) => beyondSeeds === true);
  const rest = rows.filter(({ beyondSeeds }) => beyondSeeds !== true);
  return [...clear.sort((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0)), ...rest];
}

/** What a comparison found, in words. */
export interface Changes {
  finding: string;
  /** How much of that would be so by chance; empty where that goes without saying. */
  byChance: string;
  /** Each with its name before it: the two runs, and what is in one of them only. */
  sides: readonly (readonly [string, string])[];
  /** What was changed in the experiment; null where one of both is not known. */
  edits: readonly { path: string; here: string; there: string }[] | null;
  /** Said under these. */
  editsNote: string;
  /** The largest differences. */
  largest: readonly Change[];
  /** Said after them. */
  notes: readonly string[];
}

interface Change {
  up: boolean;
  text: string;
  /** Both numbers. */
  numbers: string;
  /** The difference with its interval. */
  difference: string;
}

/** Said where there is no other run. */
export const nothingCompared: Changes = {
  finding: 'No run was chosen to compare with.',
  byChance: '',
  sides: [],
  edits: null,
  editsNote: '',
  largest: [],
  notes: [
    'Compare this run with those of other files, or with earlier ones of this file, before an edit: what differs beyond what seeds make differ.',
  ],
};

/** The finding of a comparison: how much is beyond seed noise, and the largest of it in words. */
export function changesOf(comparison: Comparison): Changes {
  const { rows, name, other, onlyHere, onlyThere, paired, unchanged, changes, unlisted = 0 } = comparison;
  const clear = byWeight(rows).filter(({ beyondSeeds }) => beyondSeeds === true);
  // Where nothing varies and both means are the same, nothing has changed.
  const unknown = rows.filter(
    ({ beyondSeeds, difference }) => beyondSeeds === null && difference !== 0,
  ).length;
  const lists = [
    ['Only here', onlyHere],
    ['Only there', onlyThere],
    ['Paired by hand', paired.map(({ here, there }) => `${here} with ${there}`)],
    ['The same in both', unchanged],
  ] as const;
  return {
    finding:
      rows.length === 0
        ? unchanged.length > 0
          ? 'Nothing differs: every number is the same in both, replicate by replicate.'
          : 'The two runs have no number in common.'
        : `${plural(clear.length, 'difference')} of ${rows.length} beyond seed noise`,
    byChance: byChance(comparison),
    sides: [
      ['Here', name],
      ['There', other],
      ...lists.flatMap(([label, names]) => (names.length > 0 ? [[label, names.join(', ')] as const] : [])),
    ],
    edits: changes?.map(({ path, here, there }) => ({ path: path.join(' › '), here, there })) ?? null,
    editsNote: editsNote(changes, unlisted),
    largest: clear.slice(0, most).map(changeOf),
    notes: [
      ...(clear.length > most ? [`The ${most} largest; the others are below.`] : []),
      ...(unknown > 0
        ? [
            `${unknown} without an interval: fewer than two replicates on one side, or no variation on either. Whether they are beyond seed noise is unknown.`,
          ]
        : []),
    ],
  };
}

function editsNote(changes: Comparison['changes'], unlisted: number): string {
  if (changes?.length === 0) return 'The two experiments do not differ in anything that both have.';
  return unlisted > 0 ? `and ${plural(unlisted, 'change')} more` : '';
}

/** How many intervals would leave 0 out if nothing had changed: they are not corrected for their number. */
export function byChance({ rows, confidence }: Comparison): string {
  const tested = rows.filter(({ beyondSeeds }) => beyondSeeds !== null).length;
  if (tested < 2) return '';
  const expected = tested * (1 - confidence);
  const [low, high] = [Math.floor(expected + 1e-9), Math.ceil(expected - 1e-9)];
  const about =
    expected < 0.5 ? 'fewer than 1' : low === high || low === 0 ? `about ${high}` : `about ${low} to ${high}`;
  return ` (not corrected for ${tested} comparisons: ${about} would be so by chance)`;
}

/** Which number it is, in words: a measure of what, where. */
function whatOf({ title, measure, label, layer, other }: ComparedValue): string {
  if (other !== undefined) return `${title} of ${layer} and ${other}`;
  const where = layer === '' ? '' : ` in ${layer}`;
  return `${title} ${measure === 'accuracy' ? 'of' : 'by'} ${label}${where}`;
}

function changeOf(row: ComparedValue): Change {
  const { here, there, difference, low, high } = row;
  const up = (difference ?? 0) > 0;
  return {
    up,
    text: `${networkOf(row)}: ${whatOf(row)} is ${up ? 'higher' : 'lower'} here, `,
    numbers: `${shown(here, true)} against ${shown(there, true)}`,
    difference: `(${up ? '+' : ''}${shown(difference, true)} [${shown(low, true)}, ${shown(high, true)}])`,
  };
}
