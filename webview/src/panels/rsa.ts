import type { LabelRdm } from '../../../src/protocol/detail';
import type { Results, RsaResults } from '../../../src/protocol/results';
import { type Heatmap, heatmapChart, rangeOf, sparseTicks } from '../charts/heatmap';
import { axis, plain, plotlyChart, squareHeight } from '../charts/plotly';
import { dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { type LabelColumn, stimulusName, valueName } from '../labels';
import { percent, plural } from '../number';
import type { Bench, Panel, ShownReplicate, View } from '../panel';
import { selectedOf } from '../selection';
import { orderBy } from './order-by';
import type { Table } from '../table';

const metricNames = {
  squaredEuclidean: 'squared Euclidean distance',
  euclidean: 'Euclidean distance',
  correlation: 'correlation distance',
  cosine: 'cosine distance',
};
const symbols = ['circle', 'x', 'square', 'triangle-up', 'diamond', 'cross'] as const;
const comparisonNames = { pearson: 'Pearson', spearman: 'Spearman', kendall: 'Kendall τ-a' };

/** Dissimilarities within a layer, and similarities between networks. */
export function rsaPanel(bench: Bench): Panel {
  const comparison = dropdown('RSA by', (value) => bench.choose({ comparison: value }));
  const order = orderBy('Order RDMs by', (names) => bench.choose({ rdmOrder: names }));
  const scale = dropdown('Colours of similarities', (value) => bench.choose({ similarities: value }));
  const model = dropdown('Label RDM', (value) => bench.choose({ model: value }));
  const label = new Figure('RDM of the label alone', bench);
  const plane = new Figure('Replicates on a plane', bench);
  const matrix = new Figure('Similarity of networks', bench);
  const groups = new Figure('Mean similarity of pairs of networks', bench);
  const conditions = new Figure('RDM of conditions', bench);
  const single = new Figure('RDM of single stimuli', bench);
  const models = new Figure('RSA with label RDMs', bench);
  const waiting = h('p', { class: 'note' });

  return {
    id: 'rsa',
    title: 'RSA',
    element: h(
      'div',
      {},
      h('div', { class: 'bar' }, comparison.element, scale.element, order.element, model.element),
      waiting,
      h('div', { class: 'pair' }, matrix.element, plane.element),
      groups.element,
      h('div', { class: 'pair' }, single.element, label.element),
      conditions.element,
      models.element,
    ),
    follows: ['network', 'seed', 'layer', 'checkpoint'],
    needsDetail: 'rdm',
    redraw: () => [matrix, plane, conditions, single, label].forEach((figure) => figure.redraw()),
    update({ results, layer, choices, shown }: View) {
      const kinds = [...new Map(results.rsa.map((entry) => [kindOf(entry), entry])).values()];
      const kind = kinds.find((entry) => kindOf(entry) === choices.comparison) ?? kinds[0];
      comparison.show(
        kinds.map((entry) => ({ value: kindOf(entry), label: nameOf(entry) })),
        kind === undefined ? '' : kindOf(kind),
      );
      const ofKind = results.rsa.filter((entry) => kind !== undefined && kindOf(entry) === kindOf(kind));
      const entry = ofKind.find((candidate) => candidate.layer === layer) ?? ofKind[ofKind.length - 1];
      const reach = entry === undefined ? 1 : largestBetween(entry);
      const full = choices.similarities === 'full';
      scale.show(
        [
          { value: 'fit', label: `to the largest between replicates (±${reach.toPrecision(2)})` },
          { value: 'full', label: '−1 to 1' },
        ],
        full ? 'full' : 'fit',
      );
      comparison.element.hidden = entry === undefined;
      scale.element.hidden = entry === undefined;
      waiting.hidden = entry !== undefined;
      waiting.textContent = whyNoSimilarity(results);
      showSimilarity(matrix, groups, entry, layer, results, full ? 1 : reach);
      showPlane(plane, entry);
      showModels(models, results, layer, entry);
      for (const figure of [conditions, single, label]) figure.element.hidden = shown === null;
      if (shown === null) return;

      const keys = order.show(
        shown.columns.filter(({ classes }) => classes !== null),
        choices.rdmOrder,
      );
      const known = shown.stimuli.models ?? [];
      const alone =
        known.find((one) => one.label === choices.model) ??
        known.find((one) => one.label === keys[0]?.name) ??
        known[0];
      model.show(
        known.map((one) => ({ value: one.label, label: one.label })),
        alone?.label ?? '',
      );
      model.element.hidden = alone === undefined;
      const selected = selectedOf(choices.selected, shown.stimuli.count);
      showRdms({ conditions, single, label }, shown, keys, selected, alone);
    },
  };
}

function whyNoSimilarity({ networks }: Results): string {
  const replicates = networks.flatMap((network) => network.replicates);
  const done = replicates.filter(({ status }) => status === 'done').length;
  return replicates.length < 2
    ? 'There is one replicate only: nothing to compare it with.'
    : `Networks are compared when all replicates have ended: ${done} of ${replicates.length} have results so far.`;
}

function kindOf({ metric, comparison, over }: RsaResults): string {
  return `${metric} ${comparison} ${over}`;
}

function nameOf({ metric, comparison, over }: RsaResults): string {
  return `${metricNames[metric]}, ${comparisonNames[comparison]}, over ${over}`;
}

function showSimilarity(
  matrix: Figure,
  groups: Figure,
  entry: RsaResults | undefined,
  layer: string,
  results: Results,
  reach: number,
): void {
  matrix.element.hidden = entry === undefined;
  groups.element.hidden = entry === undefined;
  if (entry === undefined) return;
  const other =
    entry.layer === layer
      ? ''
      : ` Networks were compared at ${entry.layer}; there is no comparison at ${layer}.`;
  // The results may come seed by seed: here the replicates of a network stand together.
  const names = entry.labels.map((label) => label.slice(0, label.lastIndexOf('/')));
  const order = [...new Set(names)].flatMap((name) =>
    names.flatMap((other, at) => (other === name ? [at] : [])),
  );
  const networks = order.map((at) => names[at] ?? '');
  const labels = order.map((at) => entry.labels[at] ?? '');
  const values = order.map((row) => order.map((column) => entry.matrix[row]?.[column] ?? null));
  const starts = networks.flatMap((name, at) => (name === networks[at - 1] ? [] : [at]));
  const blocks = starts.map((start, at) => ({
    at: (start + (starts[at + 1] ?? networks.length) - 1) / 2,
    name: networks[start] ?? '',
  }));
  const seeds = labels.map((label, at) => ({ at, name: label.slice(label.lastIndexOf('/') + 1) }));
  const map: Heatmap = {
    values,
    range: [-reach, reach],
    diverging: true,
    measure: `${comparisonNames[entry.comparison]} correlation of RDMs`,
    xTitle: '',
    xTicks: seeds,
    yTicks: seeds,
    blocks,
    pair: (row, column) => `${labels[row] ?? ''} – ${labels[column] ?? ''}`,
    borders: starts.slice(1),
    square: true,
  };
  matrix.show({
    chart: heatmapChart(map),
    description: `${plural(entry.labels.length, 'replicate')} by replicates, grouped by network.`,
    caption: `${entry.layer}: ${nameOf(entry)}. Every replicate of every network on the same test stimuli; numbers: seeds; lines between networks.${reach < 1 ? ` Colours reach to ±${reach.toPrecision(2)}, the largest between different replicates: the diagonal (1) lies beyond.` : ''}${other}`,
    table: {
      columns: ['replicate', ...labels],
      rows: labels.map((label, at) => [label, ...(values[at] ?? [])]),
    },
  });
  groups.show({
    chart: null,
    description: '',
    caption: `${entry.layer}: mean over pairs of replicates, self-pairs left out. ${results.definitions['rsaInterval'] ?? ''}`,
    table: {
      columns: ['network', 'with', 'similarity', 'pairs'],
      rows: entry.groups.map(({ a, b, mean, low, high, pairs }) => [a, b, { mean, low, high }, pairs]),
    },
  });
}

function showModels(figure: Figure, results: Results, layer: string, entry: RsaResults | undefined): void {
  const same = results.modelRsa.filter((candidate) => candidate.layer === layer);
  const found =
    same.find(({ metric, comparison }) => metric === entry?.metric && comparison === entry.comparison) ??
    same[0];
  figure.element.hidden = found === undefined;
  if (found === undefined) return;
  const labels = [...new Set(Object.values(found.networks).flatMap((byLabel) => Object.keys(byLabel)))];
  figure.show({
    chart: null,
    description: '',
    caption: `${found.layer}: similarity of the layer’s RDM (${metricNames[found.metric]}) with the RDM of each label (${comparisonNames[found.comparison]}); mean over replicates. ${results.definitions['interval'] ?? ''}`,
    table: {
      columns: ['network', ...labels],
      rows: Object.entries(found.networks).map(([network, byLabel]) => [
        network,
        ...labels.map((label) => {
          const interval = byLabel[label];
          return interval === undefined
            ? null
            : { mean: interval.mean, low: interval.low, high: interval.high };
        }),
      ]),
    },
  });
}

/** The largest similarity, without sign, of two different replicates. */
function largestBetween({ matrix }: RsaResults): number {
  let largest = 0;
  matrix.forEach((row, i) =>
    row.forEach((value, j) => {
      if (i !== j && value !== null) largest = Math.max(largest, Math.abs(value));
    }),
  );
  return largest > 0 ? Math.min(1, largest) : 1;
}

/** The replicates as points whose distances stand for their dissimilarity. */
function showPlane(figure: Figure, entry: RsaResults | undefined): void {
  const mds = entry?.mds;
  figure.element.hidden = entry === undefined || mds === undefined;
  if (entry === undefined || mds === undefined) return;
  const names = entry.labels.map((label) => label.slice(0, label.lastIndexOf('/')));
  const networks = [...new Set(names)];
  const [first = 0, then = 0] = mds.share;
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
            color: theme.categorical[at % theme.categorical.length] ?? theme.foreground,
            symbol: symbols[at % symbols.length] ?? 'circle',
          },
        };
      }),
      layout: {
        xaxis: axis(theme, `Dimension 1 (${percent(first)})`),
        yaxis: { ...axis(theme, `Dimension 2 (${percent(then)})`), scaleanchor: 'x' as const },
      },
    })),
    description: `${plural(entry.labels.length, 'replicate')} of ${plural(networks.length, 'network')}.`,
    caption:
      `${entry.layer}: classical scaling of √(2 (1 − similarity)) to two dimensions; the axes themselves mean nothing. ` +
      `They hold ${percent(first + then)} of the positive eigenvalues; stress 1: ${mds.stress.toFixed(3)} (0: all distances are exact).`,
    table: {
      columns: ['replicate', 'dimension 1', 'dimension 2'],
      rows: entry.labels.map((label, at) => [label, mds.x[at] ?? null, mds.y[at] ?? null]),
    },
  });
}

