import type { LayerDetail, UnitTree } from '../../../src/protocol/detail';
import type { Value } from '../../../src/protocol/results';
import { findingsOf } from '../../../src/analysis/findings';
import { type Heatmap, heatmapChart, rangeOf, sparseTicks } from '../charts/heatmap';
import type { Change } from '../choices';
import type { FigureContent } from '../figure-content';
import { plural, shown as shownNumber } from '../number';
import { type Answers, figure, type Option, type Panel, type View, withoutPicture } from '../panel';
import { measuresNamed } from '../says';
import { hazardsAt } from './hazard-places';
import {
  noReplicate,
  replicateIn,
  replicateQueries,
  type ShownReplicate,
  unitOf,
  unitQuery,
} from './one-replicate';
import { spreadOf } from './unit-spread';
import { colourReach, directedName, distinct, type Row, rowsOf } from './unit-rows';
import { UNIT } from './pca';
import { whySilent } from './silent-layer';
import type { Cell } from '../cell';
import type { Table } from '../table';
import { own } from '../../../src/protocol/own';
import { rdmsAlone } from '../../../src/protocol/recorded';
import { defined } from '../defined';

/** `range` null: colours reach as far as the values. */
const statistics = [
  { value: 'dprime', label: 'd′', measure: 'd′', range: null },
  { value: 'auroc', label: 'AUROC', measure: 'AUROC', range: [0, 1] },
  { value: 'correlation', label: 'Point-biserial r', measure: 'Correlation r', range: [-1, 1] },
  {
    value: 'classSelectivity',
    label: 'Class selectivity',
    measure: 'Class-selectivity index',
    range: [0, 1],
  },
] as const;

/** An order of units: by the tree of their mean activations. */
const BY_MEANS = 'by means';
const TREE_NOTE =
  'Trees: average linkage on Euclidean distances of mean activations, their branches turned so that neighbours are as near as can be (Bar-Joseph and others 2001).';

const SELECTIVITY = 'Selectivity of units';
const MEANS = 'Mean activation by condition';
const ofAllUnits = (name: string): boolean => [SELECTIVITY, MEANS].includes(name);

type Chosen = {
  statistic: string;
  unitOrder: string;
  unit: number;
};

/** What single units prefer. */
export const unitsPanel: Panel<Chosen> = {
  id: 'units',
  title: 'Units',
  follows: ['replicate', 'layer', 'checkpoint'],
  ofReplicate: true,
  offered: ({ results }) => !rdmsAlone(results),
  choices: {
    statistic: {
      initial: 'dprime',
      label: 'Statistic',
      changes: ofAllUnits,
      options: (answers, view) => {
        const shown = varying(answers, view);
        return shown === null ? [] : offeredIn(shown).map(({ value, label }) => ({ value, label }));
      },
    },
    unitOrder: {
      initial: 'clustered',
      label: 'Order of units',
      changes: ofAllUnits,
      options: (answers, view, { statistic }) => {
        const shown = varying(answers, view);
        return shown === null ? [] : ordersOf(shown, statistic);
      },
    },
    unit: {
      initial: -1,
      label: 'Unit',
      options: (answers, view) => {
        const shown = varying(answers, view);
        if (shown === null) return [];
        const { layer } = shown;
        const strongest = unitOf(shown, -1);
        return Array.from({ length: layer.units }, (_, at) => ({
          value: at,
          label: `${at}${stateOf(layer, at)}`,
          byDefault: at === strongest,
        }));
      },
    },
  },
  actions: [
    {
      label: '◀',
      hint: 'Previous unit in this order',
      change: (...at) => stepped(-1, ...at),
      offered: varies,
    },
    { label: '▶', hint: 'Next unit in this order', change: (...at) => stepped(1, ...at), offered: varies },
    {
      label: 'Colour the PCA by it',
      isFor: () => false,
      change: () => ({ colour: UNIT, tab: 'pca' }),
      offered: (answers, view) => varies(answers, view) && view.capabilities.units === true,
    },
  ],
  wants(answers, view, { unit }) {
    const shown = replicateIn(answers, view, 'units');
    return [
      ...replicateQueries(view, 'units'),
      ...(shown === null || shown.layer.units === 0 || view.capabilities.units !== true
        ? []
        : [unitQuery(shown, unit)]),
    ];
  },
  draw(answers, view, c, { choose }) {
    const shown = replicateIn(answers, view, 'units');
    if (shown === null) return [{ block: 'note', text: noReplicate(view) }];
    const silence = whySilent(shown.layer);
    if (silence !== null) return [figure(SELECTIVITY, withoutPicture(`${shown.name}. ${silence}`))];
    const units = orderedUnits(shown, c);
    const pick = (column: number): void => {
      const at = units[column];
      if (at !== undefined) choose({ unit: at });
    };
    const values = answers.of(unitQuery(shown, c.unit));
    return [
      figure(SELECTIVITY, selectivity(view, shown, c, units, pick)),
      ...(values === undefined
        ? []
        : [figure('Activation of the chosen unit', spreadOf(shown, c.unit, values, view.selected))]),
      ...(offeredIn(shown).length === 0
        ? []
        : [figure('Statistics of the chosen unit', statisticsOf(shown, c.unit))]),
      figure(MEANS, means(shown, c, units, pick)),
    ];
  },
};

