import { capital } from '../../../src/formats/in-sentence';
import type { LabelRdm, UnitTree } from '../../../src/protocol/detail';
import type { Hazard } from '../../../src/protocol/results';
import { metricNames } from '../../../src/protocol/measure-names';
import { type Heatmap, heatmapChart, rangeOf, sparseTicks } from '../charts/heatmap';
import type { Tick } from '../charts/picture';
import { defined } from '../defined';
import type { FigureContent } from '../figure-content';
import { type LabelColumn, stimulusKey, stimulusName, valueName } from '../labels';
import { noValue, plural, shown as shownNumber } from '../number';
import { contoursOf } from './rdm-contours';
import { withoutPicture } from '../panel';
import type { ShownReplicate } from './one-replicate';
import type { Table } from '../table';

/** What RDMs are drawn by. */
interface Wish {
  /** Labels that order the stimuli, the first one first. */
  keys: readonly LabelColumn[];
  /** In place of labels the tree of the RDM orders it. */
  byTree: boolean;
  /** Around which cells lines run, by the name of that choice, and the labels that it may be of. */
  contours: string;
  columns: readonly LabelColumn[];
  selected: readonly number[];
  /** The label whose RDM stands beside. */
  alone: LabelRdm | undefined;
  hazards: readonly Hazard[];
  /** Two stimuli were clicked. */
  pick: (stimuli: readonly number[]) => void;
}

/** The layer's RDMs, and the one of a label over the same stimuli; none of it where no patterns have a distance. */
export function rdmsOf(
  shown: ShownReplicate,
  wish: Wish,
): { single: FigureContent; conditions: FigureContent | null; label: FigureContent | null } {
  const undefinedText = whyUndefined(shown);
  if (undefinedText !== null) {
    const why = withoutPicture(`${aboutOf(shown)} ${undefinedText}`);
    return { single: why, conditions: why, label: null };
  }
  const drawn = singleMap(shown, wish);
  return {
    single: singleOf(shown, wish, drawn),
    // Of RDMs that were brought along there are none of conditions.
    conditions: shown.layer.rdm.metric === null ? null : conditionsOf(shown, wish),
    label: wish.alone === undefined ? null : labelOf(wish.alone, wish, drawn),
  };
}

/** What its distances are. */
function metricOf({ metric }: ShownReplicate['layer']['rdm']): string {
  return metric === null ? 'distance as it was brought along' : metricNames[metric];
}

function aboutOf({ name, layer: { rdm } }: ShownReplicate): string {
  return `${name}: ${metricOf(rdm)}.`;
}

/** @param last orders what keys do not */
function orderedBy({ keys, byTree }: Wish, last?: string): string {
  if (byTree) return 'likeness (average linkage, branches turned so that neighbours are as near as can be)';
  const named = keys.map(({ name }) => name).join(', then ');
  if (last === undefined) return named || 'number';
  return named === '' ? last : `${named}, then by ${last}`;
}

function compare(keys: readonly LabelColumn[], a: number, b: number): number {
  // What has no value comes last.
  const place = (values: Float32Array, at: number): number =>
    Number.isNaN(values[at] ?? NaN) ? Infinity : (values[at] ?? 0);
  for (const { values } of keys) {
    const [first, second] = [place(values, a), place(values, b)];
    if (first !== second) return first - second;
  }
  return 0;
}

/** Blocks between whose lines cells can still be seen. */
const MOST_BLOCKS = 24;

/** Those that make blocks of stimuli: after one of real numbers each stimulus is its own, and of many only the first make blocks that can be told apart. */
export function blocksOf(keys: readonly LabelColumn[], stimuli: readonly number[]): readonly LabelColumn[] {
  const real = keys.findIndex(({ classes }) => classes === null);
  let blocks = real < 0 ? keys : keys.slice(0, real);
  while (bordersOf(blocks, stimuli).length >= MOST_BLOCKS) blocks = blocks.slice(0, -1);
  return blocks;
}

/** Where the stimuli of a picture are followed by others. */
function bordersOf(keys: readonly LabelColumn[], stimuli: readonly number[]): number[] {
  return stimuli.flatMap((stimulus, i) => {
    const before = stimuli[i - 1];
    return before !== undefined && compare(keys, before, stimulus) !== 0 ? [i] : [];
  });
}

/** Why a picture of these is empty, or nothing. */
function missingText({ layer: { missing } }: ShownReplicate, picture: string): string {
  return missing[picture] === undefined ? '' : ` ${missing[picture]}`;
}