function showRdms(
  { conditions, single, label }: { conditions: Figure; single: Figure; label: Figure },
  shown: ShownReplicate,
  keys: readonly LabelColumn[],
  selected: readonly number[],
  alone: LabelRdm | undefined,
): void {
  const ordered = keys.map(({ name }) => name).join(', then ') || 'number';
  const { rdm } = shown.layer;
  const { names, of, counts } = shown.stimuli.conditions;
  const measure = metricNames[rdm.metric];
  const about = `${shown.name}: ${measure}. Grey: undefined.`;

  // A condition stands where its first stimulus stands; where the label varies within a condition, by that stimulus.
  const firstOf = names.map((_, condition) => of.indexOf(condition));
  const compare = (a: number, b: number): number => {
    for (const { values } of keys) {
      const difference = (values[a] ?? 0) - (values[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const sorted = names.map((_, at) => at).sort((a, b) => compare(firstOf[a] ?? 0, firstOf[b] ?? 0) || a - b);
  const breaks = sorted.flatMap((at, i) => {
    const before = sorted[i - 1];
    return before !== undefined && compare(firstOf[before] ?? 0, firstOf[at] ?? 0) !== 0 ? [i] : [];
  });
  const conditionValues = matrixOf(rdm.conditions, names.length, sorted);
  const many = names.length > 20;
  const ticks = many
    ? blockTicks(
        sorted.map((at) => firstOf[at] ?? 0),
        breaks,
        keys,
      )
    : sorted.map((at, i) => ({ at: i, name: names[at] ?? '' }));
  const map: Heatmap = {
    values: conditionValues,
    range: [0, rangeOf(conditionValues)[1]],
    diverging: false,
    measure: capital(measure),
    xTitle: '',
    xTicks: ticks,
    yTicks: ticks,
    pair: (row, column) => `${names[sorted[row] ?? 0] ?? ''} – ${names[sorted[column] ?? 0] ?? ''}`,
    borders: breaks,
    square: true,
  };
  conditions.show({
    chart: heatmapChart(map),
    description: `${plural(names.length, 'condition')}, ordered by ${ordered}.`,
    caption: `${about} Between condition means, of ${range(counts)} stimuli each; ordered by ${ordered}.`,
    table: matrixTable(
      'condition',
      sorted.map((at) => names[at] ?? ''),
      conditionValues,
    ),
  });

  const stimuli = Array.from(rdm.stimuli);
  const order = stimuli.map((_, at) => at).sort((a, b) => compare(stimuli[a] ?? 0, stimuli[b] ?? 0) || a - b);
  const row = order.map((at) => stimuli[at] ?? 0);
  const borders = row.flatMap((stimulus, i) => {
    const before = row[i - 1];
    return before !== undefined && compare(before, stimulus) !== 0 ? [i] : [];
  });
  const singleValues = matrixOf(rdm.single, stimuli.length, order);
  const stimulusNames = row.map((stimulus) => stimulusName(shown.columns, stimulus));
  const singleTicks = blockTicks(row, borders, keys);
  const singleMap: Heatmap = {
    ...map,
    values: singleValues,
    range: [0, rangeOf(singleValues)[1]],
    xTicks: singleTicks,
    yTicks: singleTicks,
    pair: (row, column) => `${stimulusNames[row] ?? ''} – ${stimulusNames[column] ?? ''}`,
    borders,
    pointed: row.flatMap((stimulus, at) => (selected.includes(stimulus) ? [at] : [])),
  };
  const part =
    stimuli.length < shown.stimuli.count
      ? `${stimuli.length} of ${shown.stimuli.count.toLocaleString('en')} test stimuli`
      : `all ${stimuli.length} test stimuli`;
  single.show({
    chart: heatmapChart(singleMap),
    description: `${plural(stimuli.length, 'stimulus', 'stimuli')}, ordered by ${ordered}.`,
    caption: `${about} Between ${part}; ordered by ${ordered}, then by condition.${selected.length > 0 ? ` Triangles: selected stimuli (${singleMap.pointed?.length ?? 0} of ${selected.length} are among these).` : ''}`,
    table: matrixTable('stimulus', stimulusNames, singleValues),
  });

  label.element.hidden = alone === undefined;
  if (alone === undefined) return;
  const labelValues = matrixOf(alone.single, stimuli.length, order);
  const labelMap: Heatmap = {
    ...singleMap,
    values: labelValues,
    range: [0, rangeOf(labelValues)[1]],
    measure: `Distance by ${alone.label}`,
  };
  label.show({
    chart: heatmapChart(labelMap),
    description: `${plural(stimuli.length, 'stimulus', 'stimuli')}, ordered by ${ordered}.`,
    caption: `The RDM that a representation of nothing but ${alone.label} would have, over the same stimuli in the same order.`,
    table: matrixTable('stimulus', stimulusNames, labelValues),
  });
}

function matrixOf(matrix: Float32Array, size: number, order: readonly number[]): (number | null)[][] {
  return order.map((row) =>
    order.map((column) => {
      const value = matrix[row * size + column] ?? NaN;
      return Number.isNaN(value) ? null : value;
    }),
  );
}

/** One tick in the middle of each block of stimuli with the same value. */
function blockTicks(
  stimuli: readonly number[],
  borders: readonly number[],
  keys: readonly LabelColumn[],
): Heatmap['xTicks'] {
  if (keys.length === 0) return sparseTicks(stimuli.length, String);
  const starts = [0, ...borders];
  return starts.map((start, at) => ({
    at: (start + (starts[at + 1] ?? stimuli.length) - 1) / 2,
    name: keys.map((by) => `${by.name}: ${valueName(by, stimuli[start] ?? 0)}`).join(' · '),
  }));
}

function matrixTable(kind: string, names: string[], values: (number | null)[][]): Table {
  return { columns: [kind, ...names], rows: names.map((name, at) => [name, ...(values[at] ?? [])]) };
}

function range(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? String(low) : `${low} to ${high}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
