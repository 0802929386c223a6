import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import { grouped } from '../../../src/formats/fixed';
import { bestPair } from '../../../src/protocol/measure-names';
import { comparisonsOf } from '../../../src/protocol/pair-results';
import { besideName } from '../../../src/protocol/similarity-names';
import type { PairResults, Results } from '../../../src/protocol/results';
import { selectedOf } from '../labels';
import { replicateTitle, replicateWord } from '../replicate-name';
import {
  type Answers,
  type Block,
  figure,
  type Hands,
  type Option,
  type Panel,
  type Query,
  type View,
} from '../panel';
import { saysText } from '../says';
import { offerOf, replicateChoices } from '../selectors';
import { hazardsAt } from './hazard-places';
import {
  isPeer,
  noReplicate,
  peerQueries,
  replicateIn,
  replicateQueries,
  type ShownReplicate,
} from './one-replicate';
import { withoutUnitsOf } from './few-units';
import { meanOverSeeds } from './rdm-mean';
import { agreementOf } from './similarity-agreement';
import { contourOptions } from './rdm-contours';
import { modelsOf } from './rsa-models';
import { rdmsOf } from './rsa-rdms';
import { recoveredIn, RECOVERY, recoveryOf, recoveryQuery } from './recovery';
import { layersOf } from './similarity-layers';
import { similarityOf } from './similarity-networks';
import { calibratedOf, type Shown } from './similarity-null';
import { planeOf } from './similarity-plane';
import { comparedThen, thenOf } from './similarity-then';
import { between, coloursOf, infoOf } from './similarity-words';

type Chosen = {
  comparison: string;
  comparedOver: string;
  score: string;
  layersOf: string;
  similarities: string;
  source: string;
  seed: number;
  rdmOf: string;
  rdmOrder: string[];
  contours: string;
  model: string;
  recoveredIn: string;
};

/** The controls of what is of one replicate stand over that. */
const RDMS = 'rdms';
const SINGLE = 'RDM of single stimuli';
const ALONE = 'RDM of the label alone';
const CONDITIONS = 'RDM of conditions';
const MODELS = 'RSA with label RDMs';
const WITHOUT = 'RDM without some units';
const AGREEMENT = 'Agreement of measures';
const LAYERS = 'Layers of';
const ofReplicate = (name: string): boolean => [SINGLE, ALONE, CONDITIONS].includes(name);
const ofPlace = (name: string): boolean => ofReplicate(name) || name === RECOVERY;
const ofPairs = (name: string): boolean =>
  !ofReplicate(name) && ![MODELS, WITHOUT, AGREEMENT, RECOVERY].includes(name);

