import { h, type ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { Hazard } from '../../src/protocol/results';
import { plural } from './number';
import { hazardNumber, hazardThreshold } from './panels/hazard-number';
import { severityWords } from './panels/hazard-words';
import { v } from './view';

const order = ['serious', 'warning', 'info'] as const;

/** What to be careful about: what each rule says and its number, the gravest first; behind it the advice and where else it holds. */
export function HazardList({
  hazards,
  looked,
}: {
  hazards: readonly Hazard[];
  /** Whether the rules have been applied: to half a training they are not. */
  looked: boolean;
}): ComponentChild {
  const sorted = order.flatMap((severity) => hazards.filter((hazard) => hazard.severity === severity));
  const heading =
    sorted.length > 0
      ? `What to be careful about (${sorted.length})`
      : looked
        ? 'No hazard found by the rules of this version'
        : 'Hazards are looked for when every network has a finished replicate';
  return v(
    'section',
    { class: 'hazards', 'aria-label': 'Hazards' },
    v('h2', {}, heading),
    v('ul', {}, ...byRule(sorted).map((group) => h(Rule, { key: group[0].rule, group }))),
  );
}

/** Brings the list in an element to sight, with what a rule says open (the first where none is named) and in focus. */
export function revealHazards(within: Element, rule: string | undefined): void {
  const lines = [...within.querySelectorAll<HTMLButtonElement>('.hazard-line')];
  const line = lines.find(({ dataset }) => dataset['rule'] === rule) ?? lines[0];
  if (rule !== undefined && line?.getAttribute('aria-expanded') === 'false') line.click();
  line?.focus({ preventScroll: true });
  // Once what was opened has its room.
  requestAnimationFrame(() => within.querySelector('.hazards')?.scrollIntoView({ block: 'center' }));
}

/** The hazards of each rule together, in the order of the gravest of each. */
function byRule(sorted: readonly Hazard[]): [Hazard, ...Hazard[]][] {
  const rules = new Map<string, [Hazard, ...Hazard[]]>();
  for (const hazard of sorted) {
    const known = rules.get(hazard.rule);
    if (known === undefined) rules.set(hazard.rule, [hazard]);
    else known.push(hazard);
  }
  return [...rules.values()];
}

/** What a rule says: of what it says it most gravely, and behind it where else it does. */
function Rule({ group: [first, ...others] }: { group: [Hazard, ...Hazard[]] }): ComponentChild {
  const [open, turn] = useState(false);
  const id = `hazard-${first.rule}`;
  const times = others.length > 0 ? ` · ${plural(others.length + 1, 'time')}` : '';
  const line = v(
    'button',
    {
      class: 'hazard-line',
      ...{ type: 'button', 'data-rule': first.rule, 'aria-controls': id, 'aria-expanded': open },
      onclick: () => turn(!open),
    },
    v('span', { class: 'chevron', 'aria-hidden': 'true' }),
    v(
      'span',
      { class: 'hazard-message' },
      strong(first),
      ' · ',
      v('span', { class: 'hazard-number' }, `${hazardNumber(first)}${times}`),
      v('br'),
      first.message,
    ),
  );
  const more = v(
    'div',
    { class: 'hazard-more', hidden: !open, id },
    ...about(first),
    others.length === 0 ? null : v('p', { class: 'caption' }, `${others.length} more of ${first.rule}:`),
    others.length === 0
      ? null
      : v(
          'ul',
          {},
          ...others.map((other) =>
            v(
              'li',
              { class: `hazard ${other.severity}` },
              v('div', {}, strong(other), ' ', other.message),
              ...about(other, other.advice !== first.advice),
            ),
          ),
        ),
  );
  return v('li', { class: `hazard ${first.severity}` }, line, more);
}

function strong({ severity }: Hazard): ComponentChild {
  return v('strong', { class: 'severity' }, severityWords[severity]);
}

function about(hazard: Hazard, advice = true): ComponentChild[] {
  const where = Object.entries(hazard.where).map(([kind, name]) => `${kind} ${name}`);
  return [
    advice ? v('div', { class: 'advice' }, hazard.advice) : null,
    v(
      'div',
      { class: 'caption' },
      `${hazard.rule} · ${where.length === 0 ? 'whole run' : where.join(', ')} · ${hazardNumber(hazard)} (threshold: ${hazardThreshold(hazard)})`,
      // Results are a file, which anybody may have written.
      ...(hazard.link?.startsWith('https://') === true
        ? [' · ', v('a', { href: hazard.link }, 'Read more')]
        : []),
    ),
  ];
}
