import { conclusionsAmongTrained, isTurned } from '../analysis/agreement';
import { findingsOf, pointsOf } from '../analysis/findings';
import { keptReplicate, labelledReplicate, type Replicate, replicateKey } from '../core/replicate';
import { END, type PlacedValue, replicateAt, Values } from '../core/values';
import { SET_NAMES } from '../experiment/counts';
import { comparedOver, whyUndefined } from '../formats/compared-over';
import { changeMeasures } from '../protocol/change-words';
import { comparisonsOf } from '../protocol/pair-results';
import { againstOf, betweenOf, isOfProbe } from '../protocol/probe-words';
import type { Results, Value } from '../protocol/results';
import { resultsAt } from '../protocol/results-at';
import { besideName, nullParts } from '../protocol/similarity-names';
import { modelTestTables } from './model-test-tables';
import type { Columns, Table } from './table';
import { unitRows, type UnitsOf } from './unit-arrays';

type Units = readonly UnitsOf[];

const tables: Readonly<Record<string, (results: Results, found: Units) => Columns>> = {
  accuracy,
  layers,
  pca,
  probes,
  units,
  checkpoints,
  rsa,
  'rsa-groups': groups,
  pairs,
  'pair-groups': pairGroups,
  agreement,
  hazards,
  stimuli,
};

/** What decides which tables there are. */
type Held = Pick<Results, 'modelTests' | 'networks' | 'sweep'>;

function tablesOf({ modelTests: tests, networks, sweep }: Held): typeof tables {
  const ofChanges: typeof tables = networks.some(({ changed }) => changed) ? { changes } : {};
  return { ...tables, ...(tests ? modelTestTables : {}), ...ofChanges, ...(sweep ? { points } : {}) };
}

/** The names of the tables of results. */
export function tableNames(results: Held): string[] {
  return Object.keys(tablesOf(results));
}

/**
 * The results as tables in long form (one number a row), as statistics programs read them; each is made when it is asked for.
 *
 * @param found statistics of single units, of the replicates that have some
 */
export function* resultTables(results: Results, found: Units): Generator<Table, void, undefined> {
  for (const [name, columns] of Object.entries(tablesOf(results))) yield { name, ...columns(results, found) };
}

/** How tables name replicates: by network and seed, and by the point between them where a run has more than the first. */
function naming({ networks }: Results): {
  who: readonly string[];
  of: (one: Replicate) => (string | number)[];
} {
  const isSwept = networks.some((network) => pointsOf(network).some((point) => point > 0));
  return isSwept
    ? { who: ['network', 'point', 'seed'], of: ({ source, point, seed }) => [source, point, seed] }
    : { who: ['network', 'seed'], of: ({ source, seed }) => [source, seed] };
}

/** What the points of a sweep are. */
function points({ sweep }: Results): Columns {
  const rows = (sweep?.points ?? []).map(({ values }, point) => [point, ...values]);
  return { header: ['point', ...(sweep?.settings ?? [])], rows };
}

/** The point of a comparison, where there are several. */
function pointOf({ sweep }: Results, { point = 0 }: { point?: number }): number[] {
  return sweep ? [point] : [];
}

const pointColumn = ({ sweep }: Results): string[] => (sweep ? ['point'] : []);

