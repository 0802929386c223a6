import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import { type ProbeKind, probeKindsOf, probeMeasureName } from '../protocol/probe-words';
import type { Hazard, Interval } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { lastHidden, trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** A small network must be this far above every linear probe. */
const threshold = 0.1;

const linear: readonly ProbeKind[] = ['logistic', 'ridge', 'nearest-mean'];

/** What a strong probe computes, read as what the network does. */
export const probeComputesTheLabel: HazardRule = {
  name: 'probe-computes-the-label',
  describe:
    'In the last hidden layer of a trained network the small network decodes a label that is none of the network’s tasks, with a score that is at least .1 above that of every linear probe, on average over replicates, and above it in every replicate.',
  link: 'https://arxiv.org/abs/1909.03368',
  evaluate(results) {
    const kinds = probeKindsOf(results.measures);
    if (!kinds.includes('mlp')) return [];
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const site = lastHidden(network)?.name;
      if (site === undefined) return [];
      return [false, true].flatMap((isReal) =>
        findings
          .labels(network.name, probeMeasureName('mlp', 'score', isReal), site)
          .filter((label) => !network.tasks.includes(label))
          .flatMap((label): Hazard[] => {
            const scoreOf = (kind: ProbeKind): Interval | undefined =>
              findings.mean(network.name, probeMeasureName(kind, 'score', isReal), { site, label });
            const mlp = scoreOf('mlp');
            const others = linear
              .filter((kind) => kinds.includes(kind))
              .flatMap((kind) => scoreOf(kind) ?? []);
            const best = others.reduce<Interval | undefined>(
              (most, one) => ((one.mean ?? -Infinity) > (most?.mean ?? -Infinity) ? one : most),
              undefined,
            );
            if (!mlp || mlp.mean === null || !best || best.mean === null) return [];
            const value = mlp.mean - best.mean;
            if (!atLeast(value, threshold) || !isAbove(mlp, best)) return [];
            return [
              {
                rule: probeComputesTheLabel.name,
                severity: 'warning',
                where: { network: network.name, layer: site, label, probe: 'mlp' },
                value,
                threshold,
                message: `A small network decodes ${quoted(label)} from ${site} of ${quoted(network.name)}, which was not trained on it, with a score of ${decimals(mlp.mean)}, where no linear probe is above ${decimals(best.mean)}: the probe computes it.`,
                advice:
                  'Do not say that the network represents it: from enough units any function of the inputs can be decoded so. Compare the same probe with initial weights and on a control task.',
              },
            ];
          }),
      );
    });
  },
};

/** In every replicate that has both. */
function isAbove({ values }: Interval, { values: others }: Interval): boolean {
  return values.every((value, at) => {
    const other = others[at];
    return value === null || other === null || value > other;
  });
}
