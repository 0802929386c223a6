import { findingsOf } from '../analysis/findings';
import { END, type PlacedValue, Values } from '../core/values';
import { SET_NAMES } from '../experiment/counts';
import { comparedOver, whyUndefined } from '../formats/compared-over';
import { comparisonsOf, replicateOf } from '../protocol/pair-results';
import type { Results, Value } from '../protocol/results';
import { unitRows, type UnitsOf } from './unit-arrays';

/** One table of the results, ready to be written as CSV. */
interface Table {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: Iterable<readonly (string | Value)[]>;
}

type Columns = Omit<Table, 'name'>;
type Units = readonly UnitsOf[];

const tables: Readonly<Record<string, (results: Results, found: Units) => Columns>> = {
  accuracy,
  layers,
  pca,
  units,
  checkpoints,
  rsa,
  'rsa-groups': groups,
  pairs,
  'pair-groups': pairGroups,
  hazards,
  stimuli,
};

/** The names of the tables of any results. */
export const tableNames: readonly string[] = Object.keys(tables);

/**
 * The results as tables in long form (one number a row), as statistics programs read them; each is made when it is asked for.
 *
 * @param found statistics of single units, of the replicates that have some
 */
export function* resultTables(results: Results, found: Units): Generator<Table, void, undefined> {
  for (const [name, columns] of Object.entries(tables)) yield { name, ...columns(results, found) };
}

function accuracy(results: Results): Columns {
  const findings = findingsOf(results);
  const rows = results.networks.flatMap(({ name, tasks, replicates }) =>
    replicates.flatMap(({ seed, status, reason = null, epochs }) => {
      const of = (measure: string, label?: string): Value =>
        findings.at(name, seed, measure, { label })?.value ?? null;
      return tasks.map((task) => [
        ...[name, seed, status, reason, epochs, of('loss'), task, of('accuracy', task)],
      ]);
    }),
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

/** The rows of the table at the end of training that are of a layer: of a component, or not. */
function* atEnd(
  { values, measures }: Results,
  ofComponent: boolean,
): Generator<PlacedValue, void, undefined> {
  const wanted = Object.entries(measures).flatMap(([name, { of, by }]) =>
    of === 'site' && by.includes('component') === ofComponent ? [name] : [],
  );
  yield* Values.of(values).rows({ measure: wanted, checkpoint: [END] });
}

function layers(results: Results): Columns {
  const rows = Array.from(
    atEnd(results, false),
    ({ source, seed, site, measure, label = '', value, why = '' }) => [
      source ?? '',
      Number(seed),
      site ?? '',
      measure,
      label,
      value,
      why,
    ],
  );
  return { header: ['network', 'seed', 'layer', 'measure', 'label', 'value', 'reason'], rows };
}

function pca(results: Results): Columns {
  const rows = Array.from(
    atEnd(results, true),
    ({ source, seed, site, part, measure, label = '', value, why = '' }) => {
      const component = part === undefined ? '' : Number(part.slice('PC'.length));
      return [source ?? '', Number(seed), site ?? '', component, measure, label, value, why];
    },
  );
  return {
    header: ['network', 'seed', 'layer', 'component', 'measure', 'label', 'value', 'reason'],
    rows,
  };
}

function units(_: Results, found: Units): Columns {
  const header = ['network', 'seed', 'layer', 'unit', 'label', 'class', ...unitColumns];
  return { header, rows: unitRows(found) };
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

function checkpoints({ networks, values }: Results): Columns {
  const epochs = new Map(
    networks.flatMap(({ name, replicates }) =>
      replicates.flatMap(({ seed, checkpoints: all }) =>
        all.map(({ step, epoch }) => [JSON.stringify([name, String(seed), String(step)]), epoch] as const),
      ),
    ),
  );
  const steps = Values.of(values);
  const rows = Array.from(
    steps.rows({ checkpoint: steps.names('checkpoint').filter((name) => name !== END) }),
    ({ source = '', seed, checkpoint, site = '', measure, label = '', value, why = '' }) => {
      const epoch = epochs.get(JSON.stringify([source, seed, checkpoint])) ?? null;
      return [source, Number(seed), Number(checkpoint), epoch, site, measure, label, value, why];
    },
  );
  return {
    header: ['network', 'seed', 'step', 'epoch', 'layer', 'measure', 'label', 'value', 'reason'],
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

/** Every number of a pair of recordings, RSA among them: of a layer of two replicates, and of two layers of one. */
function pairs(results: Results): Columns {
  const replicates = comparisonsOf(results).flatMap((one) =>
    one.matrix.flatMap((row, i) =>
      row.slice(0, i).map((value, j) => {
        const [a, b] = [one.labels[i], one.labels[j]].map(replicateOf);
        const why = value === null ? whyUndefined(one, i, j) : '';
        return [one.measure, one.layer, a.source, a.seed, one.layer, b.source, b.seed, value, why];
      }),
    ),
  );
  const measures = Object.entries(results.measures).flatMap(([name, { of }]) =>
    of === 'pair' ? [name] : [],
  );
  const layers = Array.from(
    Values.of(results.values).rows({ measure: measures, checkpoint: [END] }),
    ({ measure, site = '', source = '', seed = '', other = '', value, why = '' }) => [
      measure,
      site,
      source,
      seed,
      other,
      source,
      seed,
      value,
      why,
    ],
  );
  return {
    header: [
      ...['measure', 'layer', 'network', 'seed'],
      ...['with_layer', 'with_network', 'with_seed', 'value', 'reason'],
    ],
    rows: [...replicates, ...layers],
  };
}

/** The means of pairs of replicates of two networks, or of one. */
function pairGroups(results: Results): Columns {
  const rows = comparisonsOf(results).flatMap(({ measure, layer, groups: all }) =>
    all.map(({ a, b, mean, low, high, kind, pairs: count, possible }) => [
      ...[measure, layer, a, b, mean, low, high, kind, count, possible],
    ]),
  );
  return {
    header: ['measure', 'layer', 'a', 'b', 'mean', 'low', 'high', 'kind', 'pairs', 'possible'],
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
