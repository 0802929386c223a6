import { Findings, findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import { measuredEpochs } from './course';
import { drawnOtherwise } from './drawn-otherwise';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { atEpoch, quoted } from './wording';
import { isMisled, wrongLabels } from './wrong-labels';

/** Speaks where the mean accuracy ends so far below its best. */
const threshold = 0.05;

/** A network at its end read as the best that it was. */
export const taskDeclined: HazardRule = {
  name: 'task-declined',
  describe:
    'The mean accuracy of a trained network for one of its tasks is lower by .05 or more at the end than at an earlier checkpoint: forgotten in a later phase, overfitted, or unstable. Tasks that the test set draws otherwise than the training set are exempt.',
  link: 'https://arxiv.org/abs/1612.00796',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const then = measuredEpochs(network).map((epoch) => ({ epoch, at: new Findings(results, epoch) }));
      return network.tasks.flatMap((task) => {
        const final = findings.mean(network.name, 'accuracy', { label: task })?.mean ?? null;
        const best = then
          .map(({ epoch, at }) => ({
            epoch,
            mean: at.mean(network.name, 'accuracy', { label: task })?.mean ?? 0,
          }))
          .reduce((most, one) => (one.mean > most.mean ? one : most), { epoch: 0, mean: 0 });
        if (final === null || !atLeast(best.mean - final, threshold) || drawnOtherwise(results, task))
          return [];
        if (isMisled(results, network, task)) return [];
        const wrong = wrongLabels(network, task);
        return [
          {
            rule: taskDeclined.name,
            severity: 'warning' as const,
            where: { network: network.name, task },
            value: best.mean - final,
            threshold,
            message: `${quoted(network.name)} computed ${quoted(task)} better before: its accuracy was ${percent(best.mean, 1)} ${atEpoch(best.epoch)}, and is ${percent(final, 1)} at the end.`,
            advice:
              (wrong > 0
                ? `${percent(wrong)} of its training labels are wrong: it may have learned these by heart. `
                : '') +
              'Look at the checkpoint at which it was best (choose it under the training curves). Where a later phase trains other tasks it forgot this one; otherwise lower the learning rate or stop earlier.',
          },
        ];
      });
    });
  },
};
