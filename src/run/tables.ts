import { SET_NAMES } from '../experiment/counts';
import { comparedOver, whyUndefined } from '../formats/compared-over';
import { extendedNumber } from '../protocol/extended';
import { own } from '../protocol/own';
import { BY_LABEL } from './values';
import type { Extended, Results, SelectivityResults, Value } from '../protocol/results';

/** One table of the results, ready to be written as CSV. */
interface Table {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | Value)[])[];
}

type Columns = Omit<Table, 'name'>;

const tables: Readonly<Record<string, (results: Results) => Columns>> = {
  accuracy,
  layers,
  pca,
  units,
  checkpoints,
  rsa,
  'rsa-groups': groups,
  hazards,
  stimuli,
};

/** The names of the tables of any results. */
export const tableNames: readonly string[] = Object.keys(tables);

/** The results as tables in long form (one number a row), as statistics programs read them; each is made when it is asked for. */
export function* resultTables(results: Results): Generator<Table, void, undefined> {
  for (const [name, columns] of Object.entries(tables)) yield { name, ...columns(results) };
}

function accuracy(results: Results): Columns {
  const rows = results.networks.flatMap(({ name, tasks, replicates }) =>
    replicates.flatMap(({ seed, status, reason = null, epochs, loss, accuracy: byTask }) =>
      tasks.map((task) => [name, seed, status, reason, epochs, loss, task, own(byTask, task) ?? null]),
    ),
  );
  return {
    header: ['network', 'seed', 'status', 'reason', 'epochs', 'loss', 'task', 'accuracy'],
    rows,
  };
}

/** What the file says of its stimuli, and what was drawn. */
function stimuli(results: Results): Columns {
  const rows = SET_NAMES.flatMap((set) => {
    const { count, drawing } = results.stimuli[set];
    return drawing.map(({ feature, kind, of, declared, expected, drawn, met }) => {
      return [set, feature, kind, of, declared, expected, drawn, count, String(met)];
    });
  });
  return { header: ['set', 'feature', 'kind', 'of', 'declared', 'expected', 'drawn', 'n', 'met'], rows };
}

function layers(results: Results): Columns {
  const rows = results.networks.flatMap(({ name, replicates }) =>
    replicates.flatMap(({ seed, layers: all }) =>
      all.flatMap((layer) => [
        ...BY_LABEL.flatMap((measure) =>
          Object.entries(layer[measure]).map(([label, value]) => [
            name,
            seed,
            layer.name,
            measure,
            label,
            value,
          ]),
        ),
        [name, seed, layer.name, 'rdmPairsUsed', '', layer.rdmPairs.used],
        [name, seed, layer.name, 'rdmPairs', '', layer.rdmPairs.of],
        [name, seed, layer.name, 'participationRatio', '', layer.participationRatio],
        [name, seed, layer.name, 'sparsity', '', layer.sparsity],
        [name, seed, layer.name, 'constantUnits', '', layer.constantUnits.length],
        [name, seed, layer.name, 'deadUnits', '', layer.deadUnits.length],
      ]),
    ),
  );
  return { header: ['network', 'seed', 'layer', 'measure', 'label', 'value'], rows };
}

function pca(results: Results): Columns {
  const rows = results.networks.flatMap(({ name, replicates }) =>
    replicates.flatMap(({ seed, layers: all }) =>
      all.flatMap((layer) =>
        layer.pca.explainedVarianceRatio.flatMap((ratio, at) => [
          [name, seed, layer.name, at + 1, 'explainedVarianceRatio', '', ratio],
          ...Object.entries(layer.pca.correlation).map(([label, values]) => [
            name,
            seed,
            layer.name,
            at + 1,
            'correlation',
            label,
            values[at],
          ]),
        ]),
      ),
    ),
  );
  return {
    header: ['network', 'seed', 'layer', 'component', 'measure', 'label', 'value'],
    rows,
  };
}

