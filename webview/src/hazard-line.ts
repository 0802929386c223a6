import type { Hazard } from '../../src/protocol/results';
import { h } from './dom';
import { plural } from './number';
import type { Page } from './page';
import { severityWords } from './panels/hazard-words';

/** The gravest hazard of a figure in one line, which leads to the list of all. Null where there is none. */
export function hazardLine(
  [first, ...others]: readonly Hazard[],
  page: Pick<Page, 'showHazards'>,
): HTMLElement | null {
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` · and ${plural(others.length, 'more hazard')}`;
  return h(
    'button',
    {
      class: `hazard hazard-here ${first.severity}`,
      attributes: { type: 'button', title: `${first.message} ${first.advice}` },
      on: { click: () => page.showHazards(first.rule) },
    },
    h('strong', { class: 'severity' }, severityWords[first.severity]),
    h('span', { class: 'hazard-text' }, first.message),
    h('span', { class: 'hazard-others' }, more),
  );
}
