import { intervalWords } from '../interval-words';
import { labelNames as shownNames } from '../../../src/formats/label-names';
import { inSentence } from '../../../src/formats/in-sentence';
import { percent } from '../../../src/formats/percent';
import type { ReplicateOffer } from '../../../src/protocol/dashboard';
import { mainLayer, runsOf } from '../../../src/protocol/layers';
import { rdmsAlone } from '../../../src/protocol/recorded';
import { doneReplicates, type Findings, findingsOf } from '../../../src/analysis/findings';
import type { MeasureInfo, NetworkResults, RangeName, Results } from '../../../src/protocol/results';
import { overviewPicture, type Series } from '../charts/overview-picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { shown } from '../number';
import { replicateWord } from '../replicate-name';
import { measuresNamed, saysText } from '../says';
import { figure, type Option, type Panel, type View, withoutPicture } from '../panel';
import { shortEpoch, trainingEpoch } from '../selectors';
import { type Cell, intervalCell } from '../cell';
import type { Table } from '../table';
import { atCheckpoint } from './at-checkpoint';
import { hazardsAt } from './hazard-places';
import { modelScoreFigures } from './model-tests';
import { answeredBy, answeredIn } from '../../../src/protocol/answered';
import { varianceInParts } from './variance-parts';

/** A measure of layers that is offered: one number a layer, or one for each label. */
interface Measure {
  value: string;
  label: string;
  info: MeasureInfo;
}

const ACCURACY = 'Accuracy and variance explained';

/** What is shown where nothing else is chosen. */
const DEFAULT = 'varianceExplained';

/** More tasks than these are too many for one picture. */
const MANY = 8;

/** Ranges of measures that stand on the axis of accuracy. */
const likeShares: readonly RangeName[] = ['share', 'half', 'similarity', 'atMostAll', 'differenceOfShares'];

type Chosen = {
  measure: string;
  labels: string;
};

/** Computed and represented, side by side: accuracy and variance explained of each network. */
export const overviewPanel: Panel<Chosen> = {
  id: 'overview',
  title: 'Overview',
  follows: ['checkpoint'],
  choices: {
    measure: {
      initial: DEFAULT,
      label: 'Measure',
      changes: (name) => name === ACCURACY,
      options: (_, view) =>
        measuresOf(view.results, atCheckpoint(view).findings).map(({ value, label, info }) => ({
          ...{ value, label, group: groupOf(info), hint: saysText(info) },
        })),
    },
    labels: {
      initial: '',
      label: 'Labels',
      changes: (name) => name === ACCURACY,
      options: (_, view) =>
        measuresOf(view.results, atCheckpoint(view).findings).length === 0 ? [] : labelsOf(view.results),
    },
  },
  draw(_, view, c) {
    const inParts = varianceInParts(view.results);
    return [
      // Of RDMs alone, what there is to see at once are their models.
      ...(rdmsAlone(view.results) ? modelScoreFigures(view) : []),
      figure(ACCURACY, accuracyAnd(view, c)),
      ...(inParts ? [figure('Variance explained, part by part', inParts)] : []),
      ...(view.results.asked
        ? [
            figure('Evaluation sets', {
              chart: null,
              description: '',
              caption:
                'What networks are asked. Floors: what one would score who knew no more than each says.',
              table: askedTable(view.results.asked),
            }),
            figure('Cost of training', {
              chart: null,
              description: '',
              caption:
                'Of a replicate, by arithmetic, mean over replicates: tokens that count for the loss, tokens that are read, and floating-point operations. Networks that have documents brought before them learn from as many tokens of the loss, and read more.',
              table: effortTable(view.results),
              says: measuresNamed(view.results, 'lossTokens', 'readTokens', 'trainingOperations'),
            }),
          ]
        : []),
      ...(Object.keys(view.results.tasks).length === 0
        ? []
        : [
            figure('Tasks', {
              chart: null,
              description: '',
              caption: 'Chance: share of the most frequent class of the test set.',
              table: taskTable(view.results),
            }),
          ]),
    ];
  },
};

