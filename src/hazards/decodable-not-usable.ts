import { findingsOf } from '../analysis/findings';
import { decimals } from '../formats/fixed';
import { percent } from '../formats/percent';
import { betweenPart, probeChance, probeKindsOf, probeMeasureName, probeWord } from '../protocol/probe-words';
import type { HazardRule } from './hazard-rule';
import { notAbove } from './not-above';
import { lastHidden, trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** A label is decoded where its score is so far above chance. */
const decoded = 0.2;

/** What can be decoded, taken for what a network can use. */
export const decodableNotUsable: HazardRule = {
  name: 'decodable-not-usable',
  describe:
    'In the last hidden layer of a trained network a probe tells a label of the tokens of an evaluation set (.2 above chance; fitted in any of the sets that "between" of probes parts by), of which the network answers no more than one of its floors: what one would score who knew no more than the floor says.',
  link: 'https://arxiv.org/abs/2509.16189',
  evaluate(results) {
    const findings = findingsOf(results);
    const sets = Object.entries(results.asked ?? {});
    return trainedNetworks(results).flatMap((network) => {
      const site = lastHidden(network)?.name;
      return sets.flatMap(([set, { floors }]) => {
        const share = findings.mean(network.name, 'accuracy', { label: set })?.mean ?? null;
        const floor = notAbove(share, floors);
        if (site === undefined || share === null || !floor) return [];
        return probeKindsOf(results.measures).flatMap((kind) => {
          const measure = probeMeasureName(kind, 'between');
          return findings.labels(network.name, measure, site).flatMap((label) => {
            const chance = findings.mean(network.name, probeChance, { site, label })?.mean ?? null;
            const scores = sets.flatMap(([fitted]) => {
              const part = betweenPart(fitted, set);
              const score = findings.mean(network.name, measure, { site, label, part })?.mean ?? null;
              return score === null ? [] : [{ fitted, score }];
            });
            const [best] = scores.sort((a, b) => b.score - a.score);
            if (!best || chance === null || best.score - chance < decoded) return [];
            return [
              {
                rule: decodableNotUsable.name,
                severity: 'warning' as const,
                where: { network: network.name, layer: site, label, probe: kind, set },
                value: best.score,
                threshold: chance + decoded,
                message: `The probe (${probeWord(results.measures, kind)}) tells ${quoted(label)} in ${site} of ${quoted(network.name)} in ${quoted(set)} with ${decimals(best.score)} (fitted in ${quoted(best.fitted)}; chance ${decimals(chance)}), and the network answers ${percent(share, 1)} of that set, no more than one would who knew only ${floor.name}.`,
                advice:
                  'Do not say that the network knows or uses what is decoded there: hold probes against what it answers, and change the state to see whether its answers follow.',
              },
            ];
          });
        });
      });
    });
  },
};
