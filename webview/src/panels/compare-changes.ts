import type { ComparedValue, Comparison, ExperimentChange } from '../../../src/protocol/comparison';
import { h } from '../dom';
import { plural, shown } from '../number';

/** More changes than these are in the picture and the table only. */
const most = 6;

/** What is beyond seed noise first, the largest change before all others; then what is not, the most certain first, as it came. */
export function byWeight(rows: readonly ComparedValue[]): ComparedValue[] {
  const clear = rows.filter(({ beyondSeeds }) => beyondSeeds === true);
  const rest = rows.filter(({ beyondSeeds }) => beyondSeeds !== true);
  return [...clear.sort((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0)), ...rest];
}

/** The finding of a comparison: how much is beyond seed noise, and the largest of it in words. */
export function showChanges(into: HTMLElement, comparison: Comparison): void {
  const { rows, name, other, onlyHere, onlyThere, changes, unlisted = 0 } = comparison;
  const clear = byWeight(rows).filter(({ beyondSeeds }) => beyondSeeds === true);
  // Where nothing varies and both means are the same, nothing has changed.
  const unknown = rows.filter(
    ({ beyondSeeds, difference }) => beyondSeeds === null && difference !== 0,
  ).length;
  const lists = [
    ['Only here', onlyHere],
    ['Only there', onlyThere],
  ] as const;
  into.replaceChildren(
    h(
      'p',
      { class: 'finding' },
      rows.length === 0
        ? 'The two runs have no number in common.'
        : `${plural(clear.length, 'difference')} of ${rows.length} beyond seed noise`,
      h('span', { class: 'byChance' }, byChance(comparison)),
    ),
    h(
      'dl',
      { class: 'sides' },
      h('dt', {}, 'Here'),
      h('dd', {}, name),
      h('dt', {}, 'There'),
      h('dd', {}, other),
      ...lists
        .filter(([, names]) => names.length > 0)
        .flatMap(([label, names]) => [h('dt', {}, label), h('dd', {}, names.join(', '))]),
    ),
    ...(changes === undefined ? [] : experiment(changes, unlisted)),
    h('ul', { class: 'changes' }, ...clear.slice(0, most).map(item)),
    ...(clear.length > most
      ? [h('p', { class: 'caption' }, `The ${most} largest; the others are below.`)]
      : []),
    ...(unknown > 0
      ? [
          h(
            'p',
            { class: 'caption' },
            `${unknown} without an interval: fewer than two replicates on one side, or no variation on either. Whether they are beyond seed noise is unknown.`,
          ),
        ]
      : []),
  );
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

/** What was changed in the file. */
function experiment(changes: readonly ExperimentChange[], unlisted: number): HTMLElement[] {
  if (changes.length === 0)
    return [h('p', { class: 'caption' }, 'The two experiments do not differ in anything that both have.')];
  return [
    h(
      'table',
      { class: 'edits', attributes: { 'aria-label': 'Changes of the experiment' } },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...['Changed in the experiment', 'here', 'there'].map((text) =>
            h('th', { attributes: { scope: 'col' } }, text),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        ...changes.map(({ path, here, there }) =>
          h(
            'tr',
            {},
            h('th', { attributes: { scope: 'row' } }, path.join(' › ')),
            ...[here, there].map((value) => h('td', {}, value)),
          ),
        ),
      ),
    ),
    ...(unlisted > 0 ? [h('p', { class: 'caption' }, `and ${plural(unlisted, 'change')} more`)] : []),
  ];
}

/** Which number it is, in words: a measure of what, where. */
function whatOf({ title, measure, label, layer, other }: ComparedValue): string {
  if (other !== undefined) return `${title} of ${layer} and ${other}`;
  const where = layer === '' ? '' : ` in ${layer}`;
  return `${title} ${measure === 'accuracy' ? 'of' : 'by'} ${label}${where}`;
}

function item(row: ComparedValue): HTMLElement {
  const { network, here, there, difference, low, high } = row;
  const up = (difference ?? 0) > 0;
  return h(
    'li',
    {},
    h('span', { class: 'direction', attributes: { 'aria-hidden': 'true' } }, up ? '▲' : '▼'),
    h(
      'span',
      {},
      `${network}: ${whatOf(row)} is ${up ? 'higher' : 'lower'} here, `,
      h('strong', {}, `${shown(here, true)} against ${shown(there, true)}`),
      ' ',
      h(
        'span',
        { class: 'change' },
        `(${up ? '+' : ''}${shown(difference, true)} [${shown(low, true)}, ${shown(high, true)}])`,
      ),
    ),
  );
}