/** Which labels are shown, in every panel that shows them. */
export const whichLabels: readonly Option[] = [
  { value: 'tasks', label: 'Tasks' },
  { value: 'all', label: 'Tasks and features' },
];

/** The same, and of networks with tasks of their own these alone: so at first, where all together could not be told apart. */
function labelsOf({ networks, tasks }: Results): readonly Option[] {
  const count = Object.keys(tasks).length;
  if (networks.every((network) => !network.trained || network.tasks.length === count)) return whichLabels;
  return [...whichLabels, { value: 'own', label: 'Tasks of each network', byDefault: count > MANY }];
}

function accuracyAnd(view: View, c: Chosen): FigureContent {
  const { results, offers } = view;
  const { findings, epoch } = atCheckpoint(view);
  const list = {
    hazards: results.hazards,
    looked: offers.every(({ until }) => until === undefined),
  };
  const chosen = measuresOf(results, findings).find(({ value }) => value === c.measure);
  if (chosen === undefined)
    return { ...withoutPicture(whyNothing(results)), title: 'Measures of layers', list };
  const names = labelNames(results, findings, chosen, c.labels === 'all');
  // Recordings answer no tasks.
  const silent = results.networks.every(({ recorded }) => recorded);
  const apart = !likeShares.includes(chosen.info.range);
  const standing = new Map(results.networks.map(({ name }) => [name, standingOf(offers, name)] as const));
  return {
    title: silent ? chosen.label : `Accuracy and ${inSentence(chosen.label)}`,
    tableOpen: true,
    list,
    says: measuresNamed(results, 'accuracy', chosen.value),
    chart: pictureChart((page) =>
      overviewPicture(
        {
          measure: chosen.label,
          apart,
          labels: chosen.info.by.length === 0 ? [...names, chosen.label] : names,
          networks: results.networks.map((network) => ({
            name: network.name,
            note:
              standing.get(network.name) ||
              (epoch !== null && network.trained ? `epoch ${shortEpoch(epoch)}` : ''),
            series: series(network, names, chosen, results, findings, c.labels === 'own' && network.trained),
            layers: network.layers.map(({ name }) => name),
            runs: runsOf(network.layers),
            silent: network.recorded === true,
            coming: view.running === true && doneCount(network) === 0,
          })),
        },
        page,
      ),
    ),
    description: inWords(results, findings, chosen),
    hazards: epoch === null ? hazardsAt(results.hazards, 'overview') : [],
    caption:
      (epoch === null
        ? ''
        : `At epoch ${shortEpoch(epoch)}, each replicate at its newest checkpoint up to then. `) +
      (silent
        ? ''
        : results.asked
          ? 'Left of each picture: share of documents that are answered rightly, by evaluation set (short line: the lowest of its floors). '
          : `Left of each picture: share of right answers on ${results.stimuli.test.count.toLocaleString('en')} ${results.stimuli.coincide ? 'stimuli, the whole design, which training shows' : 'fresh stimuli'} (short line: chance; none where a network has no output for a task). `) +
      `${silent ? 'In each picture' : 'Right'}: ${inSentence(chosen.label)}, by layer, on ${apart ? 'an axis of its own' : silent ? 'an axis from 0 to 1' : 'the same axis'}. ${chosen.info.misleads} ` +
      (c.labels === 'own' ? 'Of each network the tasks that it is trained on; all are in the table. ' : '') +
      replicatesInWords(results, standing),
    table: {
      ...overviewTable(results, findings, names, chosen, standing),
      says: saysOfColumns(results, chosen),
    },
  };
}

function doneCount(network: NetworkResults): number {
  return doneReplicates(network).length;
}

/** Of a network that has nothing but a checkpoint of a replicate that still trains: which one; empty of others. */
function standingOf(offers: readonly ReplicateOffer[], network: string): string {
  const offer = offers.find((one) => one.source === network && one.until !== undefined);
  const newest = offer?.checkpoints.at(-1);
  return offer === undefined || newest === undefined ? '' : trainingEpoch(newest.epoch, offer.until);
}

