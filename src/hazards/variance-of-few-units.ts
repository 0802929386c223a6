import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import type { Hazard } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where a share of the units has so many times that share of the variance … */
const threshold = 5;
/** … and at least this much of it. */
const noticeable = 0.5;

/** Components of a few units read as those of the layer. */
export const varianceOfFewUnits: HazardRule = {
  name: 'variance-of-few-units',
  describe:
    'The smallest share of the most active units that was left out (“subsets”; .05 by default) has half or more of the variance of a layer of a trained network, or of a site of a recording, and five times its share of the units or more, ' +
    'on average. Of several layers of a network the one with the largest share is named.',
  link: 'https://arxiv.org/abs/2605.05907',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const found = network.layers.flatMap(({ name: site, units }) => {
        const [share] = findings.parts(network.name, 'varianceOfActive', site);
        const variance = findings.mean(network.name, 'varianceOfActive', { site, part: share })?.mean ?? null;
        if (share === undefined || variance === null) return [];
        const count = Math.max(1, Math.round(Number(share) * units));
        const value = variance / (count / units);
        return atLeast(variance, noticeable) && atLeast(value, threshold)
          ? [{ site, count, units, variance, value }]
          : [];
      });
      if (found.length === 0) return [];
      const { site, count, units, variance, value } = found.reduce((largest, one) =>
        one.variance > largest.variance ? one : largest,
      );
      return [
        {
          rule: varianceOfFewUnits.name,
          severity: 'warning',
          where: { network: network.name, layer: site },
          value,
          threshold,
          message: `Of the variance of ${site} of ${quoted(network.name)}, ${percent(variance)} is of ${count === 1 ? 'its most active unit' : `its ${count} most active units`} of ${units}: principal components and Euclidean distances show these.`,
          advice:
            'Look at the layer without them, or at units of equal variance; correlation distance and the mean of R² over units give each unit more of a say.',
        } satisfies Hazard,
      ];
    });
  },
};
