import { findingsOf } from '../analysis/findings';
import { percent } from '../formats/percent';
import type { HazardRule } from './hazard-rule';
import { notAbove } from './not-above';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Answers that take no more than is known without what they ask for, read as if they took it; and what is decoded there, as if it were used. */
export const belowAFloor: HazardRule = {
  name: 'below-a-floor',
  describe:
    'The mean share of documents of an evaluation set that a trained network answers rightly is no higher than one of the floors of that set: what one would score who knew no more than the floor says. It speaks of the highest such floor; one of all documents, which nothing can be above, says nothing.',
  link: 'https://arxiv.org/abs/2509.16189',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) =>
      Object.entries(results.asked ?? {}).flatMap(([set, { floors }]) => {
        const mean = findings.mean(network.name, 'accuracy', { label: set })?.mean ?? null;
        const floor = notAbove(mean, floors);
        if (mean === null || !floor) return [];
        return [
          {
            rule: belowAFloor.name,
            severity: 'info' as const,
            where: { network: network.name, set },
            value: mean,
            threshold: floor.score,
            message: `${quoted(network.name)} answers ${percent(mean, 1)} of ${quoted(set)} rightly, no more than one would who knew only ${floor.name} (${percent(floor.score, 1)}).`,
            advice:
              'Do not read what can be decoded from its states there as what it knows or uses: decodable is not usable. Look at the course of training, and at the sets that it does answer.',
          },
        ];
      }),
    );
  },
};
