import { atLeast } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import { groupOf } from '../protocol/pair-results';
import { layerWords } from '../protocol/measure-names';
import type { PairGroup, PairResults } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { quoted } from './wording';

/** Speaks where the mean over pairs falls by so much without the bias. */
const threshold = 0.1;

/** Linear CKA of few stimuli and many units read as what layers have in common. */
export const ckaBiased: HazardRule = {
  name: 'cka-biased',
  describe:
    'Between the replicates of two networks, or of one, at least one of them trained, linear CKA is higher by .1 or more than its debiased form, on average. All such pairs are one hazard, which names ' +
    'the two where it is most.',
  link: 'https://arxiv.org/abs/2405.01012',
  evaluate({ networks, pairs }) {
    const trained = new Set(networks.flatMap(({ name, trained: is }) => (is ? [name] : [])));
    const found = pairs.flatMap((biased) => {
      const debiased = pairs.find((one) => one.measure === 'linearCkaDebiased' && one.layer === biased.layer);
      if (biased.measure !== 'linearCka' || !debiased) return [];
      return biased.groups
        .filter(({ a, b }) => trained.has(a) || trained.has(b))
        .flatMap((group) => gapOf(biased, debiased, group));
    });
    if (found.length === 0) return [];
    const most = found.reduce((largest, one) => (one.value > largest.value ? one : largest));
    const { layer, group, value, debiased } = most;
    const more = found.length - 1;
    return [
      {
        rule: ckaBiased.name,
        severity: 'warning',
        where: {
          layer,
          measure: 'linearCka',
          network: group.a,
          ...(group.a === group.b ? {} : { comparedWith: group.b }),
        },
        value,
        threshold,
        message:
          `In ${layerWords(layer)}, linear CKA of ${quoted(group.a)} and ${group.a === group.b ? 'itself' : quoted(group.b)} is ${decimals(debiased + value)} over these stimuli, ` +
          `and ${decimals(debiased)} without bias.${more === 0 ? '' : ` It is .1 or more too high of ${more} more ${more === 1 ? 'pair' : 'pairs'} of networks.`}`,
        advice:
          'Compare by debiased linear CKA, or over more test stimuli: what is in excess is of few stimuli and many units.',
      },
    ];
  },
};

function gapOf(
  { layer }: PairResults,
  debiased: PairResults,
  group: PairGroup,
): { layer: string; group: PairGroup; value: number; debiased: number }[] {
  const without = groupOf(debiased, group.a, group.b)?.mean ?? null;
  if (group.mean === null || without === null) return [];
  const value = group.mean - without;
  return atLeast(value, threshold) ? [{ layer, group, value, debiased: without }] : [];
}
