import type { Hazard } from '../../../src/protocol/results';
import { plural } from '../number';

/** How grave a hazard is, in a word. */
export const severityWords: Readonly<Record<Hazard['severity'], string>> = {
  serious: 'Serious',
  warning: 'Warning',
  info: 'Note',
};

/** `3 hazards, 1 serious`. */
export function hazardCount(hazards: readonly Hazard[]): string {
  const serious = hazards.filter(({ severity }) => severity === 'serious').length;
  return `${plural(hazards.length, 'hazard')}${serious === 0 ? '' : `, ${serious} serious`}`;
}

/** How grave the gravest is. */
export function gravest(hazards: readonly Hazard[]): Hazard['severity'] {
  const found = new Set(hazards.map(({ severity }) => severity));
  return found.has('serious') ? 'serious' : found.has('warning') ? 'warning' : 'info';
}
