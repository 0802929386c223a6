import { Findings, findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import type { Value } from '../protocol/results';
import { lastEpoch, measuredEpochs } from './course';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { epochText, quoted } from './wording';
import { isMisled } from './wrong-labels';

/** Speaks where the mean accuracy rose by so much … */
const threshold = 0.02;
/** … from a checkpoint that is late in training, of these shares of it … */
const late = { from: 0.5, to: 0.8 };
/** … and where there was something left to learn. */
const learned = 0.995;

/** What training has not finished, read as what it leads to. */
export const taskNotConverged: HazardRule = {
  name: 'task-not-converged',
  describe:
    'The mean accuracy of a trained network for one of its tasks rose by .02 or more from its newest checkpoint between half and four fifths of its epochs to the end, where it is below .995, and it rose in more than half of the replicates.',
  link: 'https://arxiv.org/abs/2310.16228',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const end = lastEpoch(network);
      if (end === null) return [];
      const epoch = measuredEpochs(network).findLast((one) => one <= late.to * end) ?? 0;
      if (epoch < late.from * end) return [];
      const before = new Findings(results, epoch);
      return network.tasks.flatMap((task) => {
        const [early, final] = [before, findings].map((at) =>
          at.mean(network.name, 'accuracy', { label: task }),
        );
        const [then = null, now = null] = [early?.mean, final?.mean];
        if (!early || !final || then === null || now === null || now >= learned) return [];
        const value = now - then;
        if (!atLeast(value, threshold) || !risesInMost(early.values, final.values)) return [];
        if (isMisled(results, network, task)) return [];
        return [
          {
            rule: taskNotConverged.name,
            severity: 'warning' as const,
            where: { network: network.name, task },
            value,
            threshold,
            message:
              `${quoted(network.name)} was still learning ${quoted(task)} when training ended: its accuracy rose from ${percent(then, 1)} to ` +
              `${percent(now, 1)} from epoch ${epochText(epoch)} of ${epochText(end)} on.`,
            advice:
              'Train longer, until the training curves are flat: what an unfinished network represents is of the moment at which it was stopped.',
          },
        ];
      });
    });
  },
};

function risesInMost(early: readonly Value[], final: readonly Value[]): boolean {
  const rising = final.filter((value, at) => value !== null && value > (early[at] ?? value)).length;
  return 2 * rising > final.filter((value) => value !== null).length;
}
