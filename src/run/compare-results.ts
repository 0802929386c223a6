import { findingsOf, type Where } from '../analysis/findings';
import { welchInterval } from '../analysis/statistics/welch';
import { inSentence } from '../formats/in-sentence';
import { labelNames } from '../formats/label-names';
import type { ComparedValue, Comparison, NetworkPair } from '../protocol/comparison';
import type { Interval, LabelInfo, Results } from '../protocol/results';

/**
 * What changed between two runs: accuracy and variance explained of the networks, layers and labels that both have, matched by
 * name, and then how alike every two layers of a replicate are. Of each the most certain changes come first.
 *
 * @param pairs networks that are compared with one of another name; those that a run does not have are passed over
 */
export function compareResults(
  here: { name: string; results: Results },
  there: { name: string; results: Results },
  confidence: number,
  pairs: readonly NetworkPair[] = [],
): Comparison {
  const names = (results: Results): string[] => [
    ...results.networks.map(({ name }) => `network ${name}`),
    ...results.labels.map(({ name, source }) => `${source} ${name}`),
  ];
  const [mine, others] = [names(here.results), names(there.results)];
  const labels = sameLabels(here.results, there.results);
  const has = (results: Results, network: string): boolean =>
    results.networks.some(({ name }) => name === network);
  const paired = pairs.filter((pair) => has(here.results, pair.here) && has(there.results, pair.there));
  const compared = here.results.networks.map(({ name }) => ({
    name,
    found: compareNetworks(
      { here: name, there: paired.find((pair) => pair.here === name)?.there ?? name },
      [here.results, there.results],
      labels,
      confidence,
    ),
  }));
  const beside = (side: keyof NetworkPair): string[] => paired.map((pair) => `network ${pair[side]}`);
  const isUnchanged = ({ found }: (typeof compared)[number]): boolean =>
    found.length > 0 && found.every(({ same }) => same);
  const rows = compared
    .filter((one) => !isUnchanged(one))
    .flatMap(({ found }) => found.map(({ row }) => row));
  return {
    name: here.name,
    other: there.name,
    confidence,
    rows: rows.sort((a, b) => Number(isOfPair(a)) - Number(isOfPair(b)) || certainty(b) - certainty(a)),
    onlyHere: mine.filter((name) => ![...others, ...beside('here')].includes(name)),
    onlyThere: others.filter((name) => ![...mine, ...beside('there')].includes(name)),
    paired,
    unchanged: compared.filter(isUnchanged).map(({ name }) => name),
  };
}

/** The labels of this run, with what both runs say is the same label. */
function sameLabels(here: Results, there: Results): LabelInfo[] {
  const others = new Map(there.labels.map(({ name, sameAs }) => [name, sameAs?.label]));
  return here.labels.map((label) =>
    others.get(label.name) === label.sameAs?.label ? label : { ...label, sameAs: null },
  );
}

/** One network of two runs: accuracies and variance explained, then every two of its layers. `same`: replicate by replicate. */
function compareNetworks(
  { here: name, there: against }: NetworkPair,
  [here, there]: readonly [Results, Results],
  labels: readonly LabelInfo[],
  confidence: number,
): { row: ComparedValue; same: boolean }[] {
  const shown = labelNames(labels);
  const [mine, others] = [findingsOf(here), findingsOf(there)];
  const compared = (measure: string, where: Where, label: string | undefined) => {
    const [a, b] = [mine.mean(name, measure, where), others.mean(against, measure, where)];
    if (!a || !b || label === undefined) return [];
    const { difference, low, high } = welchInterval(b.values, a.values, confidence);
    const row: ComparedValue = {
      network: name,
      ...(against === name ? {} : { against }),
      measure,
      title: inSentence(here.measures[measure].title),
      layer: where.site ?? '',
      ...(where.other === undefined ? {} : { other: where.other }),
      label,
      here: a.mean,
      there: b.mean,
      hereEnds: endsOf(a),
      thereEnds: endsOf(b),
      n: [a.n, b.n],
      difference,
      low,
      high,
      beyondSeeds: low === null || high === null ? null : low > 0 || high < 0,
    };
    return [{ row, same: JSON.stringify(a.values) === JSON.stringify(b.values) }];
  };
  const layers = here.networks.find((network) => network.name === name)?.layers ?? [];
  // Tasks that are the same count once, as all labels do.
  const trained = new Set(mine.labels(name, 'accuracy'));
  const ofPairs = Object.entries(here.measures).flatMap(([measure, { of }]) =>
    of === 'pair' ? [measure] : [],
  );
  return [
    ...[...labelNames(labels.filter((label) => trained.has(label.name)))].flatMap(([label, named]) =>
      compared('accuracy', { label }, named),
    ),
    ...layers.flatMap(({ name: site }) =>
      mine
        .labels(name, 'varianceExplained', site)
        .flatMap((label) => compared('varianceExplained', { site, label }, shown.get(label))),
    ),
    ...ofPairs.flatMap((measure) =>
      layers.flatMap(({ name: site }) =>
        mine.others(name, measure, site).flatMap((other) => compared(measure, { site, other }, '')),
      ),
    ),
  ];
}

function endsOf({ low, high }: Interval): [number, number] | null {
  return low === null || high === null ? null : [low, high];
}

function isOfPair({ other }: ComparedValue): boolean {
  return other !== undefined;
}

/** How far 0 is from the difference, in half-widths of the interval; without an interval the difference itself, at the end. */
function certainty({ difference, low, high }: ComparedValue): number {
  if (difference === null) return -2;
  if (low === null || high === null) return Math.abs(difference) - 1;
  const half = (high - low) / 2;
  return half === 0 ? (difference === 0 ? 0 : Number.MAX_VALUE) : Math.abs(difference) / half;
}
