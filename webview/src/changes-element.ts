import { h } from './dom';
import type { Changes } from './panels/compare-changes';

/** What a comparison found. */
export function changesElement({ finding, byChance, sides, edits, editsNote, largest, notes }: Changes) {
  const caption = (text: string): HTMLElement => h('p', { class: 'caption' }, text);
  return [
    h('p', { class: 'finding' }, finding, h('span', { class: 'byChance' }, byChance)),
    h('dl', { class: 'sides' }, ...sides.flatMap(([name, text]) => [h('dt', {}, name), h('dd', {}, text)])),
    ...(edits === null || edits.length === 0 ? [] : [editTable(edits)]),
    ...(editsNote === '' ? [] : [caption(editsNote)]),
    h(
      'ul',
      { class: 'changes' },
      ...largest.map(({ up, text, numbers, difference }) =>
        h(
          'li',
          {},
          h('span', { class: 'direction', attributes: { 'aria-hidden': 'true' } }, up ? '▲' : '▼'),
          h('span', {}, text, h('strong', {}, numbers), ' ', h('span', { class: 'change' }, difference)),
        ),
      ),
    ),
    ...notes.map(caption),
  ];
}

/** What was changed in the file. */
function editTable(edits: NonNullable<Changes['edits']>): HTMLElement {
  const heads = ['Changed in the experiment', 'here', 'there'];
  return h(
    'table',
    { class: 'edits', attributes: { 'aria-label': 'Changes of the experiment' } },
    h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { attributes: { scope: 'col' } }, text)))),
    h(
      'tbody',
      {},
      ...edits.map(({ path, here, there }) =>
        h(
          'tr',
          {},
          h('th', { attributes: { scope: 'row' } }, path),
          ...[here, there].map((value) => h('td', {}, value)),
        ),
      ),
    ),
  );
}