/** Whether there are units of which something can be said. */
function varies(answers: Answers, view: View): boolean {
  return varying(answers, view) !== null;
}

function varying(answers: Answers, view: View): ShownReplicate | null {
  const shown = replicateIn(answers, view, 'units');
  return shown === null || whySilent(shown.layer) !== null ? null : shown;
}

/** The statistics that are defined for some label. */
function offeredIn({ layer, columns }: ShownReplicate): (typeof statistics)[number][] {
  return statistics.filter(({ value }) => rowsOf(layer, value, columns).length > 0);
}

function statisticOf(value: string): (typeof statistics)[number] {
  return statistics.find((one) => one.value === value) ?? statistics[0];
}

function stepped(by: number, answers: Answers, view: View, c: Chosen): Change | null {
  const shown = replicateIn(answers, view, 'units');
  const units = shown === null ? [] : orderedUnits(shown, c);
  const next = units[units.indexOf(c.unit) + by];
  return next === undefined ? null : { unit: next };
}

function ordersOf(shown: ShownReplicate, statistic: string): Option[] {
  const { layer, columns } = shown;
  const rows = distinct(rowsOf(layer, statisticOf(statistic).value, columns));
  return [
    ...(own(layer.clusters ?? {}, statistic) !== undefined
      ? [{ value: 'clustered', label: 'clustered' }]
      : []),
    ...(layer.clusters?.['conditionMeans'] !== undefined
      ? [{ value: BY_MEANS, label: 'clustered by mean activation' }]
      : []),
    { value: 'index', label: 'as in the layer' },
    ...rows.map(({ name }) => ({ value: `by ${name}`, label: `by ${name}` })),
    ...meansOrders(shown).map(({ value, label }) => ({ value, label })),
  ];
}

/** The trees that units are ordered by. */
function treesOf({ layer }: ShownReplicate, { statistic, unitOrder }: Chosen) {
  return {
    tree: unitOrder === 'clustered' ? own(layer.clusters ?? {}, statistic) : undefined,
    meansTree: unitOrder === BY_MEANS ? layer.clusters?.['conditionMeans'] : undefined,
  };
}

function orderedUnits(shown: ShownReplicate, c: Chosen): number[] {
  const { layer, columns } = shown;
  const { tree, meansTree } = treesOf(shown, c);
  const rows = distinct(rowsOf(layer, statisticOf(c.statistic).value, columns));
  return orderUnits(
    layer,
    rows.find(({ name }) => c.unitOrder === `by ${name}`)?.values ??
      meansOrders(shown).find(({ value }) => value === c.unitOrder)?.values,
    tree ?? meansTree,
  );
}

