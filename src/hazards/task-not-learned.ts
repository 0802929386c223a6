import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import type { SetResults } from '../protocol/results';
import { fisherZ } from '../numerics/fisher-z';
import { aboveChance } from './computed';
import type { HazardInput, HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where less than this share of the way from chance to perfect was made. */
const threshold = 0.2;
/** A task whose correlation with another label differs by this much between training and test is drawn otherwise there on purpose … */
const otherwise = 0.3;
/** … where that is also this many standard errors: with 64 labels it happens by chance to 4 tasks of 1,000. */
const errors = 4;

/** What is represented of a task that the network does not compute, read as if it did. */
export const taskNotLearned: HazardRule = {
  name: 'task-not-learned',
  describe:
    'The mean accuracy of a trained network for one of its tasks is less than a fifth of the way from chance (the share of the most frequent ' +
    'class) to perfect. Tasks that the test set draws otherwise than the training set are exempt: those whose correlation with another label ' +
    'differs by more than .3, and by four standard errors of Fisher’s z.',
  evaluate(results) {
    return trainedNetworks(results).flatMap((network) =>
      network.tasks.flatMap((task) => {
        const value = aboveChance(results, network, task);
        if (value === null || atLeast(value, threshold) || drawnOtherwise(results, task)) return [];
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

function drawnOtherwise({ stimuli: { train, test } }: HazardInput, task: string): boolean {
  const [before, after] = [correlations(train, task), correlations(test, task)];
  // A variance of 1 / (n − 3); of so few stimuli nothing is known.
  const error = Math.sqrt(1 / Math.max(0, train.count - 3) + 1 / Math.max(0, test.count - 3));
  return [...before].some(([label, r]) => {
    const then = after.get(label) ?? r;
    return (
      label !== task &&
      Math.abs(r - then) > otherwise &&
      Math.abs(fisherZ(r) - fisherZ(then)) > errors * error
    );
  });
}

/** Of a task with every other label, those that are undefined left out. */
function correlations(
  { labelCorrelations: { labels, matrix } }: SetResults,
  task: string,
): Map<string, number> {
  const row = matrix[labels.indexOf(task)] ?? [];
  return new Map(row.flatMap((r, at) => (r === null ? [] : [[labels[at], r] as const])));
}