function whyNothing({ networks }: Results): string {
  return rdmsAlone({ networks })
    ? 'Of RDMs alone no measure of a layer has a number here: there are maps of their stimuli (Structure), similarities, and tests of model RDMs where "inference" asks for them.'
    : 'Nothing was measured of any layer: no replicate is done.';
}

/** What the marks stand for: a replicate that still trains is no sample of what training leads to. */
function replicatesInWords(results: Results, standing: ReadonlyMap<string, string>): string {
  const { networks } = results;
  const finished = networks.filter(({ name }) => (standing.get(name) ?? '') === '');
  const counts = finished.map(doneCount);
  const most = Math.max(0, ...counts);
  const all = counts.every((count) => count === most);
  const means =
    most > 1
      ? `Large marks: mean over ${all ? `the ${most}` : `up to ${most}`} replicates${all ? ' of each network' : ''}; bars: ${intervalWords(results, 'interval', 'interval over replicates')} Small dots: every replicate.`
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

/** Measures that have a number at what is looked at. */
function measuresOf({ networks, measures }: Results, findings: Findings): Measure[] {
  const has = (measure: string, { by }: MeasureInfo): boolean =>
    networks.some(({ name, layers }) =>
      layers.some(({ name: site }) =>
        by.length > 0
          ? findings.labels(name, measure, site).length > 0
          : findings.mean(name, measure, { site }) !== undefined,
      ),
    );
  return Object.entries(measures)
    .filter(
      ([, { of, by, beside }]) => of === 'site' && by.every((one) => one === 'label') && beside === undefined,
    )
    .filter(([name, info]) => has(name, info))
    .map(([value, info]) => ({ value, label: info.title, info }))
    .sort((a, b) => Number(a.info.by.length === 0) - Number(b.info.by.length === 0));
}

/** What the measures of a list are of. */
function groupOf({ by }: MeasureInfo): string {
  return by.length === 0 ? 'Of a layer' : 'Of a layer and a label';
}

function labelNames(
  results: Results,
  findings: Findings,
  { value: measure, info }: Measure,
  all: boolean,
): string[] {
  // The accuracies of tasks stand beside it.
  const answered = answeredIn(results).map(({ name }) => name);
  if (info.by.length === 0) return answered;
  const known = new Set(
    results.networks.flatMap(({ name, layers }) =>
      layers.flatMap((layer) => findings.labels(name, measure, layer.name)),
    ),
  );
  const named = (source: string): string[] =>
    results.labels
      .filter((label) => label.source === source && known.has(label.name))
      .map(({ name }) => name);
  const tasks = named('task');
  // Joint patterns exist for bit vectors alone: without tasks there the features are what is shown.
  // A feature that is a task is shown as that.
  const once = shownNames(results.labels);
  // Evaluation sets of documents are no labels, and have accuracies alone.
  const asked = results.asked ? answered : [];
  // Pairs of counterparts and model RDMs have names of their own.
  if (!results.labels.some(({ name }) => known.has(name))) return [...asked, ...known];
  return all || tasks.length === 0
    ? [...asked, ...new Set([...tasks, ...named('feature').filter((name) => once.has(name))])]
    : [...asked, ...tasks];
}

function series(
  network: NetworkResults,
  names: readonly string[],
  { value: measure, label: title, info }: Measure,
  results: Results,
  findings: Findings,
  own: boolean,
): Series[] {
  const chances = new Map(answeredIn(results).map(({ name, chance }) => [name, chance]));
  const seeds = doneReplicates(network).map(({ seed }) =>
    replicateWord(results, { source: network.name, seed }),
  );
  const ofLayers = info.by.length === 0;
  const byLayer = (label?: string): Series['layers'] =>
    network.layers.map(({ name: site }) => findings.mean(network.name, measure, { site, label }) ?? null);
  const byLabel = names.map((label): Series => ({
    label,
    accuracy: findings.mean(network.name, 'accuracy', { label }) ?? null,
    chance: chances.get(label) ?? null,
    layers:
      ofLayers || (own && !network.tasks.includes(label)) ? network.layers.map(() => null) : byLayer(label),
    seeds,
  }));
  return ofLayers
    ? [...byLabel, { label: title, accuracy: null, chance: null, layers: byLayer(), seeds }]
    : byLabel;
}

function overviewTable(
  results: Results,
  findings: Findings,
  names: readonly string[],
  { value: measure, label: title, info }: Measure,
  standing: ReadonlyMap<string, string>,
): Table {
  const ofLayers = info.by.length === 0;
  const layers = [...new Set(results.networks.flatMap((network) => network.layers.map(({ name }) => name)))];
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
    rows: results.networks.flatMap((network) => {
      const byLayer = (label?: string): Cell[] =>
        layers.map((site) => intervalCell(findings.mean(network.name, measure, { site, label })));
      const byLabel = names.map((label) => [
        network.name,
        label,
        ...extent(network),
        intervalCell(findings.mean(network.name, 'accuracy', { label })),
        ...(ofLayers ? layers.map(() => null) : byLayer(label)),
      ]);
      return ofLayers ? [...byLabel, [network.name, title, ...extent(network), null, ...byLayer()]] : byLabel;
    }),
  };
}

