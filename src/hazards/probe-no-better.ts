import { findingsOf } from '../analysis/findings';
import { atMost } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import {
  probeChance,
  type ProbeKind,
  probeKindsOf,
  probeMeasureName,
  probeWord,
} from '../protocol/probe-words';
import type { Hazard, Interval, NetworkResults } from '../protocol/results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { lastHidden, trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where the mean difference of the scores is at most this … */
const threshold = 0.02;
/** … and the probe decodes the label at all: its score is so far above chance. */
const decoded = 0.1;

/** What a score is held against, and what it means that it is no better. */
const against = [
  ['untrained', 'with the initial weights', 'nothing of it was learned'],
  ['inputs', 'on the inputs', 'it says nothing of what the network does'],
  [
    'control',
    'on a random label for each combination of what the labels are made of',
    'the probe memorises rather than reads',
  ],
] as const;

/** Decodability read as something that the network learned. */
export const probeNoBetter: HazardRule = {
  name: 'probe-no-better',
  describe:
    'In the last hidden layer of a trained network a probe decodes a label (.1 above chance), and the same probe does as well (within .02, the mean of the differences of replicates) with the initial weights, on the inputs, ' +
    'or on a control task. A note where the network was trained on the label, and computes it in any case.',
  link: 'https://arxiv.org/abs/1909.03368',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      const { name: site } = layer;
      return probeKindsOf(results.measures).flatMap((kind) =>
        [false, true].flatMap((isReal) =>
          findings
            .labels(network.name, probeMeasureName(kind, 'score', isReal), site)
            .flatMap((label) => hazardOf(results, network, { kind, isReal, site, label })),
        ),
      );
    });
  },
};

interface Place {
  readonly kind: ProbeKind;
  readonly isReal: boolean;
  readonly site: string;
  readonly label: string;
}

function hazardOf(results: HazardInput, network: NetworkResults, place: Place): Hazard[] {
  const { kind, isReal, site, label } = place;
  const findings = findingsOf(results);
  const own = findings.mean(network.name, probeMeasureName(kind, 'score', isReal), { site, label });
  const chance = findings.mean(network.name, probeChance, { site, label })?.mean ?? null;
  const mean = own?.mean ?? null;
  if (!own || mean === null || chance === null || mean - chance < decoded) return [];
  const same = against.flatMap(([part, where, so]) => {
    const other = findings.mean(network.name, probeMeasureName(kind, part, isReal), { site, label });
    const difference = other ? meanDifference(own, other) : null;
    return difference !== null && atMost(difference, threshold)
      ? [{ where, so, difference, other: other?.mean ?? 0 }]
      : [];
  });
  if (same.length === 0) return [];
  const score = isReal ? 'R²' : 'balanced accuracy';
  const others = same.map(({ where, other }) => `${decimals(other)} ${where}`).join(', ');
  return [
    {
      rule: probeNoBetter.name,
      severity: network.tasks.includes(label) ? 'info' : 'warning',
      where: { network: network.name, layer: site, label, probe: kind },
      value: same.reduce((least, { difference }) => Math.min(least, difference), Infinity),
      threshold,
      message:
        `The probe (${probeWord(results.measures, kind)}) decodes ${quoted(label)} from ${site} of ${quoted(network.name)} with a ${score} of ${decimals(mean)}, and about as well elsewhere: ${others}. ` +
        `That it can be decoded shows no more than that: ${same.map(({ so }) => so).join('; ')}.`,
      advice:
        'Report the difference to these, not the score; a simpler probe, a network that was trained on something else, and what happens to the outputs when the layer is changed say more.',
    },
  ];
}

/** Of the replicates that have both. */
function meanDifference({ values }: Interval, { values: others }: Interval): number | null {
  const differences = values.flatMap((value, at) => {
    const other = others[at];
    return value === null || other === null ? [] : [value - other];
  });
  return differences.length === 0
    ? null
    : differences.reduce((sum, one) => sum + one, 0) / differences.length;
}