function conditionsOf(shown: ShownReplicate, wish: Wish): FigureContent {
  const { keys, pick } = wish;
  const { rdm } = shown.layer;
  const { names, of, counts } = shown.stimuli.conditions;
  const { colours, coloursText } = coloursOf(shown);
  const ordered = orderedBy(wish);
  // A condition stands where its first stimulus stands; where the label varies within a condition, by that stimulus.
  const firstOf = names.map((_, condition) => of.indexOf(condition));
  const tree = wish.byTree ? rdm.conditionTree : undefined;
  const sorted =
    orderOf(tree) ??
    names.map((_, at) => at).sort((a, b) => compare(keys, firstOf[a] ?? 0, firstOf[b] ?? 0) || a - b);
  const first = sorted.map((at) => firstOf[at] ?? 0);
  const borders = bordersOf(blocksOf(keys, first), first);
  const values = matrixOf(rdm.conditions, names.length, sorted);
  const contours = contoursOf(wish.contours, values, first, wish.columns);
  const ticks =
    names.length > 20
      ? blockTicks(first, borders, keys, (at) => names[sorted[at] ?? 0] ?? '')
      : sorted.map((at) => names[at] ?? '');
  const within = (condition: number | undefined): number[] =>
    Array.from(of.keys()).filter((stimulus) => of[stimulus] === condition);
  const map: Heatmap = {
    values,
    range: colours,
    diverging: false,
    measure: capital(metricOf(rdm)),
    columns: { names: ticks, borders },
    pair: (row, column) => `${names[sorted[row] ?? 0] ?? ''} – ${names[sorted[column] ?? 0] ?? ''}`,
    why: () => noValue(shown.layer.missing['rdm.conditions']),
    ...defined({ tree, outlined: contours?.outlined }),
  };
  return {
    of: shown.name,
    chart: heatmapChart(map, (column, row) =>
      pick([...new Set([...within(sorted[row]), ...within(sorted[column])])]),
    ),
    description: `${plural(names.length, 'condition')}, ordered by ${ordered}.`,
    caption: `${aboutOf(shown)} Between condition means, of ${range(counts)} each; ordered by ${ordered}. A click on a cell selects the stimuli of both conditions.${contours?.text ?? ''}${coloursText}${missingText(shown, 'rdm.conditions')}`,
    table: matrixTable(
      'condition',
      sorted.map((at) => names[at] ?? ''),
      values,
    ),
  };
}

function orderOf(tree: UnitTree | undefined): number[] | undefined {
  return tree && Array.from(tree.order);
}

/** The map of single stimuli, and what its rows are. */
interface SingleMap {
  map: Heatmap;
  /** What a caption says of its contours. */
  contoursText: string;
  /** The places of its rows among the stimuli that the RDM is over. */
  order: number[];
  /** The stimuli of its rows. */
  rows: number[];
  names: string[];
}

function singleMap(shown: ShownReplicate, { keys, byTree, selected, contours, columns }: Wish): SingleMap {
  const { rdm } = shown.layer;
  const stimuli = Array.from(rdm.stimuli);
  const tree = byTree ? rdm.singleTree : undefined;
  // Those of a table as it has them; others come by condition.
  const place = (at: number): number => shown.stimuli.table?.rows[stimuli[at] ?? 0] ?? at;
  const order =
    orderOf(tree) ??
    stimuli
      .map((_, at) => at)
      .sort((a, b) => compare(keys, stimuli[a] ?? 0, stimuli[b] ?? 0) || place(a) - place(b));
  const rows = order.map((at) => stimuli[at] ?? 0);
  const borders = bordersOf(blocksOf(keys, rows), rows);
  const names = rows.map((stimulus) => stimulusName(shown.stimuli, stimulus));
  const values = matrixOf(rdm.single, stimuli.length, order);
  const around = contoursOf(contours, values, rows, columns);
  const map: Heatmap = {
    values,
    range: coloursOf(shown).colours,
    diverging: false,
    measure: capital(metricOf(rdm)),
    columns: {
      names: blockTicks(rows, borders, keys, (at) => String(stimulusKey(shown.stimuli, rows[at] ?? 0))),
      borders,
    },
    pair: (row, column) => `${names[row] ?? ''} – ${names[column] ?? ''}`,
    why: () => noValue(shown.layer.missing['rdm.single']),
    ...defined({ tree, outlined: around?.outlined }),
    pointed: rows.flatMap((stimulus, at) => (selected.includes(stimulus) ? [at] : [])),
  };
  return { map, contoursText: around?.text ?? '', order, rows, names };
}

/** A click on a cell selects its two stimuli. */
function picked({ pick }: Wish, { rows }: SingleMap): (column: number, row: number) => void {
  return (column, row) =>
    pick([...new Set([rows[row], rows[column]])].filter((stimulus) => stimulus !== undefined));
}

