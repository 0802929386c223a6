import { Findings, findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import { measuredEpochs } from './course';
import { drawnOtherwise } from './drawn-otherwise';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { atEpoch, quoted } from './wording';
import { isMisled, wrongLabels } from './wrong-labels';

/** Speaks where the loss on fresh stimuli has become so many times its least … */
const threshold = 1.25;
/** … and is not small. */
const noticeable = 0.1;

/** What training stimuli alone taught, read as what the tasks ask for. */
export const memorised: HazardRule = {
  name: 'memorised',
  describe:
    'The mean loss of a trained network on the test set is .1 or more at the end, and 1.25 times or more its least at an earlier checkpoint: training went on to learn its stimuli by heart. Designs of which every set shows the whole are ' +
    'exempt, and networks with a task that the test set draws otherwise than the training set, or whose training labels do not say what is right.',
  link: 'https://arxiv.org/abs/1611.03530',
  evaluate(results) {
    if (results.stimuli.coincide) return [];
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const final = findings.mean(network.name, 'loss')?.mean ?? null;
      if (final === null || !atLeast(final, noticeable)) return [];
      if (network.tasks.some((task) => drawnOtherwise(results, task) || isMisled(results, network, task)))
        return [];
      const areWrong = network.tasks.some((task) => wrongLabels(network, task) > 0);
      const least = measuredEpochs(network)
        .map((epoch) => ({
          epoch,
          mean: new Findings(results, epoch).mean(network.name, 'loss')?.mean ?? final,
        }))
        .reduce((best, one) => (one.mean < best.mean ? one : best), { epoch: 0, mean: final });
      // A loss that is 0 in all digits is no yardstick.
      const value = final / Math.max(least.mean, noticeable / 10);
      if (!atLeast(value, threshold)) return [];
      return [
        {
          rule: memorised.name,
          severity: 'warning' as const,
          where: { network: network.name },
          value,
          threshold,
          message:
            `The loss of ${quoted(network.name)} on fresh stimuli was ${decimals(least.mean)} ${atEpoch(least.epoch)}, and is ${decimals(final)} at the end: ` +
            `what it has learned since then is of its training stimuli alone${areWrong ? ', the wrong labels among them' : ''}.`,
          advice:
            'Show more training stimuli, train for fewer epochs, or add dropout or weight decay; until then look at the checkpoint of the least loss.',
        },
      ];
    });
  },
};
