import { findingsOf } from '../analysis/findings';
import { atLeast, atMost } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import { percent } from '../formats/percent';
import { metricNames } from '../protocol/measure-names';
import { groupOf } from '../protocol/pair-results';
import type { Hazard, NetworkResults } from '../protocol/results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { lastHidden, trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks where replicates are no more similar than this, by the first RSA: less than a quarter of the variance of one RDM is that of another. */
const threshold = 0.5;
/** A layer holds what explains so much of its variance on fresh stimuli. */
const held = 0.1;
/** Columns that are no entities. */
const PLACES = ['position', 'set'];

/** Low similarities of what is in superposition read as another knowledge. */
export const moreValuesThanUnits: HazardRule = {
  name: 'more-values-than-units',
  describe:
    'A column of documents has more values among the tokens that are looked at (entities, say) than the last hidden layer of a trained network has units, and explains .1 or more of its variance on fresh stimuli; the RDMs of ' +
    'replicates are similar by .5 or less on average. So many values cannot have a direction each: they are in superposition, and how they overlap differs between replicates that know the same. Of several columns the one that explains most is ' +
    'named; what stands for none is no value.',
  link: 'https://arxiv.org/abs/2604.00208',
  evaluate(results) {
    return results.asked ? trainedNetworks(results).flatMap((network) => judge(results, network)) : [];
  },
};

function judge(results: HazardInput, network: NetworkResults): Hazard[] {
  const layer = lastHidden(network);
  const rsa = results.rsa.find((one) => one.layer === layer?.name);
  const value = (rsa && groupOf(rsa, network.name, network.name)?.mean) ?? null;
  if (!layer || !rsa || value === null || !atMost(value, threshold)) return [];
  const findings = findingsOf(results);
  const columns = results.labels.flatMap(({ kind, name, source, classes }) => {
    const values = classes.filter((one) => one !== 'none').length;
    const share =
      findings.mean(network.name, 'varianceExplained', { site: layer.name, label: name })?.mean ?? 0;
    const isColumn = source === 'feature' && kind === 'categorical' && !PLACES.includes(name);
    return isColumn && values > layer.units && atLeast(share, held) ? [{ name, values, share }] : [];
  });
  if (columns.length === 0) return [];
  const most = columns.reduce((largest, one) => (one.share > largest.share ? one : largest));
  return [
    {
      rule: moreValuesThanUnits.name,
      severity: 'info',
      where: { network: network.name, layer: layer.name, label: most.name },
      value,
      threshold,
      message:
        `Replicates of ${quoted(network.name)} are similar by ${decimals(value)} in ${layer.name} (RSA by ${metricNames[rsa.metric]}), of whose variance ${quoted(most.name)} explains ${percent(most.share)}: ` +
        `its ${most.values} values are in superposition in ${layer.units} units.`,
      advice:
        'Do not read the low similarity as another knowledge: RSA, CKA and regression are lower where the same values overlap in other ways. Compare what the replicates answer, or networks that are wide enough.',
    },
  ];
}