function singleOf(shown: ShownReplicate, wish: Wish, drawn: SingleMap): FigureContent {
  const { selected, hazards } = wish;
  const { map, rows, names, contoursText } = drawn;
  const ordered = orderedBy(wish, shown.stimuli.table ? 'the rows of their table' : 'condition');
  const all = shown.stimuli.count;
  const part =
    rows.length < all
      ? `${rows.length} of ${all.toLocaleString('en')} test stimuli`
      : `all ${rows.length} test stimuli`;
  return {
    of: shown.name,
    hazards,
    chart: heatmapChart(map, picked(wish, drawn)),
    description: `${plural(rows.length, 'stimulus', 'stimuli')}, ordered by ${ordered}.`,
    caption: `${aboutOf(shown)} Between ${part}; ordered by ${ordered}. A click on a cell selects its two stimuli.${selected.length > 0 ? ` Triangles: selected stimuli (${map.pointed?.length ?? 0} of ${selected.length} are among these).` : ''}${contoursText}${coloursOf(shown).coloursText}${missingText(shown, 'rdm.single')}`,
    table: matrixTable('stimulus', names, map.values),
  };
}

function labelOf(alone: LabelRdm, wish: Wish, drawn: SingleMap): FigureContent {
  const { map, order, names, contoursText } = drawn;
  const values = matrixOf(alone.single, order.length, order);
  return {
    chart: heatmapChart(
      { ...map, values, range: [0, rangeOf(values)[1]], measure: `Distance by ${alone.label}` },
      picked(wish, drawn),
    ),
    description: `${plural(names.length, 'stimulus', 'stimuli')}, ordered by ${orderedBy(wish)}.`,
    caption: `The RDM that a representation of nothing but ${alone.label} would have, over the same stimuli in the same order.${contoursText === '' ? '' : `${contoursText} As in the RDM of the layer.`}`,
    table: matrixTable('stimulus', names, values),
  };
}

/** Why no two patterns of a layer have a distance, and what would work; null where some have. */
function whyUndefined({ layer: { rdm, units, missing } }: ShownReplicate): string | null {
  const isUndefined = (matrix: Float32Array): boolean => {
    const size = Math.sqrt(matrix.length);
    return matrix.every((value, at) => Number.isNaN(value) || at % (size + 1) === 0);
  };
  if (!isUndefined(rdm.conditions) || !isUndefined(rdm.single)) return null;
  const reason =
    units === 1
      ? `A pattern of one unit has no ${metricOf(rdm)}.`
      : (missing['rdm.single'] ?? missing['rdm.conditions'] ?? `No two patterns have a ${metricOf(rdm)}.`);
  return `${reason} "metric": "euclidean" under analyses › rdm is defined for every layer.`;
}

/** Both RDMs of a layer in the same colours, whichever checkpoint is shown: from 0 to the largest distance at the final one. */
function coloursOf({ layer, final }: ShownReplicate): { colours: [number, number]; coloursText: string } {
  const { conditions, single } = (final ?? layer).rdm;
  const [, largest] = rangeOf([Array.from(conditions), Array.from(single)]);
  const when = final === undefined ? '' : ' at the final checkpoint';
  return {
    colours: [0, largest],
    coloursText: ` Colours: 0 to ${shownNumber(largest)}, the largest distance${layer.rdm.metric === null ? '' : ' of both RDMs'}${when}.`,
  };
}

function matrixOf(matrix: Float32Array, size: number, order: readonly number[]): (number | null)[][] {
  return order.map((row) =>
    order.map((column) => {
      const value = matrix[row * size + column] ?? NaN;
      return Number.isNaN(value) ? null : value;
    }),
  );
}

/** One tick in the middle of each block of stimuli with the same value; without values some of their names. */
function blockTicks(
  stimuli: readonly number[],
  borders: readonly number[],
  keys: readonly LabelColumn[],
  nameOf: (at: number) => string,
): Tick[] {
  const blocks = blocksOf(keys, stimuli);
  const [first] = keys;
  if (first === undefined) return sparseTicks(stimuli.length, nameOf);
  if (blocks.length === 0)
    return sparseTicks(stimuli.length, (at) => `${first.name}: ${valueName(first, stimuli[at] ?? 0)}`);
  const starts = [0, ...borders];
  return starts.map((start, at) => ({
    at: (start + (starts[at + 1] ?? stimuli.length) - 1) / 2,
    name: blocks.map((by) => `${by.name}: ${valueName(by, stimuli[start] ?? 0)}`).join(' · '),
  }));
}

function matrixTable(kind: string, names: string[], values: (number | null)[][]): Table {
  return { columns: [kind, ...names], rows: names.map((name, at) => [name, ...(values[at] ?? [])]) };
}

function range(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return `${low === high ? '' : `${low} to `}${plural(high, 'stimulus', 'stimuli')}`;
}