/** How alike networks and layers are, by any measure of pairs; and the dissimilarities of stimuli within a layer. */
export const similarityPanel: Panel<Chosen> = {
  id: 'rsa',
  title: 'Similarity',
  follows: ['layer', 'checkpoint'],
  ofReplicate: true,
  choices: {
    comparison: {
      initial: '',
      label: 'Compared by',
      changes: ofPairs,
      options: (_, { results }) => {
        // Some measures stand there twice: as of every experiment, and with the null that this one asks for.
        const all = measuresOf(results).map((value) => ({
          value,
          label: `${infoOf(results, value).title}${hasNull(results, value) ? ', with its null' : ''}`,
          hint: saysText(infoOf(results, value)),
          // Who asks for a null wants to see it.
          ...(hasNull(results, value) ? { byDefault: true } : {}),
        }));
        // Asked for without a null they are the same numbers.
        return all.filter(({ label }, at) => all.findIndex((other) => other.label === label) === at);
      },
    },
    comparedOver: {
      initial: 'replicates',
      label: 'Compared are',
      // It leads to other figures.
      changes: () => false,
      options: (_, view, c) => [
        ...(entryOf(view, c) === undefined ? [] : [{ value: 'replicates', label: 'replicates' }]),
        ...(entriesOf(view, c).some(({ layer }) => layer === bestPair)
          ? [{ value: bestPair, label: 'replicates at their best pair of layers' }]
          : []),
        ...(measuresOf(view.results).length === 0
          ? []
          : [{ value: 'layers', label: 'layers of a replicate' }]),
      ],
    },
    score: {
      initial: 'score',
      label: 'Shown',
      changes: ofPairs,
      options: (_, view, c) =>
        !(overLayers(view, c) ? hasNull(view.results, c.comparison) : entryOf(view, c)?.null)
          ? []
          : [
              { value: 'score', label: 'scores' },
              {
                value: 'calibrated',
                label: 'calibrated by their null',
                hint: saysText(infoOf(view.results, besideName(c.comparison, 'calibrated'))),
              },
            ],
    },
    layersOf: {
      initial: 'mean',
      label: 'Layers of',
      changes: (name) => name.startsWith(LAYERS),
      options: (_, view, c) =>
        overLayers(view, c)
          ? [
              ...(view.results.networks.some((network) => doneReplicates(network).length > 1)
                ? [{ value: 'mean', label: 'mean over replicates' }]
                : []),
              { value: 'replicate', label: replicateWord(view.results, view.replicate) },
            ]
          : [],
    },
    similarities: {
      initial: 'full',
      label: 'Colour range',
      changes: (name) => ofPairs(name) && !name.startsWith(LAYERS),
      options: (_, view, c) => {
        const entry = entryOf(view, c);
        if (entry === undefined || overLayers(view, c)) return [];
        const { info, entry: shown } = shownOf(entry, view, c);
        const [whole, narrow] = [coloursOf(info).choice, coloursOf(info, between(shown)).choice];
        return narrow === whole
          ? []
          : [
              { value: 'full', label: whole },
              { value: 'fitted', label: narrow },
            ];
      },
    },
    source: { ...replicateChoices.source, bar: RDMS, changes: ofPlace },
    seed: { ...replicateChoices.seed, bar: RDMS, changes: ofPlace },
    rdmOf: {
      initial: 'replicate',
      label: 'RDMs of',
      bar: RDMS,
      changes: ofReplicate,
      options: (answers, view) => {
        const { offers, replicate } = view;
        const finished = offers.filter((one) => isPeer(one, replicate));
        return replicateIn(answers, view, 'rdm') === null || finished.length < 2
          ? []
          : [
              { value: 'replicate', label: replicateTitle(view.results, replicate) },
              { value: 'mean', label: `mean over ${finished.length} replicates` },
            ];
      },
    },
    rdmOrder: {
      initial: [],
      label: 'Order RDMs by',
      bar: RDMS,
      changes: (name) => name === SINGLE || name === ALONE,
      options: (answers, view) => ordersOf(replicateIn(answers, view, 'rdm')),
    },
    contours: {
      initial: '',
      label: 'Outline',
      bar: RDMS,
      changes: ofReplicate,
      options: (answers, view) => contourOptions(replicateIn(answers, view, 'rdm')?.columns ?? []),
    },
    model: {
      initial: '',
      label: 'Label RDM',
      bar: RDMS,
      changes: (name) => name === ALONE,
      options: (answers, view, { rdmOrder }) =>
        (replicateIn(answers, view, 'rdm')?.stimuli.models ?? []).map(({ label }) => ({
          value: label,
          label,
          byDefault: label === rdmOrder[0],
        })),
    },
    recoveredIn: {
      initial: '',
      label: 'Recovered in',
      bar: RECOVERY,
      changes: (name) => name === RECOVERY,
      options: (_, view) => recoveredIn(view),
    },
  },
  wants(answers, view, c) {
    const shown = replicateIn(answers, view, 'rdm');
    const entry = entryOf(view, c);
    const then = entry === undefined || overLayers(view, c) ? null : thenOf(entry, view, shown);
    const mean = shown !== null && isMean(shown, view, c);
    const recovered = shown === null ? null : recoveryQuery(view, shown, c.recoveredIn);
    return [
      ...replicateQueries(view, 'rdm'),
      ...(mean ? peerQueries(view, shown.newest) : []),
      // Their colours are those of the newest.
      ...(mean && !shown.newest ? peerQueries(view, true) : []),
      ...(then === null ? [] : [then.query]),
      ...(recovered === null ? [] : [recovered]),
    ];
  },
  draw(answers, view, c, hands) {
    const shown = replicateIn(answers, view, 'rdm');
    const models = modelsOf(view.results, view.layer);
    const without = withoutUnitsOf(view.results, view.replicate.source, view.layer);
    const beside = [
      ...(models === null ? [] : [figure(MODELS, models)]),
      ...(without === null ? [] : [figure(WITHOUT, without)]),
    ];
    return [
      ...comparedBlocks(answers, view, c, shown),
      ...(shown === null
        ? [{ block: 'note', text: noReplicate(view) } as const, ...beside]
        : [...rdmBlocks(answers, view, c, shown, hands, beside), ...recoveryBlocks(answers, view, c, shown)]),
    ];
  },
};

