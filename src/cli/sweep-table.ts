import { findingsOf } from '../analysis/findings';
import { fixed } from '../formats/fixed';
import { percent } from '../formats/percent';
import { answeredIn } from '../protocol/answered';
import { mainLayer } from '../protocol/layers';
import { resultsAt } from '../protocol/results-at';
import type { Interval, NetworkResults, Results, SweepResults } from '../protocol/results';
import { pointText, settingNames } from '../protocol/setting-text';
import { aligned } from './text';

/** Rows that are printed; all are in the tables. */
const MOST = 60;

/** What `repscope analyze` prints of a sweep, at every point: accuracy and variance explained in the last hidden layer; of documents how evaluation sets are answered. */
export function sweepTable(results: Results, sweep: SweepResults): string {
  const { says, heads, cells } = (results.asked ? askedCells : taskCells)(results, sweep);
  const rows = sweep.points.flatMap(({ values }, point) =>
    resultsAt(results, point).networks.map((network) => [...values, network.name, ...cells(network, point)]),
  );
  const more = rows.length - MOST;
  return [
    `${says}, at every point of the sweep (means over seeds)`,
    '',
    ...aligned([[...settingNames(sweep.settings), 'network', ...heads], [], ...rows.slice(0, MOST)]),
    ...(more > 0 ? [`and ${more} more rows: see the report, and 'repscope values'`] : []),
  ].join('\n');
}

/** What is told of each network at each point. */
interface Cells {
  readonly says: string;
  readonly heads: readonly string[];
  readonly cells: (network: NetworkResults, point: number) => string[];
}

function taskCells(results: Results): Cells {
  const findings = findingsOf(results);
  const hasTasks = Object.keys(results.tasks).length > 0;
  const labels = hasTasks ? Object.keys(results.tasks) : results.labels.map(({ name }) => name);
  return {
    says: 'Accuracy on the test stimuli, and share of variance that each task explains in the last hidden layer',
    heads: labels.flatMap((label) => [...(hasTasks ? [`${label}: accuracy`] : []), `${label}: share`]),
    cells: ({ name, layers }, point) =>
      labels.flatMap((label) => {
        const site = mainLayer(layers)?.name ?? '';
        const explained = findings.mean(name, 'varianceExplained', { point, site, label });
        return [
          ...(hasTasks
            ? [shown(findings.mean(name, 'accuracy', { point, label }), (value) => percent(value, 1))]
            : []),
          shown(explained, (value) => fixed(value, 3)),
        ];
      }),
  };
}

function askedCells(results: Results, { points }: SweepResults): Cells {
  const findings = findingsOf(results);
  const floors = points.map(
    (_, point) => new Map(answeredIn(resultsAt(results, point)).map(({ name, chance }) => [name, chance])),
  );
  // A setting of the documents may change which sets there are.
  const sets = [...new Set(floors.flatMap((own) => [...own.keys()]))];
  return {
    says: 'Share of documents that are answered rightly, by evaluation set, and in brackets the share of who knows nothing',
    heads: sets,
    cells: ({ name }, point) =>
      sets.map((label) => {
        const floor = floors[point].get(label);
        const said = shown(findings.mean(name, 'accuracy', { point, label }), (value) => percent(value, 1));
        return floor === undefined ? '–' : `${said} (${percent(floor, 1)})`;
      }),
  };
}

function shown(of: Interval | undefined, text: (value: number) => string): string {
  return of === undefined || of.mean === null ? '–' : text(of.mean);
}

/** Hazards as lines; of a sweep those that are of several points once, with how many. */
export function hazardLines({ hazards, sweep }: Pick<Results, 'hazards' | 'sweep'>): string[] {
  const found = new Map<string, { line: string; points: string[] }>();
  for (const { rule, severity, where, message, advice } of hazards) {
    const { point, ...place } = where;
    const key = JSON.stringify(sweep ? [rule, severity, place] : found.size);
    const known = found.get(key) ?? { line: `! ${severity}: ${message} ${advice}`, points: [] };
    known.points.push(point ?? '');
    found.set(key, known);
  }
  return [...found.values()].map(({ line, points }) => {
    if (!sweep) return line;
    const [first = ''] = points;
    const at = pointText(sweep.settings, sweep.points[Number(first)]?.values ?? []);
    return `${line} (At ${at}${points.length > 1 ? `, and the like at ${points.length - 1} more of ${sweep.points.length} points` : ''}.)`;
  });
}