function units(results: Results): Columns {
  const header = ['network', 'seed', 'layer', 'unit', 'label', 'class', ...unitColumns];
  const rows = results.networks.flatMap(({ name, replicates }) =>
    replicates.flatMap(({ seed, layers: all }) =>
      all.flatMap((layer) =>
        Object.entries(layer.selectivity).flatMap(([label, selectivity]) =>
          unitRows(selectivity).map((row) => [name, seed, layer.name, row[0], label, ...row.slice(1)]),
        ),
      ),
    ),
  );
  return { header, rows };
}

const unitColumns = [
  'dprime',
  'dprime_p',
  'auroc',
  'auroc_p',
  'correlation',
  'correlation_p',
  'class_selectivity',
  'class_selectivity_p',
];

/** [unit, class, statistics…], for every unit, and every class of a categorical label. */
function unitRows(selectivity: SelectivityResults): (string | Value)[][] {
  const classes = selectivity.classes ?? [null];
  return classes.flatMap((className, at) => {
    const pick = (values: Extended[] | Extended[][]): Value[] =>
      ((className === null ? values : values[at]) as Extended[]).map(extendedNumber);
    const columns = [
      pick(selectivity.dprime),
      pick(selectivity.p.dprime),
      pick(selectivity.auroc),
      pick(selectivity.p.auroc),
      pick(selectivity.correlation),
      pick(selectivity.p.correlation),
      selectivity.classSelectivity,
      selectivity.p.classSelectivity,
    ];
    return columns[0].map((_, unit) => [
      unit,
      className ?? '',
      ...columns.map((column) => column[unit] ?? null),
    ]);
  });
}

function checkpoints(results: Results): Columns {
  const rows = results.networks.flatMap(({ name, replicates }) =>
    replicates.flatMap(({ seed, checkpoints: all }) =>
      all.flatMap(({ step, epoch, loss, accuracy: byTask, layers: byLayer }) => [
        [name, seed, step, epoch, '', 'loss', '', loss],
        ...Object.entries(byTask).map(([task, value]) => [
          name,
          seed,
          step,
          epoch,
          '',
          'accuracy',
          task,
          value,
        ]),
        ...byLayer.flatMap((layer) => [
          ...Object.entries(layer.varianceExplained).map(([label, value]) => [
            name,
            seed,
            step,
            epoch,
            layer.name,
            'varianceExplained',
            label,
            value,
          ]),
          [name, seed, step, epoch, layer.name, 'participationRatio', '', layer.participationRatio],
        ]),
      ]),
    ),
  );
  return {
    header: ['network', 'seed', 'step', 'epoch', 'layer', 'measure', 'label', 'value'],
    rows,
  };
}

function rsa(results: Results): Columns {
  const rows = results.rsa.flatMap((one) =>
    one.matrix.flatMap((row, i) =>
      row.slice(0, i).map((value, j) => {
        const { layer, metric, comparison, over, labels } = one;
        const counted = comparedOver(one, i, j);
        return [
          ...[layer, metric, comparison, over, labels[i], labels[j], value],
          ...[counted.used, counted.of, value === null ? whyUndefined(one, i, j) : ''],
        ];
      }),
    ),
  );
  return {
    header: ['layer', 'metric', 'comparison', 'over', 'a', 'b', 'value', 'used', 'of', 'reason'],
    rows,
  };
}

function groups(results: Results): Columns {
  const rows = results.rsa.flatMap(({ layer, metric, comparison, over, groups: all }) =>
    all.map(({ a, b, mean, low, high, kind, pairs, possible }) => [
      layer,
      metric,
      comparison,
      over,
      a,
      b,
      mean,
      low,
      high,
      kind,
      pairs,
      possible,
    ]),
  );
  return {
    header: [
      'layer',
      'metric',
      'comparison',
      'over',
      'a',
      'b',
      'mean',
      'low',
      'high',
      'kind',
      'pairs',
      'possible',
    ],
    rows,
  };
}

function hazards(results: Results): Columns {
  const rows = results.hazards.map(({ rule, severity, where, value, threshold, message, advice }) => [
    rule,
    severity,
    Object.entries(where)
      .map(([key, name]) => `${key}=${name}`)
      .join('; '),
    value,
    threshold,
    message,
    advice,
  ]);
  return {
    header: ['rule', 'severity', 'where', 'value', 'threshold', 'message', 'advice'],
    rows,
  };
}