function recoveryBlocks(answers: Answers, view: View, c: Chosen, shown: ShownReplicate): Block[] {
  const query = recoveryQuery(view, shown, c.recoveredIn);
  return query === null
    ? []
    : [{ block: 'bar', name: RECOVERY }, figure(RECOVERY, recoveryOf(answers, view, shown, query))];
}

/** Whether layers are compared, and not replicates: of one replicate alone nothing else is. */
function overLayers(view: View, c: Chosen): boolean {
  return (
    measuresOf(view.results).length > 0 && (c.comparedOver === 'layers' || entryOf(view, c) === undefined)
  );
}

/** Measures that replicates are compared by; where none are, those of layers. */
function measuresOf(results: Results): string[] {
  const ofReplicates = comparisonsOf(results).map(({ measure }) => measure);
  if (ofReplicates.length > 0) return [...new Set(ofReplicates)];
  const findings = findingsOf(results);
  return Object.entries(results.measures).flatMap(([name, { of, beside }]) =>
    of === 'pair' &&
    beside === undefined &&
    results.networks.some((network) =>
      network.layers.some((layer) => findings.others(network.name, name, layer.name).length > 0),
    )
      ? [name]
      : [],
  );
}

function hasNull({ measures }: Results, measure: string): boolean {
  return measures[besideName(measure, 'p')] !== undefined;
}

/** Whether means over the seeds of the network are shown: of a replicate that still trains there is no other. */
function isMean({ detail }: ShownReplicate, { offers }: View, { rdmOf }: Chosen): boolean {
  return rdmOf === 'mean' && offerOf(offers, detail)?.until === undefined;
}

function comparedBlocks(answers: Answers, view: View, c: Chosen, shown: ShownReplicate | null): Block[] {
  const { results, layer } = view;
  const entry = entryOf(view, c);
  if (overLayers(view, c)) {
    const why: Block[] = entry === undefined ? [{ block: 'note', text: whyNoSimilarity(results) }] : [];
    return [...why, ...layerBlocks(view, c)];
  }
  if (entry === undefined) return [{ block: 'note', text: whyNoSimilarity(results) }];
  const own = shownOf(entry, view, c);
  const { info } = own;
  const says: Block = { block: 'says', measures: [info], of: ofPairs };
  const colours = c.similarities === 'fitted' ? coloursOf(info, between(own.entry)) : coloursOf(info);
  const then = comparedThen(entry, thenOf(entry, view, shown), answers);
  const shownThen = shownOf(then.entry, view, c);
  const { matrix, groups } = similarityOf(shownThen, layer, results, colours);
  const agreement = agreementOf(results, entry.layer);
  const missed =
    c.score === 'calibrated' && entry.null !== undefined && then.entry.null === undefined
      ? [
          {
            block: 'note',
            text: 'Scores are not calibrated here: the null of this measure takes too long while one looks.',
          } as const,
        ]
      : [];
  return [
    says,
    ...(then.note === null ? [] : [{ block: 'note', text: then.note, spoken: true } as const]),
    ...missed,
    {
      block: 'row',
      as: 'networks',
      of: [
        figure('Similarity of networks', matrix),
        figure('Mean similarity of pairs of networks', groups),
        figure('Replicates on a plane', planeOf(then.entry, infoOf(results, entry.measure))),
      ],
    },
    ...(agreement === null ? [] : [figure(AGREEMENT, agreement)]),
  ];
}

/** The layers of a replicate with each other, a figure a network. */
function layerBlocks({ results, replicate: { point, seed } }: View, c: Chosen): Block[] {
  const isNulled = hasNull(results, c.comparison);
  const isCalibrated = isNulled && c.score === 'calibrated';
  const measure = isCalibrated ? besideName(c.comparison, 'calibrated') : c.comparison;
  const info = { ...infoOf(results, measure), ...(isCalibrated ? { itself: 1 } : {}) };
  const wish = {
    measure,
    p: isNulled ? besideName(c.comparison, 'p') : null,
    info,
    colours: coloursOf(info),
    point,
    seed: c.layersOf === 'replicate' ? seed : null,
  };
  const figures = results.networks.map((network) =>
    figure(`${LAYERS} ${network.name}`, layersOf(results, network, wish)),
  );
  return [
    { block: 'says', measures: [info], of: ofPairs },
    { block: 'row', as: 'pair', of: figures },
  ];
}

