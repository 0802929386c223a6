import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import { aboveChance } from './computed';
import type { HazardInput, HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where a task that looks as accurate is behind by this share of the way from chance to perfect. */
const threshold = 0.2;
/** Accuracies that differ by no more look the same. */
const sameAccuracy = 0.03;

interface Score {
  readonly task: string;
  readonly accuracy: number;
  readonly above: number;
}

/** Accuracies of tasks with unequal base rates, read as if they compared. */
export const unequalBaseRates: HazardRule = {
  name: 'unequal-base-rates',
  describe:
    'Of two tasks of a trained network one is as accurate as the other (within .03) or more so, yet behind by a fifth or more of the way from ' +
    'chance to perfect, since its most frequent class is more frequent.',
  link: 'https://en.wikipedia.org/wiki/Base_rate_fallacy',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const scores = network.tasks.flatMap((task): Score[] => {
        const above = aboveChance(results, network, task);
        const accuracy = findings.mean(network.name, 'accuracy', { label: task })?.mean ?? null;
        return above === null || accuracy === null ? [] : [{ task, accuracy, above }];
      });
      return scores.flatMap((flattered) =>
        scores
          .filter((other) => atLeast(flattered.accuracy, other.accuracy - sameAccuracy))
          .filter((other) => atLeast(other.above - flattered.above, threshold))
          .map((other) => hazard(results, network.name, flattered, other)),
      );
    });
  },
};

function hazard({ tasks }: HazardInput, network: string, flattered: Score, other: Score) {
  const [name, otherName] = [flattered.task, other.task].map(quoted);
  // Below chance it has not set out.
  const way = ({ above }: Score): string => percent(Math.max(0, above));
  return {
    rule: unequalBaseRates.name,
    severity: 'warning' as const,
    where: { network, task: flattered.task, comparedWith: other.task },
    value: other.above - flattered.above,
    threshold,
    message:
      `${quoted(network)} looks as accurate for ${name} (${percent(flattered.accuracy)}) as for ${otherName} (${percent(other.accuracy)}), but chance is ` +
      `${percent(tasks[flattered.task].chance)} and ${percent(tasks[other.task].chance)}: it has come ${way(flattered)} of the way to perfect ` +
      `for ${name}, ${way(other)} for ${otherName}.`,
    advice:
      'Compare accuracy above chance, (accuracy − chance) / (1 − chance), or make the classes equally frequent with "balance".',
  };
}
