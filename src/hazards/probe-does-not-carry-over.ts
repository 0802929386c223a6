import { findingsOf } from '../analysis/findings';
import { decimals } from '../formats/fixed';
import {
  betweenOf,
  betweenPart,
  type ProbeKind,
  probeKindsOf,
  probeMeasureName,
  probeWord,
} from '../protocol/probe-words';
import type { Hazard, NetworkResults } from '../protocol/results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { lastHidden, trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where a score falls by so much … */
const threshold = 0.2;

/** What a probe says of one position or part of the stimuli, said of another. */
export const probeDoesNotCarryOver: HazardRule = {
  name: 'probe-does-not-carry-over',
  describe:
    'In the last hidden layer of a trained network a probe that is fitted in one part of the stimuli (positions, kinds of documents: "between" of probes) tells a label in another part worse, by .2 in the mean over replicates, than a probe that is fitted there. It names the largest fall of each label.',
  link: 'https://arxiv.org/abs/2601.20834',
  evaluate: (results) =>
    trainedNetworks(results).flatMap((network) =>
      probeKindsOf(results.measures).flatMap((kind) =>
        [false, true].flatMap((isReal) => hazardsOf(results, network, kind, isReal)),
      ),
    ),
};

function hazardsOf(
  results: HazardInput,
  network: NetworkResults,
  kind: ProbeKind,
  isReal: boolean,
): Hazard[] {
  const site = lastHidden(network)?.name;
  if (site === undefined) return [];
  const findings = findingsOf(results);
  const measure = probeMeasureName(kind, 'between', isReal);
  const all = new Set(findings.parts(network.name, measure, site).map((part) => betweenOf(part).fitted));
  return findings.labels(network.name, measure, site).flatMap((label) => {
    const mean = (fitted: string, scored: string): number | null =>
      findings.mean(network.name, measure, { site, label, part: betweenPart(fitted, scored) })?.mean ?? null;
    const falls = [...all].flatMap((fitted) =>
      [...all].flatMap((scored) => {
        const [own, other] = [mean(scored, scored), mean(fitted, scored)];
        return own === null || other === null ? [] : [{ fitted, scored, own, other, fall: own - other }];
      }),
    );
    const [most] = falls.sort((a, b) => b.fall - a.fall);
    // Falls are differences of means that have rounding errors.
    if (!most || most.fall < threshold - 1e-12) return [];
    const { fitted, scored, own, other, fall } = most;
    return [
      {
        rule: probeDoesNotCarryOver.name,
        severity: 'warning' as const,
        where: { network: network.name, layer: site, label, probe: kind },
        value: fall,
        threshold,
        message: `In ${site} of ${quoted(network.name)}, the probe (${probeWord(results.measures, kind)}) tells ${quoted(label)} in ${quoted(scored)} with ${decimals(own)} where it is fitted there, and with ${decimals(other)} where it is fitted in ${quoted(fitted)}.`,
        advice:
          'Say of which part a probe speaks: the label lies elsewhere in the other, or its scale or offset does. Look at the whole table of parts, and fit probes where you use them.',
      },
    ];
  });
}
