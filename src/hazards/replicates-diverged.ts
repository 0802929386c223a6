import { doneReplicates } from '../analysis/findings';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted, replicates } from './wording';

/** One is enough: those that are left are a selection. */
const threshold = 1;

/** Means over the replicates that did not diverge, read as of all. */
export const replicatesDiverged: HazardRule = {
  name: 'replicates-diverged',
  describe:
    'The training of one or more replicates of a network diverged, and others are done: all means are over the latter.',
  link: 'https://arxiv.org/abs/2103.03098',
  evaluate(results) {
    return trainedNetworks(results).flatMap((network) => {
      const done = doneReplicates(network).length;
      const value = network.replicates.filter(
        ({ status, reason = '' }) => status === 'failed' && reason.startsWith('Training diverged'),
      ).length;
      if (value < threshold || done === 0) return [];
      return [
        {
          rule: replicatesDiverged.name,
          severity: 'warning' as const,
          where: { network: network.name },
          value,
          threshold,
          message: `The training of ${value} of ${replicates(network.replicates.length)} of ${quoted(network.name)} diverged: means are over the ${done} that ${done === 1 ? 'is' : 'are'} done, a selection of the stable ones.`,
          advice:
            'Lower the learning rate, or "initialScale", or warm the learning rate up, until every seed trains; or say of how many seeds each mean is.',
        },
      ];
    });
  },
};
