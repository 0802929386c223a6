import { findingsOf } from '../analysis/findings';
import { pointsOf } from '../experiment/replicates';
import { mainLayer } from '../protocol/layers';
import { resultsAt } from '../protocol/results-at';
import { settingNames, settingText } from '../protocol/setting-text';
import type { DescribeContext } from './describe-context';
import { factList } from './facts';
import { escaped, strong, table } from './markdown';
import { replicateFacts } from './network-facts';
import type { SweepPath } from './sweep-paths';
import { counted, percent } from './wording';

/** Rows of the table: what is beyond them the Sweep panel shows. */
const MOST = 12;

/**
 * What is varied, how many replicates that makes, and what came of it.
 *
 * @param setting the one that is pointed at, which is said first
 */
export function describeSweep({ experiment, known }: DescribeContext, setting?: SweepPath): string[] | null {
  const sweep = experiment?.sweep;
  const first = setting ? [`${strong(setting.path)}: ${escaped(setting.says)}`] : [];
  if (!experiment || !sweep) return setting ? first : null;
  const points = pointsOf(experiment).length;
  const said = [
    ...first,
    `**Sweep:** the experiment at ${counted(points, 'point')}, every combination of what is listed`,
    factList([
      ...settingNames(sweep.settings).map((name, at) => ({
        about: escaped(name),
        text: [...new Set(sweep.points.map(({ values }) => escaped(settingText(values[at]))))].join(' · '),
      })),
      ...replicateFacts(experiment),
    ]),
  ];
  return [...said, ...(known ? tableOf(known.results) : [])];
}

/** Of each point and network: variance explained in the last hidden layer, by task. */
function tableOf(results: NonNullable<DescribeContext['known']>['results']): string[] {
  const { sweep } = results;
  const tasks = Object.keys(results.tasks).slice(0, 4);
  if (!sweep || tasks.length === 0) return [];
  const findings = findingsOf(results);
  const rows = sweep.points.flatMap(({ values }, point) =>
    resultsAt(results, point)
      .networks.filter(({ trained }) => trained)
      .map(({ name, layers }) => {
        const site = mainLayer(layers)?.name ?? '';
        const cells = tasks.map((label) =>
          percent(findings.mean(name, 'varianceExplained', { point, site, label })?.mean ?? null),
        );
        return [...values.map(escaped), strong(name), ...cells];
      }),
  );
  const heads = [...settingNames(sweep.settings), 'Network', ...tasks].map(escaped);
  const rest = rows.length - MOST;
  return [
    'Variance explained in the last hidden layer:',
    table(heads, rows.slice(0, MOST)),
    ...(rest > 0 ? [`and ${rest} more rows, in the Sweep panel`] : []),
  ];
}
