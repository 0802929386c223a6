import type { Hazard } from '../../src/protocol/results';
import { h } from './dom';
import { plural } from './number';
import { hazardNumber, hazardThreshold } from './panels/hazard-number';
import { severityWords } from './panels/hazard-words';

const order = ['serious', 'warning', 'info'] as const;

/** What to be careful about: what each rule says and its number, the gravest first; behind it the advice and where else it holds. */
export function hazardList() {
  const heading = h('h2');
  const list = h('ul');
  const open = new Set<string>();
  let drawn = '';
  const element = h('section', { class: 'hazards', attributes: { 'aria-label': 'Hazards' } }, heading, list);
  return {
    element,
    /** Brings the list to sight, with what a rule says open (the first where none is named) and in focus. */
    reveal(rule?: string) {
      const lines = [...list.querySelectorAll<HTMLButtonElement>('.hazard-line')];
      const line = lines.find(({ dataset }) => dataset['rule'] === rule) ?? lines[0];
      if (rule !== undefined && line?.getAttribute('aria-expanded') === 'false') line.click();
      line?.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'center' });
    },
    /** @param looked whether the rules have been applied: to half a training they are not */
    show(hazards: readonly Hazard[], looked: boolean) {
      // What is the same stays, with the focus in it.
      const now = JSON.stringify([hazards, looked]);
      if (now === drawn) return;
      drawn = now;
      const sorted = order.flatMap((severity) => hazards.filter((hazard) => hazard.severity === severity));
      heading.textContent =
        sorted.length === 0
          ? looked
            ? 'No hazard found by the rules of this version'
            : 'Hazards are looked for when every network has a finished replicate'
          : `What to be careful about (${sorted.length})`;
      list.replaceChildren(...byRule(sorted).map((group, at) => item(group, at, open)));
    },
  };
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

/** @param open the rules that the user has opened */
function item([first, ...others]: [Hazard, ...Hazard[]], at: number, open: Set<string>): HTMLElement {
  const id = `hazard-${at}`;
  const more = h(
    'div',
    { class: 'hazard-more', attributes: { id } },
    ...about(first),
    ...(others.length === 0
      ? []
      : [
          h('p', { class: 'caption' }, `${others.length} more of ${first.rule}:`),
          h(
            'ul',
            {},
            ...others.map((other) =>
              h(
                'li',
                { class: `hazard ${other.severity}` },
                h('div', {}, strong(other), ' ', other.message),
                ...about(other, other.advice !== first.advice),
              ),
            ),
          ),
        ]),
  );
  const line = h(
    'button',
    { class: 'hazard-line', attributes: { type: 'button', 'aria-controls': id, 'data-rule': first.rule } },
    h('span', { class: 'chevron', attributes: { 'aria-hidden': 'true' } }),
    h(
      'span',
      { class: 'hazard-message' },
      strong(first),
      ' · ',
      h(
        'span',
        { class: 'hazard-number' },
        `${hazardNumber(first)}${others.length > 0 ? ` · ${plural(others.length + 1, 'time')}` : ''}`,
      ),
      h('br'),
      first.message,
    ),
  );
  const turn = (on: boolean): void => {
    line.setAttribute('aria-expanded', String(on));
    more.hidden = !on;
    if (on) open.add(first.rule);
    else open.delete(first.rule);
  };
  line.addEventListener('click', () => turn(line.getAttribute('aria-expanded') === 'false'));
  turn(open.has(first.rule));
  return h('li', { class: `hazard ${first.severity}` }, line, more);
}

function strong({ severity }: Hazard): HTMLElement {
  return h('strong', { class: 'severity' }, severityWords[severity]);
}

function about(hazard: Hazard, advice = true): HTMLElement[] {
  const where = Object.entries(hazard.where).map(([kind, name]) => `${kind} ${name}`);
  return [
    ...(advice ? [h('div', { class: 'advice' }, hazard.advice)] : []),
    h(
      'div',
      { class: 'caption' },
      `${hazard.rule} · ${where.length === 0 ? 'whole run' : where.join(', ')} · ${hazardNumber(hazard)} (threshold: ${hazardThreshold(hazard)})`,
    ),
  ];
}
