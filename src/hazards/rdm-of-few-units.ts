import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import { percent } from '../formats/percent';
import type { Hazard } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where the RDM is so much less like itself without its most active units than without as many at random. */
const threshold = 0.2;

/** An RDM of a few units read as that of the layer. */
export const rdmOfFewUnits: HazardRule = {
  name: 'rdm-of-few-units',
  describe:
    'Without the smallest share of its most active units that was left out (“subsets”; .05 by default) the RDM of a layer of a trained network, or of a site of a recording, is less similar to that of all units than without as many ' +
    'units at random: by .2 or more on average, and in every replicate. Of several layers of a network the one with the largest difference is named.',
  link: 'https://arxiv.org/abs/2605.05907',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const found = network.layers.flatMap(({ name: site }) => {
        const [share] = findings.parts(network.name, 'rdmWithoutActive', site);
        const [active, random] = ['rdmWithoutActive', 'rdmWithoutRandom'].map((measure) =>
          findings.mean(network.name, measure, { site, part: share }),
        );
        const [without, otherwise] = [active?.mean ?? null, random?.mean ?? null];
        if (share === undefined || !active || !random || without === null || otherwise === null) return [];
        const inAll = active.values.every((one, at) => one === null || one < (random.values[at] ?? one));
        const value = otherwise - without;
        return inAll && atLeast(value, threshold) ? [{ site, share, without, otherwise, value }] : [];
      });
      if (found.length === 0) return [];
      const most = found.reduce((largest, one) => (one.value > largest.value ? one : largest));
      const { site, share, without, otherwise, value } = most;
      return [
        {
          rule: rdmOfFewUnits.name,
          severity: 'warning',
          where: { network: network.name, layer: site },
          value,
          threshold,
          message:
            `The RDM of ${site} of ${quoted(network.name)} is that of few units: without the most active ${percent(Number(share))} of them it is similar to itself by ${decimals(without)}, ` +
            `without as many at random by ${decimals(otherwise)}.`,
          advice:
            'Do not read it, or an RSA with it, as of the layer. Look at what these units do, at the curve over more of them, and at the RDM by correlation distance or of units of equal variance.',
        } satisfies Hazard,
      ];
    });
  },
};
