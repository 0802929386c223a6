import { decimals } from '../formats/fixed';
import { percent } from '../formats/percent';
import { aboveNull } from '../protocol/above-null';
import { layerWords } from '../protocol/measure-names';
import type { Hazard, PairResults } from '../protocol/results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks when fewer than this share of the pairs of replicates are above their null. */
const threshold = 0.5;
/** Of a null that would be read as something. */
const visible = 0.1;

/** A similarity is read as something that two networks share, and shuffled stimuli would have it as well. */
export const noMoreAlikeThanShuffled: HazardRule = {
  name: 'no-more-alike-than-shuffled',
  describe:
    'Fewer than half of the pairs of replicates of a trained network, or of two, are more alike (p ≤ .05) than with the stimuli of one of both shuffled, by a measure that is asked for with its null.',
  link: 'https://arxiv.org/abs/2602.14486',
  evaluate(results) {
    return results.pairs.flatMap((entry) => {
      const { null: nulls } = entry;
      return nulls ? judge(results, entry) : [];
    });
  },
};

/** One for all pairs of networks: the one least above. */
function judge(results: HazardInput, entry: PairResults): Hazard[] {
  const trained = new Set(trainedNetworks(results).map(({ name }) => name));
  const found = entry.groups.flatMap((group) => {
    if (!trained.has(group.a) || !trained.has(group.b) || group.mean === null) return [];
    const { above, of, mean } = aboveNull(entry, group) ?? { above: 0, of: 0, mean: null };
    return mean === null || above / of >= threshold
      ? []
      : [{ group, score: group.mean, share: above / of, mean }];
  });
  if (found.length === 0) return [];
  const least = found.reduce((most, one) => (one.share < most.share ? one : most));
  const { a, b } = least.group;
  const who = a === b ? `Replicates of ${quoted(a)}` : `${quoted(a)} and ${quoted(b)}`;
  const more = found.length - 1;
  const others =
    more === 0 ? '' : ` So it is with ${more} more ${more === 1 ? 'pair' : 'pairs'} of networks.`;
  const { title } = results.measures[entry.measure];
  return [
    {
      rule: noMoreAlikeThanShuffled.name,
      // A score near nothing is read as what it is.
      severity: Math.abs(least.mean) < visible ? 'info' : 'warning',
      where: {
        ...{ layer: entry.layer, measure: entry.measure, network: a },
        ...(a === b ? {} : { comparedWith: b }),
      },
      value: least.share,
      threshold,
      message:
        `${who} are no more alike in ${layerWords(entry.layer)} than with shuffled stimuli: ${title} is ${decimals(least.score, 3)}, shuffled ${decimals(least.mean, 3)} ` +
        `(p ≤ .05 in ${percent(least.share)} of the pairs of replicates).${others}`,
      advice:
        'Do not read the score as something that they share: look at the calibrated score, which is 0 for shuffled stimuli, or show more test stimuli.',
    },
  ];
}
