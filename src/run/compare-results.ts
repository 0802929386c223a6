import { welchInterval } from '../analysis/statistics/welch';
import { labelNames } from '../formats/label-names';
import type { ComparedValue, Comparison } from '../protocol/comparison';
import type { Interval, LabelInfo, NetworkResults, Results } from '../protocol/results';

/**
 * What changed between two runs: accuracy and variance explained of the networks, layers and labels that both have, matched by
 * name. The most certain changes come first.
 */
export function compareResults(
  here: { name: string; results: Results },
  there: { name: string; results: Results },
  confidence: number,
): Comparison {
  const names = (results: Results): string[] => [
    ...results.networks.map(({ name }) => `network ${name}`),
    ...results.labels.map(({ name, source }) => `${source} ${name}`),
  ];
  const [mine, others] = [names(here.results), names(there.results)];
  const rows = here.results.networks.flatMap((network) => {
    const other = there.results.networks.find(({ name }) => name === network.name);
    return other ? compareNetworks(network, other, sameLabels(here.results, there.results), confidence) : [];
  });
  return {
    name: here.name,
    other: there.name,
    confidence,
    rows: rows.sort((a, b) => certainty(b) - certainty(a)),
    onlyHere: mine.filter((name) => !others.includes(name)),
    onlyThere: others.filter((name) => !mine.includes(name)),
  };
}

/** The labels of this run, with what both runs say is the same label. */
function sameLabels(here: Results, there: Results): LabelInfo[] {
  const others = new Map(there.labels.map(({ name, sameAs }) => [name, sameAs?.label]));
  return here.labels.map((label) =>
    others.get(label.name) === label.sameAs?.label ? label : { ...label, sameAs: null },
  );
}

function compareNetworks(
  here: NetworkResults,
  there: NetworkResults,
  labels: readonly LabelInfo[],
  confidence: number,
): ComparedValue[] {
  const shown = labelNames(labels);
  const both = (
    measure: ComparedValue['measure'],
    layer: string,
    a: Record<string, Interval>,
    b: Record<string, Interval>,
    names: (label: string) => string | undefined,
  ): ComparedValue[] =>
    Object.keys(a)
      .filter((label) => names(label) !== undefined)
      .filter((label) => Object.hasOwn(b, label))
      .map((label) => {
        const { difference, low, high } = welchInterval(b[label].values, a[label].values, confidence);
        return {
          network: here.name,
          measure,
          layer,
          label: names(label) ?? label,
          here: a[label].mean,
          there: b[label].mean,
          n: [a[label].n, b[label].n],
          difference,
          low,
          high,
          beyondSeeds: low === null || high === null ? null : low > 0 || high < 0,
        };
      });
  return [
    ...both('accuracy', '', here.summary.accuracy, there.summary.accuracy, (task) => task),
    ...here.summary.layers.flatMap((layer) => {
      const other = there.summary.layers.find(({ name }) => name === layer.name);
      return other
        ? both('varianceExplained', layer.name, layer.varianceExplained, other.varianceExplained, (label) =>
            shown.get(label),
          )
        : [];
    }),
  ];
}

/** How far 0 is from the difference, in half-widths of the interval; without an interval the difference itself, at the end. */
function certainty({ difference, low, high }: ComparedValue): number {
  if (difference === null) return -2;
  if (low === null || high === null) return Math.abs(difference) - 1;
  const half = (high - low) / 2;
  return half === 0 ? (difference === 0 ? 0 : Number.MAX_VALUE) : Math.abs(difference) / half;
}