function selectivity(
  view: View,
  shown: ShownReplicate,
  c: Chosen,
  units: readonly number[],
  pick: (column: number) => void,
): FigureContent {
  const { layer, columns } = shown;
  const chosen = statisticOf(c.statistic);
  const offered = offeredIn(shown);
  const wanted = statisticOf(String(view.wished['statistic']));
  const undefinedText = chosen === wanted && offered.length > 0 ? '' : whyNone(view, wanted);
  if (offered.length === 0) return withoutPicture(`${shown.name}. ${undefinedText}`);
  const all = rowsOf(layer, chosen.value, columns);
  const rows = distinct(all);
  const { tree } = treesOf(shown, c);
  const silent = silentUnits(layer);
  const map = {
    ...unitMap(rows, units, shown, chosen),
    framed: units.indexOf(c.unit),
    ...defined({ tree }),
  };
  return {
    of: shown.name,
    chart: heatmapChart(map, pick),
    description: `${plural(layer.units, 'unit')} by ${plural(rows.length, 'label')}; ${silent}.`,
    caption:
      `${shown.name}. ${undefinedText}${chosen.label} of each unit on the test stimuli; ${silent}${layer.constantUnits.length > 0 ? ': grey and crossed, at the right' : ''}. ` +
      (tree === undefined
        ? ''
        : 'Tree: average linkage on the Euclidean distances of the columns, its branches turned so that neighbours are as near as can be. ') +
      perfectText(rows) +
      (layer.missing['clusters'] === undefined ? '' : `No tree of units: ${layer.missing['clusters']} `) +
      nullText(rows, chosen) +
      (shown.newest
        ? ''
        : ' p-values are computed at the final checkpoint only. Colours: the range of the final checkpoint.') +
      ' Choose a unit by click or by the list above.',
    table: unitTable(all, units, layer),
    says: measuresNamed(view.results, 'selectivity'),
    hazards: shown.newest
      ? hazardsAt(view.results.hazards, 'units', { network: view.replicate.source, layer: layer.name })
      : [],
  };
}

function statisticsOf(shown: ShownReplicate, unit: number): FigureContent {
  return {
    of: shown.name,
    chart: null,
    description: '',
    caption: `Unit ${unit} of ${shown.name}${stateOf(shown.layer, unit)}. p: two-sided permutation test of this unit alone${floorText(shown.layer)}.`,
    table: oneUnit(shown, unit),
  };
}

function means(
  shown: ShownReplicate,
  c: Chosen,
  units: readonly number[],
  pick: (column: number) => void,
): FigureContent {
  const { layer } = shown;
  const { meansTree } = treesOf(shown, c);
  const conditions = layer.conditionTree?.order ?? shown.stimuli.conditions.names.keys();
  const map = {
    ...conditionMap(shown, units, [...conditions]),
    framed: units.indexOf(c.unit),
    ...defined({ tree: meansTree, rowTree: layer.conditionTree }),
  };
  return {
    of: shown.name,
    chart: heatmapChart(map, pick),
    description: `${plural(map.values.length, 'condition')} by ${plural(layer.units, 'unit')}.`,
    caption: `${shown.name}. Mean activation over the test stimuli of each condition; units in the order above.${shown.newest ? '' : ' Colours: the range of the final checkpoint.'}${meansTree === undefined && layer.conditionTree === undefined ? '' : ` ${TREE_NOTE}`}`,
    table: {
      columns: ['unit', ...map.rows.names],
      rows: units.map((at, column) => [at, ...map.values.map((row) => row[column] ?? null)]),
    },
  };
}

/** Why no label has a statistic here, in the words of the first that has not. */
function whyNone(
  { results, replicate, layer }: View,
  { value, label: name }: (typeof statistics)[number],
): string {
  const findings = findingsOf(results);
  const measure = `maximum.${value}`;
  const reasons = findings
    .labels(replicate.source, measure, layer)
    .flatMap((label) => findings.at(replicate, measure, { site: layer, label })?.why ?? []);
  return `${name} is undefined here for every label. ${reasons[0] === undefined ? '' : `${reasons[0]} `}`;
}

