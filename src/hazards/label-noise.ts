import { percent } from '../formats/percent';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';
import { isMisled, mostWrong, wrongLabels } from './wrong-labels';

/** Share of the training labels: of fewer there is hardly a difference to be seen. */
const threshold = 0.02;

/** What wrong labels make of a task, read as what the task is. */
export const labelNoise: HazardRule = {
  name: 'label-noise',
  describe:
    'Two in a hundred training labels of a task of a trained network, or more, are wrong by what the file says: accuracy on the training set ends at the share of right ones, unless wrong ones are learned by heart. A warning where the labels do not say what is right: of k classes (k − 1) / k of them, or more, are wrong. ' +
    'What other rules say of a task that is not learned, not converged or declined does not concern such a task.',
  link: 'https://arxiv.org/abs/1611.03530',
  evaluate(results) {
    return trainedNetworks(results).flatMap((network) =>
      network.tasks.flatMap((task) => {
        const value = wrongLabels(network, task);
        if (value < threshold) return [];
        const misled = isMisled(results, network, task);
        return [
          {
            rule: labelNoise.name,
            severity: misled ? ('warning' as const) : ('info' as const),
            where: { network: network.name, task },
            value,
            threshold: misled ? mostWrong(results, task) : threshold,
            message:
              `${percent(value)} of the training labels of ${quoted(task)} are wrong for ${quoted(network.name)}: ` +
              (misled
                ? 'they do not say what is right, and what it answers on fresh stimuli, whose labels are right, is no measure of what it learned.'
                : `of these no more than ${percent(1 - value)} can be answered right without learning wrong ones by heart, and answers are less sure than those to a task with right labels. On fresh stimuli, whose labels are right, all can be.`),
            advice: misled
              ? "Lower 'labelNoise', or take the task as one that has nothing to learn."
              : 'Compare how tasks are represented among those with as many wrong labels: less variance may be of the noise. Look at the checkpoint at which accuracy on fresh stimuli is best.',
          },
        ];
      }),
    );
  },
};
