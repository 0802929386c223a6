import { replicateOf } from '../../../src/protocol/pair-results';
import { markAt } from '../../../src/formats/marks';
import { layerWords } from '../../../src/protocol/measure-names';
import type { MeasureInfo, PairResults } from '../../../src/protocol/results';
import { axis, plain, plotlyChart, squareHeight, symbols } from '../charts/plotly';
import type { Figure } from '../figure';
import { percent, plural } from '../number';
import { networkColour } from '../palettes';

/** Kruskal's own words for how well distances in the plane stand for what they should. */
function fitOf(stress: number): string {
  if (stress > 0.2) return 'above 0.2: a poor fit';
  return stress > 0.1 ? '0.1 to 0.2: a fair fit' : 'at most 0.1: a good fit';
}

/**
 * The replicates as points whose distances stand for their dissimilarity.
 *
 * @param info of the measure; undefined where there is nothing to show
 */
export function showPlane(
  figure: Figure,
  entry: PairResults | undefined,
  info: MeasureInfo | undefined,
): void {
  figure.element.hidden = entry === undefined;
  if (entry === undefined) return;
  const { mds } = entry;
  if (mds === null) {
    figure.showReason(
      `${layerWords(entry.layer)}: no plane of the replicates. ${entry.undefinedValues['mds'] ?? ''}`,
    );
    return;
  }
  const names = entry.labels.map((label) => replicateOf(label).source);
  const networks = [...new Set(names)];
  const [first = 0, then = 0] = mds.share;
  const all = plural(entry.labels.length, 'replicate');
  const there = mds.x.filter((x) => x !== null).length;
  const some = there === entry.labels.length ? '' : `${there} of ${all}: the others lack similarities. `;
  figure.show({
    chart: plotlyChart(squareHeight, (theme) => ({
      traces: networks.map((network, at) => {
        const own = names.flatMap((name, place) => (name === network ? [place] : []));
        return {
          type: 'scatter',
          mode: 'markers',
          name: plain(network),
          x: own.map((place) => mds.x[place] ?? null),
          y: own.map((place) => mds.y[place] ?? null),
          text: own.map((place) => plain(entry.labels[place] ?? '')),
          hovertemplate: '%{text}<br>%{x:.3f}, %{y:.3f}<extra></extra>',
          marker: {
            size: 10,
            color: networkColour(theme, at),
            symbol: symbols[markAt(at)],
          },
        };
      }),
      layout: {
        xaxis: axis(theme, `Dimension 1 (${percent(first)})`),
        yaxis: { ...axis(theme, `Dimension 2 (${percent(then)})`), scaleanchor: 'x' as const },
      },
    })),
    description: `${some}${all} of ${plural(networks.length, 'network')}.`,
    caption:
      `${layerWords(entry.layer)}: classical scaling of ${info?.more === 'unlike' ? 'the distances' : '√(2 (1 − similarity))'} to two dimensions; the axes themselves mean nothing. ${some}` +
      `They hold ${percent(first + then)} of the positive eigenvalues. Kruskal’s stress-1 = ${mds.stress.toFixed(3)} (${fitOf(mds.stress)}).`,
    table: {
      columns: ['replicate', 'dimension 1', 'dimension 2'],
      rows: entry.labels.map((label, at) => [label, mds.x[at] ?? null, mds.y[at] ?? null]),
    },
  });
}
