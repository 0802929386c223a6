import type { ComponentChild } from 'preact';
import type { Changes } from './panels/compare-changes';
import { v } from './view';

/** What a comparison found. */
export function ComparisonView({
  finding,
  byChance,
  sides,
  edits,
  editsNote,
  largest,
  notes,
}: Changes): ComponentChild {
  const caption = (text: string): ComponentChild => v('p', { class: 'caption' }, text);
  return v(
    'div',
    { 'aria-live': 'polite' },
    v('p', { class: 'finding' }, finding, v('span', { class: 'byChance' }, byChance)),
    v('dl', { class: 'sides' }, ...sides.flatMap(([name, text]) => [v('dt', {}, name), v('dd', {}, text)])),
    edits === null || edits.length === 0 ? null : editTable(edits),
    editsNote === '' ? null : caption(editsNote),
    v(
      'ul',
      { class: 'changes' },
      ...largest.map(({ up, text, numbers, difference }) =>
        v(
          'li',
          {},
          v('span', { class: 'direction', 'aria-hidden': 'true' }, up ? '▲' : '▼'),
          v('span', {}, text, v('strong', {}, numbers), ' ', v('span', { class: 'change' }, difference)),
        ),
      ),
    ),
    ...notes.map(caption),
  );
}

/** What was changed in the file. */
function editTable(edits: NonNullable<Changes['edits']>): ComponentChild {
  const head = (text: string, scope: string): ComponentChild => v('th', { scope }, text);
  const heads = ['Changed in the experiment', 'here', 'there'].map((text) => head(text, 'col'));
  return v(
    'table',
    { class: 'edits', 'aria-label': 'Changes of the experiment' },
    v('thead', {}, v('tr', {}, ...heads)),
    v(
      'tbody',
      {},
      ...edits.map(({ path, here, there }) =>
        v('tr', {}, head(path, 'row'), ...[here, there].map((value) => v('td', {}, value))),
      ),
    ),
  );
}
