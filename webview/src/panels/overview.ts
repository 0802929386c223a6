import { labelNames as shownNames } from '../../../src/formats/label-names';
import { percent } from '../../../src/formats/percent';
import type { ReplicateOffer } from '../../../src/protocol/dashboard';
import { mainLayer, summaryAt } from '../../../src/protocol/layers';
import type { NetworkResults, NetworkSummary, Results } from '../../../src/protocol/results';
import { overviewSvg, type Series } from '../charts/overview-svg';
import { svgChart } from '../charts/svg-chart';
import { dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { shown } from '../number';
import type { Bench, Panel, View } from '../panel';
import { shortEpoch, trainingEpoch } from '../selectors';
import { type Cell, intervalCell } from '../cell';
import type { Table } from '../table';
import { atCheckpoint } from './at-checkpoint';
import { hazardsAt } from './hazard-places';
import { hazardList } from './hazards';
import { own } from '../../../src/protocol/own';

const measures = [
  { value: 'varianceExplained', label: 'Variance explained' },
  { value: 'varianceExplainedUnique', label: 'Unique share of the task' },
  { value: 'varianceExplainedByUnitMean', label: 'Variance explained, mean over units' },
  { value: 'varianceExplainedJoint', label: 'Variance explained, joint pattern of bits' },
] as const;
type Measure = (typeof measures)[number]['value'];

/** Computed and represented, side by side: accuracy and variance explained of each network. */
export function overviewPanel(bench: Bench): Panel {
  const hazards = hazardList();
  const measure = dropdown('Measure', (value) => bench.choose({ measure: value }));
  const labels = dropdown('Labels', (value) => bench.choose({ labels: value }));
  const figure = new Figure('Accuracy and variance explained', bench, true);
  const tasks = new Figure('Tasks', bench);
  // The picture first; what to be careful about under it, before its numbers.
  figure.insert(hazards.element);
  const element = h(
    'div',
    {},
    h('div', { class: 'bar' }, measure.element, labels.element),
    figure.element,
    tasks.element,
  );

  return {
    id: 'overview',
    title: 'Overview',
    element,
    follows: ['checkpoint'],
    needsDetail: false,
    redraw: () => figure.redraw(),
    showHazards: (rule) => hazards.reveal(rule),
    update(view: View) {
      const { choices, offers } = view;
      const then = atCheckpoint(view);
      const results = then?.results ?? view.results;
      hazards.show(
        results.hazards,
        offers.every(({ until }) => until === undefined),
      );
      const offered = measures.filter(({ value }) => hasMeasure(results, value));
      const chosen = offered.find(({ value }) => value === choices.measure) ?? measures[0];
      measure.show(offered, chosen.value);
      const all = choices.labels === 'all';
      labels.show(
        [
          { value: 'tasks', label: 'Tasks' },
          { value: 'all', label: 'Tasks and features' },
        ],
        all ? 'all' : 'tasks',
      );
      const names = labelNames(results, chosen.value, all);
      const standing = new Map(results.networks.map(({ name }) => [name, standingOf(offers, name)] as const));
      figure.show({
        chart: svgChart((width, theme, whole) =>
          overviewSvg(
            width,
            theme,
            {
              measure: chosen.label,
              labels: names,
              networks: results.networks.map((network) => ({
                name: network.name,
                note:
                  standing.get(network.name) ||
                  (then !== null && network.trained ? `epoch ${shortEpoch(then.epoch)}` : ''),
                series: series(network, names, chosen.value, results),
                layers: network.layers.map(({ name }) => name),
              })),
            },
            whole,
          ),
        ),
        description: inWords(results, chosen.value),
        hazards: then === null ? hazardsAt(results.hazards, 'overview') : [],
        caption:
          (then === null
            ? ''
            : `At epoch ${shortEpoch(then.epoch)}, each replicate at its newest checkpoint up to then. `) +
          `Left of each picture: share of right answers on ${results.stimuli.test.count.toLocaleString('en')} ${results.stimuli.coincide ? 'stimuli, the whole design, which training shows' : 'fresh stimuli'} (short line: chance; none where a network has no output for a task). ` +
          `Right: ${chosen.label.toLowerCase()}, by layer, on the same axis. ` +
          replicatesInWords(results, standing),
        table: overviewTable(results, names, chosen.value, standing),
      });
      tasks.show({
        chart: null,
        description: '',
        caption: 'Chance: share of the most frequent class of the test set.',
        table: taskTable(results),
      });
    },
  };
}

function doneCount(network: NetworkResults): number {
  return network.replicates.filter(({ status }) => status === 'done').length;
}

/** Of a network that has nothing but a checkpoint of a replicate that still trains: which one; empty of others. */
function standingOf(offers: readonly ReplicateOffer[], network: string): string {
  const offer = offers.find((one) => one.network === network && one.until !== undefined);
  const newest = offer?.checkpoints.at(-1);
  return offer === undefined || newest === undefined ? '' : trainingEpoch(newest.epoch, offer.until);
}

/** What the marks stand for: a replicate that still trains is no sample of what training leads to. */
function replicatesInWords(
  { networks, definitions }: Results,
  standing: ReadonlyMap<string, string>,
): string {
  const finished = networks.filter(({ name }) => (standing.get(name) ?? '') === '');
  const counts = finished.map(doneCount);
  const most = Math.max(0, ...counts);
  const all = counts.every((count) => count === most);
  const means =
    most > 1
      ? `Large marks: mean over ${all ? `the ${most}` : `up to ${most}`} replicates${all ? ' of each network' : ''}; bars: ${definitions['interval'] ?? 'interval over replicates'} Small dots: every replicate.`
      : most === 1
        ? 'Marks: one finished replicate, without an interval.'
        : '';
  const early = networks.flatMap(({ name }) => {
    const where = standing.get(name) ?? '';
    return where === '' ? [] : [`${name} (${where})`];
  });
  const previews = early.length === 0 ? '' : `Not finished, one replicate as it stands: ${early.join('; ')}.`;
  return [means, previews].filter((text) => text !== '').join(' ');
}

function hasMeasure(results: Results, measure: Measure): boolean {
  return results.networks.some(({ summary }) =>
    summary.layers.some((layer) => Object.keys(layer[measure]).length > 0),
  );
}

function labelNames(results: Results, measure: Measure, all: boolean): string[] {
  const known = new Set(
    results.networks.flatMap(({ summary }) => summary.layers.flatMap((layer) => Object.keys(layer[measure]))),
  );
  const named = (source: string): string[] =>
    results.labels
      .filter((label) => label.source === source && known.has(label.name))
      .map(({ name }) => name);
  const tasks = named('task');
  // Joint patterns exist for bit vectors alone: without tasks there the features are what is shown.
  // A feature that is a task is shown as that.
  const once = shownNames(results.labels);
  return all || tasks.length === 0
    ? [...new Set([...tasks, ...named('feature').filter((name) => once.has(name))])]
    : tasks;
}

function series(
  network: NetworkResults,
  names: readonly string[],
  measure: Measure,
  results: Results,
): Series[] {
  return names.map((name) => ({
    label: name,
    accuracy: own(network.summary.accuracy, name) ?? null,
    chance: own(results.tasks, name)?.chance ?? null,
    layers: network.summary.layers.map((layer) => own(layer[measure], name) ?? null),
    seeds: doneSeeds(network),
  }));
}

function doneSeeds(network: NetworkResults): number[] {
  return network.replicates.filter(({ status }) => status === 'done').map(({ seed }) => seed);
}

function overviewTable(
  results: Results,
  names: readonly string[],
  measure: Measure,
  standing: ReadonlyMap<string, string>,
): Table {
  const layers = [...new Set(results.networks.flatMap((network) => network.layers.map(({ name }) => name)))];
  const byName = (summary: NetworkSummary, layer: string) =>
    summary.layers.find(({ name }) => name === layer);
  const early = results.networks.some(({ name }) => (standing.get(name) ?? '') !== '');
  // Where all networks have the same number of replicates the caption says it once.
  const counts = new Set(results.networks.map(doneCount));
  const extent = (network: NetworkResults): Cell[] => [
    ...(early ? [standing.get(network.name)?.split(',')[0] || 'finished'] : []),
    ...(counts.size > 1 ? [doneCount(network)] : []),
  ];
  return {
    columns: [
      'network',
      'label',
      ...(early ? ['training'] : []),
      ...(counts.size > 1 ? ['replicates'] : []),
      'accuracy',
      ...layers,
    ],
    rows: results.networks.flatMap((network) =>
      names.map((label) => [
        network.name,
        label,
        ...extent(network),
        intervalCell(own(network.summary.accuracy, label)),
        ...layers.map((layer) => intervalCell(own(byName(network.summary, layer)?.[measure] ?? {}, label))),
      ]),
    ),
  };
}

function taskTable(results: Results): Table {
  return {
    columns: ['task', 'formula', 'chance', 'base rate', 'trained by'],
    rows: Object.entries(results.tasks).map(([name, task]) => [
      name,
      task.formula,
      task.chance,
      typeof task.baseRate === 'number' ? task.baseRate : task.baseRate.map((rate) => shown(rate)).join(', '),
      results.networks
        .filter((network) => network.trained && network.tasks.includes(name))
        .map((network) => network.name)
        .join(', ') || 'none',
    ]),
  };
}

/** The main finding of each network as a sentence, for those who do not see the picture. */
function inWords(results: Results, measure: Measure): string {
  return results.networks
    .map((network) => {
      const layer = summaryAt(network, mainLayer(network.layers));
      const parts = network.tasks.map((task) => {
        const accuracy = own(network.summary.accuracy, task)?.mean;
        const share = own(layer?.[measure] ?? {}, task)?.mean;
        return `${task}: accuracy ${accuracy === undefined || accuracy === null ? 'unknown' : percent(accuracy)}, ${share === undefined || share === null ? 'share unknown' : `share ${percent(share)}`}`;
      });
      return `${network.name}, ${layer?.name ?? 'no layer'}: ${parts.join('; ')}.`;
    })
    .join(' ');
}
