import { percent } from '../formats/percent';
import { layerWords, metricNames } from '../protocol/measure-names';
import type { Hazard, RsaResults } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks below this share of the pairs of stimuli: a few silent stimuli change little. */
const threshold = 0.9;

interface Least {
  readonly rsa: RsaResults;
  readonly share: number;
  /** The two replicates. */
  readonly pair: readonly [string, string];
}

/** RSA over some of the stimuli read as over the test set. */
export const rsaOverFewerStimuli: HazardRule = {
  name: 'rsa-over-fewer-stimuli',
  describe:
    'Two replicates, one of them of a trained network, are compared over fewer than .9 of the pairs of stimuli, those that have a distance in ' +
    'both RDMs: a pattern without an active unit has no correlation and no cosine distance.',
  evaluate(results) {
    const all = results.rsa;
    return trainedNetworks(results).flatMap(({ name }) => {
      const found = all.flatMap((rsa) => leastOf(rsa, name) ?? []);
      if (found.length === 0) return [];
      return [
        hazard(
          name,
          found.reduce((least, one) => (one.share < least.share ? one : least)),
          found,
        ),
      ];
    });
  },
};

/** Of a network's replicates with any other: the pair that shares fewest stimuli; null where that is enough of them. */
function leastOf(rsa: RsaResults, network: string): Least | null {
  const { used, stimulusPairs, labels } = rsa;
  if (!used || stimulusPairs === 0) return null;
  let least: Least | null = null;
  labels.forEach((label, i) => {
    if (label.slice(0, label.lastIndexOf('/')) !== network) return;
    labels.forEach((other, k) => {
      const share = used[i][k] / stimulusPairs;
      if (i !== k && share < (least?.share ?? threshold)) least = { rsa, share, pair: [label, other] };
    });
  });
  return least;
}

function hazard(network: string, { rsa, share, pair }: Least, found: readonly Least[]): Hazard {
  const { layer, metric, comparison, over } = rsa;
  const others = found.filter((one) => one.rsa !== rsa).length;
  return {
    rule: rsaOverFewerStimuli.name,
    severity: 'warning',
    where: { network, layer, metric, comparison, over },
    value: share,
    threshold,
    message:
      `In ${layerWords(layer)}, by ${metricNames[metric]}, ${quoted(pair[0])} and ${quoted(pair[1])} share a distance for ${percent(share)} of the pairs of ` +
      `stimuli${2 * share <= 1 ? ' (no similarity is given for half or less)' : ''}: the similarities of ${quoted(network)} are not over the whole test set` +
      `${others > 0 ? `, nor in ${others} other ${others === 1 ? 'comparison' : 'comparisons'}` : ''}.`,
    advice:
      'Compare by Euclidean distance ("metric": "euclidean"), which every pattern has, or with an activation that is never silent (leakyRelu, tanh).',
  };
}
