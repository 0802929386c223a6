import { percent } from '../formats/percent';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Share of pairs of distances. */
const threshold = 0.1;

const profiting = ['spearman', 'kendall-tau-b'];

/** A coarse model that wins because it does not commit itself. */
export const tiedModelsByRanks: HazardRule = {
  name: 'tied-models-by-ranks',
  describe:
    'Model RDMs are compared by Spearman’s rho or Kendall’s tau-b, and one of them has more ties than another, by 10 % of its pairs of distances: both methods favour models that predict ties.',
  link: 'https://doi.org/10.1371/journal.pcbi.1003553',
  evaluate(results) {
    return trainedNetworks(results).flatMap(({ name }) => {
      const own = (results.modelTests ?? []).find(
        ({ network, method, models }) => network === name && profiting.includes(method) && models.length > 1,
      );
      if (!own) return [];
      const sorted = [...own.models].sort((a, b) => b.tied - a.tied);
      const [most, least] = [sorted[0], sorted[sorted.length - 1]];
      const value = most.tied - least.tied;
      if (value < threshold) return [];
      return [
        {
          rule: tiedModelsByRanks.name,
          severity: 'warning' as const,
          where: { network: name },
          value,
          threshold,
          message: `By ${own.method === 'spearman' ? 'Spearman’s rho' : 'Kendall’s tau-b'} the model ${quoted(most.name)}, ${percent(most.tied)} of whose pairs of distances are tied, has an advantage over ${quoted(least.name)} (${percent(least.tied)}).`,
          advice:
            'Set "method" of \'inference\' to "rho-a" or "kendall-tau-a", to which a tie is no agreement.',
        },
      ];
    });
  },
};
