import { findingsOf } from '../analysis/findings';
import { percent } from '../formats/percent';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Answers from the context of who was never trained to use one. */
export const contextWithoutTraining: HazardRule = {
  name: 'context-without-training',
  describe:
    'What an evaluation set asks stands in the context, in its documents or by retrieval, and a trained network has seen no training document in which what is said stands there before.',
  link: 'https://arxiv.org/abs/2509.16189',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) =>
      Object.entries(results.asked ?? {}).flatMap(([set, { inContext = {} }]) => {
        const mean = findings.mean(network.name, 'accuracy', { label: set })?.mean ?? null;
        if (mean === null || inContext[network.name] !== 0) return [];
        return [
          {
            rule: contextWithoutTraining.name,
            severity: 'warning' as const,
            where: { network: network.name, set },
            value: 0,
            threshold: 0,
            message: `${quoted(network.name)} answers ${percent(mean, 1)} of ${quoted(set)}, where what is asked stands in the context, and has seen no training document in which it does.`,
            advice:
              'Do not read this as what a context, or retrieval, can give: to use one is learned from documents in which it helps. Compare with a network that is trained on such documents.',
          },
        ];
      }),
    );
  },
};
