import { grouped } from '../formats/fixed';
import { labelledReplicate } from '../core/replicate';
import { pairsOf, undefinedByConstruction, unitsOf } from '../formats/compared-over';
import { percent } from '../formats/percent';
import { layerWords, metricNames } from '../protocol/measure-names';
import type { Hazard, RsaResults } from '../protocol/results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { quoted } from './wording';

/** Speaks below this share of the pairs of stimuli: a few silent stimuli change little. */
const threshold = 0.9;

/** A similarity over too few stimuli. */
interface Finding {
  readonly rsa: RsaResults;
  readonly share: number;
  /** The two replicates, and their networks. */
  readonly pair: readonly [string, string];
  readonly networks: readonly [string, string];
}

/** RSA over some of the stimuli read as over the test set. */
export const rsaOverFewerStimuli: HazardRule = {
  name: 'rsa-over-fewer-stimuli',
  describe:
    'Two replicates, one of them of a trained network, are compared over fewer than .9 of the pairs of stimuli, those that have a distance in ' +
    'both RDMs: a pattern without an active unit has no correlation and no cosine distance. Layers of one unit, which have no correlation ' +
    'distance by construction, are exempt. All such pairs are one hazard, which names the one with the smallest share.',
  link: 'https://doi.org/10.3389/neuro.06.004.2008',
  evaluate(results) {
    const found = results.rsa.flatMap((rsa) => findingsOf(rsa, results));
    if (found.length === 0) return [];
    return [
      hazard(
        found.reduce((least, one) => (one.share < least.share ? one : least)),
        found,
      ),
    ];
  },
};

/** The pairs of different replicates that share too few stimuli, each once. */
function findingsOf(rsa: RsaResults, { networks }: HazardInput): Finding[] {
  const { used, stimulusPairs, labels, metric } = rsa;
  if (!used || stimulusPairs === 0) return [];
  const exempt = new Set(
    networks.flatMap((network) =>
      undefinedByConstruction(metric, unitsOf(network, rsa.layer)) ? [network.name] : [],
    ),
  );
  const trained = new Set(networks.flatMap((network) => (network.trained ? [network.name] : [])));
  const names = labels.map((label) => labelledReplicate(label).source);
  return labels.flatMap((label, i) =>
    labels.slice(i + 1).flatMap((other, after) => {
      const k = i + 1 + after;
      const share = used[i][k] / stimulusPairs;
      const [a, b] = [names[i], names[k]];
      if (share >= threshold || exempt.has(a) || exempt.has(b)) return [];
      if (!trained.has(a) && !trained.has(b)) return [];
      return [{ rsa, share, pair: [label, other], networks: [a, b] }];
    }),
  );
}

function hazard({ rsa, share, pair }: Finding, found: readonly Finding[]): Hazard {
  const { layer, metric, over } = rsa;
  // Two similarities that are each over more than half have some pairs in common; others may have none.
  const consequence =
    2 * share <= 1
      ? 'that is half or less, so none is given'
      : 'it is of these alone, not of the whole test set';
  return {
    rule: rsaOverFewerStimuli.name,
    severity: 'warning',
    where: inCommon(found),
    value: share,
    threshold,
    message:
      `In ${layerWords(layer)}, by ${metricNames[metric]}, the similarity of ${quoted(pair[0])} and ${quoted(pair[1])} is over ${percent(share)} of the ` +
      `${pairsOf(over)}: ${consequence}.${others(found)}`,
    advice:
      'Compare by Euclidean distance ("metric": "euclidean"), which every pattern has, or with an activation that is never silent (leakyRelu, tanh).',
  };
}

/** How many similarities more are over too few, and of which networks. */
function others(found: readonly Finding[]): string {
  const count = found.length - 1;
  if (count === 0) return '';
  const networks = new Set(found.flatMap((one) => one.networks));
  return (
    ` ${grouped(count)} more ${count === 1 ? 'similarity is' : 'similarities are'} over less than ${percent(threshold)}, ` +
    `between replicates of ${[...networks].map(quoted).join(', ')}.`
  );
}

/** Where all of them are: what differs between them is not named. */
function inCommon(found: readonly Finding[]): Record<string, string> {
  const places = found.map(({ rsa: { layer, metric, comparison, over } }) => ({
    layer,
    metric,
    comparison,
    over,
  }));
  return Object.fromEntries(
    Object.entries(places[0]).filter(([key, value]) =>
      places.every((place) => place[key as keyof typeof place] === value),
    ),
  );
}