/** Of the columns with numbers: of the accuracy, and of layers what is shown of them. */
function saysOfColumns(results: Results, { info }: Measure): Record<string, string> {
  const [accuracy] = measuresNamed(results, 'accuracy');
  const layers = results.networks.flatMap((network) => network.layers.map(({ name }) => name));
  return {
    ...(accuracy ? { accuracy: saysText(accuracy) } : {}),
    ...Object.fromEntries(layers.map((layer) => [layer, saysText(info)])),
  };
}

function askedTable(asked: NonNullable<Results['asked']>): Table {
  return {
    columns: ['evaluation set', 'asks', 'documents', 'floors'],
    rows: Object.entries(asked).map(([name, { says, documents, floors }]) => [
      ...[name, says, documents],
      floors.map((floor) => `${percent(floor.score, 1)} ${floor.name}`).join(', '),
    ]),
  };
}

function effortTable(results: Results): Table {
  const findings = findingsOf(results);
  return {
    columns: ['network', 'tokens of the loss', 'tokens that are read', 'operations'],
    rows: results.networks
      .filter(({ trained }) => trained)
      .map(({ name }) => [
        name,
        ...['lossTokens', 'readTokens', 'trainingOperations'].map(
          (measure) => findings.mean(name, measure)?.mean ?? null,
        ),
      ]),
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
        .filter((network) => network.trained && !network.changed && network.tasks.includes(name))
        .map((network) => network.name)
        .join(', ') || 'none',
    ]),
  };
}

/** The main finding of each network as a sentence, for those who do not see the picture. */
function inWords(results: Results, findings: Findings, { value: measure, label, info }: Measure): string {
  return results.networks
    .map((network) => {
      const layer = mainLayer(network.layers);
      const measured = (task?: string): string => {
        const mean = findings.mean(network.name, measure, { site: layer?.name, label: task })?.mean ?? null;
        return `${inSentence(label)} ${mean === null ? 'unknown' : shown(mean)}`;
      };
      const parts = answeredBy(results, network).map(({ name: task }) => {
        const accuracy = findings.mean(network.name, 'accuracy', { label: task })?.mean ?? null;
        const said = `${task}: accuracy ${accuracy === null ? 'unknown' : percent(accuracy)}`;
        return info.by.length === 0 || results.asked ? said : `${said}, ${measured(task)}`;
      });
      if (info.by.length === 0) parts.push(measured());
      return `${network.name}, ${layer?.name ?? 'no layer'}: ${parts.join('; ')}.`;
    })
    .join(' ');
}
