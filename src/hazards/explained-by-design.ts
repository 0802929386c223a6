import { labelNames } from '../formats/label-names';
import type { Hazard } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { quoted } from './wording';

/** A label that tells every stimulus apart explains all there is, whatever the network does. */
export const explainedByDesign: HazardRule = {
  name: 'explained-by-design',
  describe:
    'A label with a value for every different stimulus, in a design of which every set shows the whole: one mean per stimulus explains all variance.',
  link: 'https://en.wikipedia.org/wiki/Overfitting',
  evaluate({ labels }) {
    return [...labelNames(labels)].flatMap(([name, names]): Hazard[] => {
      const label = labels.findLast((one) => one.name === name);
      if (!label?.wholeDesign) return [];
      return [
        {
          rule: explainedByDesign.name,
          severity: 'info',
          where: { [label.source]: name },
          value: 1,
          threshold: 1,
          message: `${quoted(names)} has a value of its own for every stimulus: it explains 100 % of the variance of every layer by construction.`,
          advice: 'Do not read its share as a finding. Look at labels that several stimuli share.',
        },
      ];
    });
  },
};
