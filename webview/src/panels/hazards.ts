import type { Hazard } from '../../../src/protocol/results';
import { h } from '../dom';
import { shown } from '../number';

const order = ['serious', 'warning', 'info'] as const;
const words = { serious: 'Serious', warning: 'Warning', info: 'Note' };

/** What to be careful about, the gravest first, each with its number and its advice. */
export function hazardList(hazards: readonly Hazard[]): HTMLElement {
  const sorted = order.flatMap((severity) => hazards.filter((hazard) => hazard.severity === severity));
  return h(
    'section',
    { class: 'hazards', attributes: { 'aria-label': 'Hazards' } },
    h(
      'h2',
      {},
      sorted.length === 0 ? 'No hazard found by the rules of this version' : `Hazards (${sorted.length})`,
    ),
    h('ul', {}, ...byRule(sorted).map(group)),
  );
}

/** The hazards of each rule together, in the order of the gravest of each. */
function byRule(sorted: readonly Hazard[]): Hazard[][] {
  const rules = new Map<string, Hazard[]>();
  for (const hazard of sorted) rules.set(hazard.rule, [...(rules.get(hazard.rule) ?? []), hazard]);
  return [...rules.values()];
}

/** The first of a rule, and the others behind a line that counts them. */
function group([first, ...others]: Hazard[]): HTMLElement | null {
  if (first === undefined) return null;
  const shownItem = item(first);
  if (others.length > 0) {
    shownItem.append(
      h(
        'details',
        {},
        h('summary', {}, `${others.length} more of ${first.rule}`),
        h('ul', {}, ...others.map(item)),
      ),
    );
  }
  return shownItem;
}

function item(hazard: Hazard): HTMLElement {
  const where = Object.entries(hazard.where).map(([kind, name]) => `${kind} ${name}`);
  return h(
    'li',
    { class: `hazard ${hazard.severity}` },
    h(
      'div',
      {},
      h('strong', { class: 'severity' }, words[hazard.severity]),
      ' ',
      h('span', {}, hazard.message),
    ),
    h('div', { class: 'advice' }, hazard.advice),
    h(
      'div',
      { class: 'caption' },
      `${hazard.rule} · ${where.length === 0 ? 'whole run' : where.join(', ')} · measured ${shown(hazard.value)}, threshold ${shown(hazard.threshold)}`,
    ),
  );
}