/** Of which values a difference is, where it is the same for all rows that do not name theirs. */
function between(rows: readonly Row[]): string {
  const plain = new Set(
    rows.flatMap((row) => {
      if (row.direction.endsWith('− rest')) return ['value − rest'];
      return directedName(row) === row.name && row.column?.source === 'task' ? [row.direction] : [];
    }),
  );
  const [only] = plain;
  return plain.size === 1 && only !== undefined ? ` (${only})` : '';
}

/** How many units say nothing. Only where activations cannot be negative does 0 mean that a unit is dead. */
function silentUnits(layer: LayerDetail): string {
  const { deadUnits, constantUnits } = layer;
  const others = constantUnits.length - deadUnits.length;
  return isSigned(layer)
    ? plural(constantUnits.length, 'constant unit')
    : `${plural(deadUnits.length, 'dead unit')} (0 for every stimulus), ${plural(others, 'other constant unit')}`;
}

function isSigned({ conditionMeans }: LayerDetail): boolean {
  return conditionMeans.some((mean) => mean < 0);
}

function stateOf(layer: LayerDetail, unit: number): string {
  if (layer.deadUnits.includes(unit) && !isSigned(layer)) return ' (dead)';
  return layer.constantUnits.includes(unit) ? ' (constant)' : '';
}

/** More conditions than this would make the list of orders too long. */
const MOST_CONDITIONS = 16;

/** Orders by the mean activation in one condition. */
function meansOrders({ layer, stimuli }: ShownReplicate) {
  const { names } = stimuli.conditions;
  if (names.length > MOST_CONDITIONS) return [];
  return names.map((name, condition) => ({
    value: `mean ${name}`,
    label: `by mean in ${name}`,
    values: Array.from(
      { length: layer.units },
      (_, at) => layer.conditionMeans[condition * layer.units + at] ?? null,
    ),
  }));
}

/**
 * Units in order; constant ones always last.
 *
 * @param by values to sort by, the largest first
 * @param tree whose order is taken where there are no such values
 */
function orderUnits(
  layer: LayerDetail,
  by: readonly Value[] | undefined,
  tree: UnitTree | undefined,
): number[] {
  const alive = Array.from({ length: layer.units }, (_, at) => at).filter(
    (at) => !layer.constantUnits.includes(at),
  );
  const rest = [...layer.constantUnits].sort((a, b) => a - b);
  if (by !== undefined) alive.sort((a, b) => (by[b] ?? -Infinity) - (by[a] ?? -Infinity) || a - b);
  else if (tree !== undefined) return [...tree.order, ...rest];
  return [...alive, ...rest];
}

function unitMap(
  rows: readonly Row[],
  units: readonly number[],
  { layer, final, columns }: ShownReplicate,
  statistic: (typeof statistics)[number],
): Heatmap {
  const values = rows.map((row) => units.map((at) => row.values[at] ?? null));
  const reach = colourReach(final === undefined ? rows : rowsOf(final, statistic.value, columns));
  const names = rows.map(statistic.value === 'classSelectivity' ? ({ name }) => name : directedName);
  const constant = layer.constantUnits.length;
  return {
    values,
    range: statistic.range ?? [-reach, reach],
    diverging: statistic.value !== 'classSelectivity',
    measure: statistic.value === 'dprime' ? `d′${between(rows)}` : statistic.measure,
    columns: unitSide('Unit (in the chosen order)', units, layer),
    rows: { names },
    pair: (row, column) =>
      `unit ${units[column] ?? ''}${stateOf(layer, units[column] ?? -1)}, ${names[row] ?? ''}`,
    ...(constant > 0 ? { note: { from: units.length - constant, text: constantText(layer) } } : {}),
  };
}

function constantText(layer: LayerDetail): string {
  if (layer.deadUnits.length === 0 || isSigned(layer)) return 'constant';
  return layer.deadUnits.length === layer.constantUnits.length ? 'dead' : 'dead or constant';
}

/** Units as columns: those that are constant stand behind a line. */
function unitSide(
  title: string,
  units: readonly number[],
  { constantUnits }: LayerDetail,
): Heatmap['columns'] {
  const names = sparseTicks(units.length, (at) => String(units[at] ?? ''));
  return { title, names, borders: constantUnits.length > 0 ? [units.length - constantUnits.length] : [] };
}

