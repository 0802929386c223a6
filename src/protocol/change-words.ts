import type { ChangeName } from './results';

/** What is measured of a change of a network, in the table. */
export const changeMeasures = {
  accuracy: 'change.accuracy',
  accuracyAtRandom: 'change.accuracy.random',
  accuracyUntrained: 'change.accuracy.untrained',
  flips: 'change.flips',
  flipsAtRandom: 'change.flips.random',
  threshold: 'change.threshold',
  distance: 'change.distance',
  outputs: 'change.outputs',
} as const;

/** The least and the most of a measure over draws of the same function. */
export const rangeNames = (measure: string): Readonly<Record<'least' | 'most', string>> => ({
  least: `range.${measure}.least`,
  most: `range.${measure}.most`,
});

/** What a change has more or less of. */
export const doseNames: Readonly<Partial<Record<ChangeName, string>>> = {
  steer: 'Times the difference of the means',
  ablate: 'Units held',
  rebuild: 'Principal components kept',
};
