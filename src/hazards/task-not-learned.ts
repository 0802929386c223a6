import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import { aboveChance } from './computed';
import { drawnOtherwise } from './drawn-otherwise';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';
import { isMisled } from './wrong-labels';

/** Speaks where less than this share of the way from chance to perfect was made. */
const threshold = 0.2;

/** What is represented of a task that the network does not compute, read as if it did. */
export const taskNotLearned: HazardRule = {
  name: 'task-not-learned',
  describe:
    'The mean accuracy of a trained network for one of its tasks is less than a fifth of the way from chance (the share of the most frequent ' +
    'class) to perfect. Tasks that the test set draws otherwise than the training set are exempt: those whose correlation with another label ' +
    'differs by more than .3, and by four standard errors of Fisher’s z. So are those whose training labels do not say what is right (label noise).',
  link: 'https://arxiv.org/abs/1610.01644',
  evaluate(results) {
    return trainedNetworks(results).flatMap((network) =>
      network.tasks.flatMap((task) => {
        const value = aboveChance(results, network, task);
        if (value === null || atLeast(value, threshold) || drawnOtherwise(results, task)) return [];
        if (isMisled(results, network, task)) return [];
        const accuracy = findingsOf(results).mean(network.name, 'accuracy', { label: task })?.mean ?? null;
        return [
          {
            rule: taskNotLearned.name,
            severity: 'warning' as const,
            where: { network: network.name, task },
            value,
            threshold,
            message:
              `${quoted(network.name)} has not learned ${quoted(task)}: its accuracy is ${percent(accuracy, 1)} where chance is ` +
              `${percent(results.tasks[task].chance, 1)}.`,
            advice:
              'Do not read what it represents as how it computes the task. Train longer, change the learning rate or widen the network, and look ' +
              'at the training curves first.',
          },
        ];
      }),
    );
  },
};
