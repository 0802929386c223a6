import { labelledReplicate } from '../core/replicate';
import { decimals } from '../formats/fixed';
import { percent } from '../formats/percent';
import { layerWords } from '../protocol/measure-names';
import type { Hazard, PairGroup, PairNull, PairResults } from '../protocol/results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks when fewer than this share of the pairs of replicates are above their null … */
const threshold = 0.5;
/** … by this p. */
const level = 0.05;
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
      return nulls ? judge(results, entry, nulls) : [];
    });
  },
};

/** One for all pairs of networks: the one least above. */
function judge(results: HazardInput, entry: PairResults, nulls: PairNull): Hazard[] {
  const trained = new Set(trainedNetworks(results).map(({ name }) => name));
  const found = entry.groups.flatMap((group) => {
    if (!trained.has(group.a) || !trained.has(group.b) || group.mean === null) return [];
    const { share, mean } = aboveNull(entry, nulls, group);
    return share === null || share >= threshold ? [] : [{ group, score: group.mean, share, mean }];
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

/** The share of the pairs of replicates of a group that are above their null, and the mean of their nulls; null where no pair has one. */
function aboveNull(
  { labels }: PairResults,
  { p, mean }: PairNull,
  { a, b }: PairGroup,
): { share: number | null; mean: number } {
  const sources = labels.map((label) => labelledReplicate(label).source);
  const pairs = sources.flatMap((first, row) =>
    sources.slice(0, row).flatMap((second, column) => {
      const isOfGroup = (first === a && second === b) || (first === b && second === a);
      const own = p[row][column];
      return isOfGroup && own !== null ? [{ p: own, mean: mean[row][column] ?? 0 }] : [];
    }),
  );
  if (pairs.length === 0) return { share: null, mean: 0 };
  return {
    share: pairs.filter((pair) => pair.p <= level).length / pairs.length,
    mean: pairs.reduce((sum, pair) => sum + pair.mean, 0) / pairs.length,
  };
}
