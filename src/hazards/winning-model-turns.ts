import { VISIBLE } from '../analysis/agreement';
import { turnedWinners } from '../analysis/model-agreement';
import { decimals } from '../formats/fixed';
import { mainLayer } from '../protocol/layers';
import { inferenceNames, metricNames } from '../protocol/measure-names';
import type { ModelAgreement } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Measures by which another model wins. */
const threshold = 1;

/** Which model RDM is best is read off one distance and one comparison, and another standard one says another. */
export const winningModelTurns: HazardRule = {
  name: 'winning-model-turns',
  describe:
    `In the last hidden layer of a trained network one model RDM is best by the distance and the comparison that were chosen, and another by a standard one (squared Euclidean or correlation distance; Pearson’s r, whitened or not, Spearman’s rho, rho-a): each ahead of the other by ${VISIBLE} or more ` +
    'by its own, with 99 % intervals of the difference (Student’s t over replicates) above 0.',
  link: 'https://arxiv.org/abs/2407.07059',
  evaluate(results) {
    return trainedNetworks(results).flatMap(({ name, layers }) => {
      const layer = mainLayer(layers)?.name;
      const tests = (results.modelTests ?? []).find(
        ({ network, layer: own }) => network === name && own === layer,
      );
      const turned = tests ? turnedWinners(tests) : [];
      if (!tests || layer === undefined || turned.length === 0) return [];
      const size = ({ ahead }: (typeof turned)[number]): number => Math.min(...ahead);
      const { first, second, by, ahead } = turned.reduce((most, one) =>
        size(one) > size(most) ? one : most,
      );
      return [
        {
          rule: winningModelTurns.name,
          severity: 'warning' as const,
          where: { network: name, layer },
          value: turned.length,
          threshold,
          message: `In ${layer} of ${quoted(name)} the model ${quoted(first)} is better than ${quoted(second)} by ${said(tests.agreement?.[0])} (${decimals(ahead[0])}), and worse by ${said(by)} (${decimals(ahead[1])}).`,
          advice:
            'Say by which distance and comparison a model wins, and what these are sensitive to: “Agreement of measures” in the panel Model tests shows all of them.',
        },
      ];
    });
  },
};

function said(agreement: ModelAgreement | undefined): string {
  return agreement ? `${inferenceNames[agreement.method]} of the ${metricNames[agreement.metric]}` : '';
}
