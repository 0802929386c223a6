import { grouped } from '../formats/fixed';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Test stimuli per unit: with fewer every pattern over stimuli can be made of the units. */
const threshold = 1;

/** Scores of many units over few stimuli. */
export const fewerStimuliThanUnits: HazardRule = {
  name: 'fewer-stimuli-than-units',
  describe:
    'A layer of a trained network, or a site of a recording, has more units than there are test stimuli; of several the largest is named.',
  link: 'https://arxiv.org/abs/1905.00414',
  evaluate(results) {
    const { count } = results.stimuli.test;
    return trainedNetworks(results).flatMap((network) => {
      const wide = network.layers.filter(({ units }) => units > count);
      if (wide.length === 0) return [];
      const { name, units } = wide.reduce((largest, one) => (one.units > largest.units ? one : largest));
      const more = wide.length - 1;
      return [
        {
          rule: fewerStimuliThanUnits.name,
          severity: 'warning' as const,
          where: { network: network.name, layer: name },
          value: count / units,
          threshold,
          message:
            `${quoted(network.name)} has ${grouped(units)} units in ${name}, and ${grouped(count)} test stimuli${more === 0 ? '' : ` (${more} more of its layers ${more === 1 ? 'has' : 'have'} too many units as well)`}: ` +
            'any label can be read off so many units without error, and any two such layers agree by linear predictivity and CCA.',
          advice:
            'Believe scores on stimuli that nothing was fitted on, and similarities beside their null; debiased CKA, RSA and Procrustes need no more stimuli than units. More test stimuli help most.',
        },
      ];
    });
  },
};
