import type { ComponentChild } from 'preact';
import type { Hazard } from '../../src/protocol/results';
import { plural } from './number';
import type { Page } from './page';
import { severityWords } from './panels/hazard-words';
import { v } from './view';

/** The gravest hazard of a figure in one line, which leads to the list of all. */
export function HazardLine({
  hazards: [first, ...others],
  page,
}: {
  hazards: readonly Hazard[];
  page: Pick<Page, 'showHazards'>;
}): ComponentChild {
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` · and ${plural(others.length, 'more hazard')}`;
  return v(
    'button',
    {
      class: `hazard hazard-here ${first.severity}`,
      type: 'button',
      title: `${first.message} ${first.advice}`,
      onclick: () => page.showHazards(first.rule),
    },
    v('strong', { class: 'severity' }, severityWords[first.severity]),
    v('span', { class: 'hazard-text' }, first.message),
    v('span', { class: 'hazard-others' }, more),
  );
}
