import { fixed } from '../formats/fixed';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted, replicates } from './wording';

const threshold = 5;

/** A model read as complete, or not, by a ceiling that is hardly known. */
export const ceilingOfFewReplicates: HazardRule = {
  name: 'ceiling-of-few-replicates',
  describe:
    'Model RDMs are held against a noise ceiling of fewer than 5 replicates: its lower end comes from means over fewer than 4 others, and is low for that alone.',
  link: 'https://doi.org/10.1371/journal.pcbi.1003553',
  evaluate(results) {
    return trainedNetworks(results).flatMap(({ name }) => {
      const own = (results.modelTests ?? []).filter(({ network }) => network === name);
      const widths = own.flatMap(({ ceiling: { lower, upper }, seeds }) =>
        lower === null || upper === null ? [] : [{ lower, upper, value: seeds.length }],
      );
      const widest = widths.reduce<(typeof widths)[number] | undefined>(
        (most, one) => (most && most.upper - most.lower >= one.upper - one.lower ? most : one),
        undefined,
      );
      if (!widest || widest.value >= threshold) return [];
      const { lower, upper, value } = widest;
      return [
        {
          rule: ceilingOfFewReplicates.name,
          severity: 'warning' as const,
          where: { network: name },
          value,
          threshold,
          message: `The ceiling of model RDMs of ${quoted(name)} is of ${replicates(value)}, fewer than ${threshold}: it lies anywhere between ${fixed(lower, 2)} and ${fixed(upper, 2)}, and a model that reaches its lower end need not be complete.`,
          advice:
            'Read scores against each other rather than against the ceiling, until there are more replicates.',
        },
      ];
    });
  },
};
