import { findingsOf } from '../analysis/findings';
import { fixed } from '../formats/fixed';
import { percent } from '../formats/percent';
import { mainLayer } from '../protocol/layers';
import { resultsAt } from '../protocol/results-at';
import type { Results, SweepResults } from '../protocol/results';
import { pointText, settingNames } from '../protocol/setting-text';
import { aligned } from './text';

/** Rows that are printed; all are in the tables. */
const MOST = 60;

/** What `repscope analyze` prints of a sweep: accuracy and variance explained in the last hidden layer, at every point. */
export function sweepTable(results: Results, { settings, points }: SweepResults): string {
  const findings = findingsOf(results);
  const hasTasks = Object.keys(results.tasks).length > 0;
  const labels = hasTasks ? Object.keys(results.tasks) : results.labels.map(({ name }) => name);
  const mean = (value: number | null | undefined, shown: (value: number) => string): string =>
    value === null || value === undefined ? '–' : shown(value);
  const rows = points.flatMap(({ values }, point) =>
    resultsAt(results, point).networks.map(({ name, layers }) => [
      ...values,
      name,
      ...labels.flatMap((label) => [
        ...(hasTasks
          ? [mean(findings.mean(name, 'accuracy', { point, label })?.mean, (value) => percent(value, 1))]
          : []),
        mean(
          findings.mean(name, 'varianceExplained', { point, site: mainLayer(layers)?.name ?? '', label })
            ?.mean,
          (value) => fixed(value, 3),
        ),
      ]),
    ]),
  );
  const heads = labels.flatMap((label) => [...(hasTasks ? [`${label}: accuracy`] : []), `${label}: share`]);
  const more = rows.length - MOST;
  return [
    'Accuracy on the test stimuli, and share of variance that each task explains in the last hidden layer, at every point of the sweep (means over seeds)',
    '',
    ...aligned([[...settingNames(settings), 'network', ...heads], [], ...rows.slice(0, MOST)]),
    ...(more > 0 ? [`and ${more} more rows: see the report, and 'repscope values'`] : []),
  ].join('\n');
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
