import { doneReplicates, findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { keptReplicate } from '../core/replicate';
import { placeOf } from '../core/values';
import { own } from '../protocol/own';
import type { Hazard, NetworkResults } from '../protocol/results';
import { mastered } from './computed';
import { equallyComputedUnequallyRepresented } from './equally-computed-unequally-represented';
import type { HazardInput, HazardRule } from './hazard-rule';
import { epochText, quoted } from './wording';

/** Speaks where the task that takes more variance is learned first in this share of the replicates. */
const threshold = 1;

/** A difference of variance put down to one cause where two go together. */
export const orderConfoundedWithComplexity: HazardRule = {
  name: 'order-confounded-with-complexity',
  describe:
    'Of two tasks that a network computes equally well the one that explains at least twice the variance was also learned first (80 % of the way from chance to perfect at an earlier checkpoint) in every ' +
    'replicate, and no other network of the file learned them the other way round: what is due to the order of learning and what to the task cannot be told apart.',
  link: 'https://arxiv.org/abs/2405.05847',
  evaluate(results) {
    return equallyComputedUnequallyRepresented.evaluate(results).flatMap(({ where }): Hazard[] => {
      const { network: name, task: less, comparedWith: more, layer } = where;
      const network = results.networks.find((one) => one.name === name);
      if (!network) return [];
      const value = shareFirst(results, network, more, less);
      if (value === null || value < threshold) return [];
      if (results.networks.some((other) => shareFirst(results, other, less, more) === 1)) return [];
      const [first, then] = [more, less].map((task) => epochText(meanEpoch(results, network, task) ?? 0));
      return [
        {
          rule: orderConfoundedWithComplexity.name,
          severity: 'info',
          where: { network: name, layer, task: less, comparedWith: more },
          value,
          threshold,
          message:
            `In every replicate of ${quoted(name)}, ${quoted(more)}, which explains more of the variance, is also learned before ${quoted(less)} (at epoch ${first} and ${then} on average): ` +
            'that it is simpler and that it came first cannot be told apart.',
          advice: `Train ${quoted(less)} first in a network beside it (“phases”), and see whether ${quoted(more)} still takes more variance.`,
        },
      ];
    });
  },
};

/** In which share of the replicates one task was learned before another; null where that is not known. */
function shareFirst(
  results: HazardInput,
  network: NetworkResults,
  task: string,
  other: string,
): number | null {
  const [first, then] = [task, other].map((one) => learnedAt(results, network, one));
  const known = first.flatMap((epoch, at) => {
    const later = then[at];
    return epoch === null || later === null ? [] : [epoch < later];
  });
  return known.length === 0 ? null : known.filter(Boolean).length / known.length;
}

function meanEpoch(results: HazardInput, network: NetworkResults, task: string): number | null {
  const known = learnedAt(results, network, task).filter((epoch) => epoch !== null);
  return known.length === 0 ? null : known.reduce((sum, epoch) => sum + epoch, 0) / known.length;
}

/** Of each replicate the epoch of the first checkpoint at which the task was mastered; null where it was at none. */
function learnedAt(results: HazardInput, network: NetworkResults, task: string): (number | null)[] {
  const { values } = findingsOf(results);
  const chance = own(results.tasks, task)?.chance ?? 1;
  return doneReplicates(network).map((replicate) => {
    const place = placeOf(keptReplicate(network.name, replicate));
    const found = replicate.checkpoints.find(({ step }) => {
      const accuracy =
        values.at({ measure: 'accuracy', ...place, checkpoint: String(step), label: task })?.value ?? 0;
      return chance < 1 && atLeast(accuracy - chance, mastered * (1 - chance));
    });
    return found?.epoch ?? null;
  });
}
