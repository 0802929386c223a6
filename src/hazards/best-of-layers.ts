import { bestPair } from '../protocol/measure-names';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';

/** Pairs of layers that are searched. */
const threshold = 2;

/** Measures that are named. */
const NAMED = 3;

/** The best of many pairs of layers read as a similarity, where nothing says what searching finds by chance. */
export const bestOfLayers: HazardRule = {
  name: 'best-of-layers',
  describe:
    'Trained networks are compared at the best of several pairs of hidden layers without a null ("null": 0 in “similarity”): the more pairs are searched, the higher the best is by chance.',
  link: 'https://arxiv.org/abs/2602.14486',
  evaluate(results) {
    const searched = results.pairs.filter((entry) => entry.layer === bestPair && !entry.null);
    const deepest = Math.max(
      0,
      ...trainedNetworks(results).map(({ layers }) => layers.filter(({ role }) => role === 'hidden').length),
    );
    const value = deepest * deepest;
    if (searched.length === 0 || value < threshold) return [];
    const names = searched.map(({ measure }) => results.measures[measure].title);
    return [
      {
        rule: bestOfLayers.name,
        severity: 'warning',
        where: { layer: bestPair, measure: searched[0].measure },
        value,
        threshold,
        message: `Similarity at the best pair of hidden layers (${namedOf(names)}) is the best of up to ${value} pairs, and no null says how good the best is by chance.`,
        advice:
          'Set "null" of \'similarity\' to 1000: each permutation then takes the best pair as well, and p and the calibrated score account for the search. Or compare one layer that was chosen beforehand.',
      },
    ];
  },
};

function namedOf(names: readonly string[]): string {
  if (names.length <= NAMED + 1) return names.join(', ');
  return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more measures`;
}
