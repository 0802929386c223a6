import type { Hazard } from '../../../src/protocol/results';
import { plural, shown } from '../number';

/** What the number of a hazard counts, by rule: a number without its meaning says nothing. */
const meanings: Record<string, (value: number) => string> = {
  'equally-computed-unequally-represented': (value) => `${short(value)} × as much variance`,
  'rsa-below-simpler-task': (value) => `RSA lower by ${short(value)}`,
  'unlike-replicates': (value) => `${Math.round(100 * value)} % of replicates near their mean`,
  'too-few-seeds': (value) => plural(value, 'replicate'),
};

/** The number that shows a hazard, in words. */
export function hazardNumber({ rule, value }: Hazard): string {
  return meanings[rule]?.(value) ?? `measured ${shown(value)}`;
}

/** From where on the rule speaks, in the same words. */
export function hazardThreshold({ rule, threshold }: Hazard): string {
  return meanings[rule]?.(threshold) ?? shown(threshold);
}

function short(value: number): string {
  return String(Number(value.toPrecision(2))).replace('-', '−');
}