/** @param conditions in the order of rows */
function conditionMap(
  shown: ShownReplicate,
  units: readonly number[],
  conditions: readonly number[],
): Heatmap & { rows: { names: string[] } } {
  const { conditionMeans, units: count } = shown.layer;
  const values = conditions.map((condition) =>
    units.map((at) => conditionMeans[condition * count + at] ?? null),
  );
  const names = conditions.map((condition) => shown.stimuli.conditions.names[condition] ?? '');
  const range = rangeOf([Array.from((shown.final ?? shown.layer).conditionMeans)]);
  // Leaky units go a little below zero: that is no reason to spend half of the colours on it.
  const signed = range[0] < -0.1 * Math.max(0, range[1]);
  return {
    values,
    range: signed ? rangeOf([range], 0) : [Math.min(0, range[0]), range[1]],
    diverging: signed,
    measure: 'Mean activation',
    columns: unitSide('Unit (in the order above)', units, shown.layer),
    rows: { names },
    pair: (row, column) => `unit ${units[column] ?? ''}, ${names[row] ?? ''}`,
  };
}

/** What ∞ stands for, where it is seen. */
function perfectText(rows: readonly Row[]): string {
  const perfect = rows.some(({ values }) => values.some((value) => Math.abs(value ?? 0) === Infinity));
  return perfect ? '∞: perfect, the classes differ and have no spread. ' : '';
}

function nullText(rows: readonly Row[], { value, label: name }: (typeof statistics)[number]): string {
  const parts = rows
    .filter((row, at) => rows.findIndex(({ label }) => label === row.label) === at && row.threshold !== null)
    .map((row) => `${row.merged ?? row.label} ${shownNumber(row.threshold)}`);
  const permutations = rows[0]?.permutations;
  if (parts.length === 0 || permutations === undefined || permutations === 0) return '';
  const what = value === 'auroc' ? '|AUROC − 0.5|' : `|${name}|`;
  return `Family-wise 5 % threshold of ${what} over all units (max statistic, ${permutations.toLocaleString('en')} permutations): ${parts.join(', ')}.`;
}

function unitTable(rows: readonly Row[], units: readonly number[], layer: LayerDetail): Table {
  return {
    columns: ['unit', 'state', ...rows.flatMap(({ name }) => [name, `${name} p`])],
    rows: units.map((at) => [
      at,
      stateOf(layer, at).trim().replaceAll(/[()]/g, '') || 'active',
      ...rows.flatMap((row) => [row.values[at] ?? null, pOf(row, at)]),
    ]),
  };
}

function oneUnit({ layer, columns }: ShownReplicate, unit: number): Table {
  const found = statistics.flatMap((statistic) => {
    const rows = distinct(rowsOf(layer, statistic.value, columns));
    return rows.length > 0 ? [{ ...statistic, rows: new Map(rows.map((row) => [row.name, row])) }] : [];
  });
  const rows = new Map(found.flatMap((statistic) => [...statistic.rows]));
  return {
    columns: [
      'label',
      'direction',
      ...found.flatMap(({ value, measure, label }) => [
        measure,
        `p (${value === 'correlation' ? 'r' : label})`,
      ]),
    ],
    rows: [...rows].map(([name, { direction }]) => [
      name,
      direction,
      ...found.flatMap((statistic) => {
        const row = statistic.rows.get(name);
        return row === undefined ? [null, null] : [row.values[unit] ?? null, pOf(row, unit)];
      }),
    ]),
  };
}

/** The smallest p that there can be. */
function floorText(layer: LayerDetail): string {
  const permutations = rowsOf(layer, 'auroc', [])[0]?.permutations ?? 0;
  return permutations === 0 ? '' : `, never below 1 / ${(permutations + 1).toLocaleString('en')}`;
}

/** At the floor of a permutation test, p is no larger than it: that is all that is known. */
function pOf({ p, permutations }: Row, unit: number): Cell {
  const value = p[unit] ?? null;
  return value !== null && value <= (1 + 1e-9) / (1 + permutations) ? { atMost: value } : value;
}