/** @param beside stands beside the RDM of conditions */
function rdmBlocks(
  answers: Answers,
  view: View,
  c: Chosen,
  shown: ShownReplicate,
  { choose }: Hands,
  beside: Block[],
): Block[] {
  const come = (queries: Query<'replicate'>[]) => queries.flatMap((query) => answers.of(query) ?? []);
  const mean = isMean(shown, view, c)
    ? meanOverSeeds(shown, come(peerQueries(view, shown.newest)), come(peerQueries(view, true)))
    : null;
  const byTree = c.rdmOrder[0] === LIKENESS;
  const { single, conditions, label } = rdmsOf(mean ?? shown, {
    byTree,
    keys: byTree
      ? []
      : c.rdmOrder.flatMap((name) => shown.columns.find((column) => column.name === name) ?? []),
    contours: c.contours,
    columns: shown.columns,
    selected: selectedOf(view.selected, shown.stimuli.count),
    alone: shown.stimuli.models?.find((one) => one.label === c.model),
    hazards: shown.newest
      ? hazardsAt(view.results.hazards, 'rdms', { network: view.replicate.source, layer: shown.layer.name })
      : [],
    pick: (selected) => choose({ selected: [...selected] }),
  });
  const pairs = [...(conditions === null ? [] : [figure(CONDITIONS, conditions)]), ...beside];
  return [
    { block: 'bar', name: RDMS },
    {
      block: 'row',
      as: 'pair',
      of: [figure(SINGLE, single), ...(label === null ? [] : [figure(ALONE, label)])],
    },
    { block: 'row', as: 'pair', of: pairs.slice(0, 2) },
    ...pairs.slice(2),
  ];
}

/** No label: stimuli stay as their table has them. */
const TABLE = '(table)';
/** No label: orders RDMs by their trees. */
const LIKENESS = '(likeness)';

/** More tasks than these would make blocks too small to be named. */
const MOST_TASKS = 3;

/** The labels that stimuli can be ordered by, by default all tasks; and how alike they are. */
function ordersOf(shown: ShownReplicate | null): Option[] {
  const columns = shown?.columns ?? [];
  const tasks = columns.filter(({ source }) => source === 'task');
  const byDefault =
    tasks.length > 0
      ? tasks.slice(0, MOST_TASKS)
      : columns.filter(({ classes }) => classes !== null).slice(0, 1);
  const { singleTree, conditionTree } = shown?.layer.rdm ?? {};
  const likeness = { value: LIKENESS, label: 'likeness', hint: 'Neighbours are as near as a tree allows' };
  return [
    ...columns.map((column) => ({
      value: column.name,
      label: column.name,
      byDefault: byDefault.includes(column),
    })),
    ...(shown?.stimuli.table
      ? [
          {
            value: TABLE,
            label: 'table',
            hint: 'As the rows of the table of stimuli',
            byDefault: byDefault.length === 0,
          },
        ]
      : []),
    ...(singleTree === undefined && conditionTree === undefined ? [] : [likeness]),
  ];
}

function whyNoSimilarity({ networks }: Results): string {
  const replicates = networks.flatMap((network) => network.replicates);
  const done = replicates.filter(({ status }) => status === 'done').length;
  return replicates.length < 2
    ? 'There is one replicate only: no other to compare it with.'
    : done === replicates.length
      ? 'All replicates have ended, and are being compared.'
      : `Networks are compared when all replicates have ended: ${grouped(done)} of ${grouped(replicates.length)} have results so far.`;
}

/** By the measure that is chosen: one for each layer that was compared. */
function entriesOf({ results }: View, { comparison }: Pick<Chosen, 'comparison'>): PairResults[] {
  return comparisonsOf(results).filter(({ measure }) => measure === comparison);
}

/** Of these the one at the best pair of layers where that is chosen; of the chosen layer where results have it. */
function entryOf(view: View, c: Pick<Chosen, 'comparison' | 'comparedOver'>): PairResults | undefined {
  const all = entriesOf(view, c);
  const best = all.find(({ layer }) => layer === bestPair);
  if (c.comparedOver === bestPair && best !== undefined) return best;
  const others = all.filter((entry) => entry !== best);
  return others.find(({ layer }) => layer === view.layer) ?? others.at(-1);
}

/** The scores, or these calibrated where that is chosen and there is a null. */
function shownOf(entry: PairResults, { results }: View, { score }: Pick<Chosen, 'score'>): Shown {
  const calibrated = score === 'calibrated' ? calibratedOf(entry, results) : null;
  return calibrated ?? { entry, info: infoOf(results, entry.measure) };
}
