import { doneReplicates } from '../analysis/findings';
import type { NetworkResults } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted, replicates } from './wording';

const threshold = 5;

/** One lucky or unlucky seed read as a property of the network. */
export const tooFewSeeds: HazardRule = {
  name: 'too-few-seeds',
  describe: 'Fewer than 5 replicates of a trained network are done.',
  link: 'https://arxiv.org/abs/2103.03098',
  evaluate(results) {
    return trainedNetworks(results).flatMap((network) => {
      const value = doneReplicates(network).length;
      if (value >= threshold) return [];
      const lost = network.replicates.length - value;
      const without = lost > 0 ? ` (${lost} more failed or ${lost === 1 ? 'was' : 'were'} cancelled)` : '';
      return [
        {
          rule: tooFewSeeds.name,
          severity: value < 2 ? 'serious' : 'warning',
          where: { network: network.name },
          value,
          threshold,
          message:
            value === 0
              ? `No replicate of ${quoted(network.name)} is done${without}: there is nothing to report of it.`
              : `${quoted(network.name)} has ${replicates(value)}${without}, fewer than ${threshold}: what it represents can differ much between ` +
                (network.recorded
                  ? `them${value === 1 ? ', and one has no interval' : ''}.`
                  : `seeds${value === 1 ? ', and one seed has no interval' : ''}.`),
          advice: advice(network),
        },
      ];
    });
  },
};

/** More seeds of a network that diverges diverge: then something else is to be changed. */
function advice({ replicates: all, recorded }: NetworkResults): string {
  const reasons = all.filter(({ status }) => status === 'failed').map(({ reason = '' }) => reason);
  if (reasons.some((reason) => reason.startsWith('Training diverged')))
    return 'Lower the learning rate, or "initialScale", or warm the learning rate up: seeds that are added would diverge alike.';
  if (recorded)
    return 'Read every replicate by itself rather than the mean, and bring more along where there are more.';
  if (reasons.length > 0)
    return 'Mend what made replicates fail (the reason is said with each) before seeds are added.';
  if (all.length >= threshold)
    return 'Analyse the experiment again: finished replicates are kept, and those that were cancelled are made up for.';
  return (
    `Set "seeds" to ${threshold} or more (finished replicates are kept), and until then read every replicate by itself ` +
    'rather than the mean.'
  );
}