function accuracy(results: Results): Columns {
  const findings = findingsOf(results);
  const { who, of } = naming(results);
  const rows = results.networks.flatMap(({ name, tasks, replicates }) =>
    replicates.flatMap((info) => {
      const { status, reason = null, epochs } = info;
      const replicate = keptReplicate(name, info);
      const found = (measure: string, label?: string): Value =>
        findings.at(replicate, measure, { label })?.value ?? null;
      return tasks.map((task) => [
        ...of(replicate),
        ...[status, reason, epochs, found('loss'), task, found('accuracy', task)],
      ]);
    }),
  );
  return { header: [...who, 'status', 'reason', 'epochs', 'loss', 'task', 'accuracy'], rows };
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

/** The rows of the table at the end of training that are of a layer: of a component, or of a label or nothing else alone. */
function* atEnd(
  { values, measures }: Results,
  ofComponent: boolean,
): Generator<PlacedValue, void, undefined> {
  const wanted = Object.entries(measures).flatMap(([name, { of, by }]) =>
    of === 'site' && !isOfProbe(name) && by.includes('component') === ofComponent ? [name] : [],
  );
  yield* Values.of(values).rows({ measure: wanted, checkpoint: [END] });
}

/** What probes decode, at the end and at checkpoints; of conflicts with the label that it is held against (and how often either predicts a label that is drawn), of transfers with the step that the probe was fitted at; between parts of the stimuli with the one it was fitted on, and the one it is scored on. */
function probes(results: Results): Columns {
  const { who, of } = naming(results);
  const { values, measures, labels } = results;
  const names: ReadonlySet<string> = new Set(labels.map(({ name }) => name));
  const rows = Array.from(
    Values.of(values).rows({ measure: Object.keys(measures).filter(isOfProbe) }),
    ({ checkpoint = '', site = '', measure, label = '', part = '', value, why = '', ...place }) => {
      const isFitted = measures[measure].by.includes('fitted');
      const isBetween = measures[measure].by.includes('parts');
      const { other, drawn } = againstOf(isFitted || isBetween ? '' : part, names);
      const { fitted, scored } = isBetween ? betweenOf(part) : { fitted: '', scored: '' };
      return [
        ...[...of(replicateAt(place)), checkpoint, site, measure, label],
        ...[other, drawn?.own ?? '', drawn?.other ?? '', isFitted ? part : '', fitted, scored, value, why],
      ];
    },
  );
  return {
    header: [
      ...[...who, 'step', 'layer', 'measure', 'label', 'against'],
      ...['predictivity', 'predictivity_against', 'fitted_at', 'fitted_on', 'scored_on', 'value', 'reason'],
    ],
    rows,
  };
}

/** What becomes of answers as more of a network is changed, and how far outputs and states go. */
function changes(results: Results): Columns {
  const { who, of } = naming(results);
  const rows = Array.from(
    Values.of(results.values).rows({ measure: Object.values(changeMeasures), checkpoint: [END] }),
    ({ measure, label = '', part = '', value, why = '', ...place }) => [
      ...[...of(replicateAt(place)), measure, label, part, value, why],
    ],
  );
  return { header: [...who, 'measure', 'label', 'dose', 'value', 'reason'], rows };
}

function layers(results: Results): Columns {
  const { who, of } = naming(results);
  const rows = Array.from(
    atEnd(results, false),
    ({ site = '', measure, label = '', value, why = '', ...place }) => [
      ...of(replicateAt(place)),
      ...[site, measure, label, value, why],
    ],
  );
  return { header: [...who, 'layer', 'measure', 'label', 'value', 'reason'], rows };
}

function pca(results: Results): Columns {
  const { who, of } = naming(results);
  const rows = Array.from(
    atEnd(results, true),
    ({ site = '', part, measure, label = '', value, why = '', ...place }) => {
      const component = part === undefined ? '' : Number(part.slice('PC'.length));
      return [...of(replicateAt(place)), site, component, measure, label, value, why];
    },
  );
  return { header: [...who, 'layer', 'component', 'measure', 'label', 'value', 'reason'], rows };
}

function units(results: Results, found: Units): Columns {
  const { who, of } = naming(results);
  return { header: [...who, 'layer', 'unit', 'label', 'class', ...unitColumns], rows: unitRows(found, of) };
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

function checkpoints(results: Results): Columns {
  const { who, of } = naming(results);
  const { networks, values } = results;
  const epochs = new Map<string, number>(
    networks.flatMap(({ name, replicates }) =>
      replicates.flatMap((info) => {
        const key = replicateKey(keptReplicate(name, info));
        return info.checkpoints.map(({ step, epoch }) => [`${key} ${step}`, epoch] as const);
      }),
    ),
  );
  const steps = Values.of(values);
  const rows = Array.from(
    steps.rows({
      measure: steps.names('measure').filter((name) => !isOfProbe(name)),
      checkpoint: steps.names('checkpoint').filter((name) => name !== END),
    }),
    ({ checkpoint = '', site = '', measure, label = '', value, why = '', ...place }) => {
      const replicate = replicateAt(place);
      const epoch = epochs.get(`${replicateKey(replicate)} ${checkpoint}`) ?? null;
      return [...of(replicate), Number(checkpoint), epoch, site, measure, label, value, why];
    },
  );
  return { header: [...who, 'step', 'epoch', 'layer', 'measure', 'label', 'value', 'reason'], rows };
}

function rsa(results: Results): Columns {
  const rows = results.rsa.flatMap((one) =>
    one.matrix.flatMap((row, i) =>
      row.slice(0, i).map((value, j) => {
        const { layer, metric, comparison, over, labels } = one;
        const counted = comparedOver(one, i, j);
        return [
          ...pointOf(results, one),
          ...[layer, metric, comparison, over, labels[i], labels[j], value],
          ...[counted.used, counted.of, value === null ? whyUndefined(one, i, j) : ''],
        ];
      }),
    ),
  );
  return {
    header: [
      ...pointColumn(results),
      ...['layer', 'metric', 'comparison', 'over', 'a', 'b', 'value', 'used', 'of', 'reason'],
    ],
    rows,
  };
}

function groups(results: Results): Columns {
  const rows = results.rsa.flatMap(({ layer, metric, comparison, over, groups: all, point }) =>
    all.map(({ a, b, mean, low, high, kind, pairs, possible }) => [
      ...pointOf(results, { point }),
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
      ...pointColumn(results),
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
  const { who, of } = naming(results);
  // Columns that only a null fills.
  const hasNull = Object.values(results.measures).some(
    ({ of: what, beside }) => what === 'pair' && beside !== undefined,
  );
  const parts = hasNull ? nullParts : [];
  const replicates = comparisonsOf(results).flatMap((one) =>
    one.matrix.flatMap((row, i) =>
      row.slice(0, i).map((value, j) => {
        const [a, b] = [one.labels[i], one.labels[j]].map((label) => of(labelledReplicate(label)));
        const why = value === null ? whyUndefined(one, i, j) : '';
        const [layer, other] = [one.sites?.[i][j], one.sites?.[j][i]].map((site) =>
          site === undefined ? one.layer : `${one.layer}:${site}`,
        );
        const beside = parts.map((part) => one.null?.[part][i][j] ?? null);
        return [one.measure, layer, ...a, other, ...b, value, ...beside, why];
      }),
    ),
  );
  const measures = Object.entries(results.measures).flatMap(([name, { of, beside }]) =>
    of === 'pair' && beside === undefined ? [name] : [],
  );
  const table = Values.of(results.values);
  const layers = Array.from(
    table.rows({ measure: measures, checkpoint: [END] }),
    ({ measure, site = '', other = '', value, why = '', ...place }) => {
      const replicate = of(replicateAt(place));
      const beside = parts.map(
        (part) => table.at({ ...place, site, other, measure: besideName(measure, part) })?.value ?? null,
      );
      return [measure, site, ...replicate, other, ...replicate, value, ...beside, why];
    },
  );
  const others = who.map((name) => `with_${name}`);
  return {
    header: [
      ...['measure', 'layer', ...who, 'with_layer', ...others, 'value'],
      ...parts.map((part) => (part === 'mean' ? 'null' : part)),
      'reason',
    ],
    rows: [...replicates, ...layers],
  };
}

/** The means of pairs of replicates of two networks, or of one. */
function pairGroups(results: Results): Columns {
  const rows = comparisonsOf(results).flatMap(({ measure, layer, groups: all, point }) =>
    all.map(({ a, b, mean, low, high, kind, pairs: count, possible }) => [
      ...pointOf(results, { point }),
      ...[measure, layer, a, b, mean, low, high, kind, count, possible],
    ]),
  );
  return {
    header: [
      ...pointColumn(results),
      'measure',
      'layer',
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

/** Which of two networks a network is more like, by each measure that compared a layer. */
function agreement(results: Results): Columns {
  const rows = (results.sweep?.points ?? [0]).flatMap((_, point) => {
    const here = resultsAt(results, point);
    return conclusionsAmongTrained(here).flatMap((one) =>
      one.verdicts.map(({ entry, difference, low, high, clear }) => [
        ...pointOf(results, { point }),
        ...[one.layer, one.network, one.first, one.second, entry.measure],
        ...[difference, low, high, clear, String(isTurned(one))],
      ]),
    );
  });
  return {
    header: [
      ...pointColumn(results),
      ...['layer', 'network', 'more_like', 'or', 'measure', 'difference', 'low', 'high', 'clear', 'turns'],
    ],
    rows,
  };
}

function hazards(results: Results): Columns {
  const rows = results.hazards.map(({ rule, severity, where, value, threshold, message, advice, link }) => [
    rule,
    severity,
    Object.entries(where)
      .map(([key, name]) => `${key}=${name}`)
      .join('; '),
    value,
    threshold,
    message,
    advice,
    link ?? null,
  ]);
  return {
    header: ['rule', 'severity', 'where', 'value', 'threshold', 'message', 'advice', 'link'],
    rows,
  };
}
