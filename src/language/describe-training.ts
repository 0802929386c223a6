import { findingsOf } from '../analysis/findings';
import type { Experiment, Network } from '../experiment/experiment';
import { answeredBy } from '../protocol/answered';
import type { DescribeContext } from './describe-context';
import { accuracyOf, chartOf, provenance, staleness } from './describe-results';
import { MOST_SERIES } from './chart';
import { factList } from './facts';
import { escaped, strong, table } from './markdown';
import { fewSeeds, replicateFacts, trainingText } from './network-facts';
import { percent } from './wording';

/** How many replicates there are, and how far they differ. */
export function describeSeeds(context: DescribeContext): string[] {
  const { experiment, known, theme } = context;
  const parts = ['**Seeds:** replicates of each network, from independent weights and orders of stimuli'];
  if (experiment) {
    const remark = fewSeeds(experiment);
    parts.push(
      [factList(replicateFacts(experiment)), ...(remark === null ? [] : [`- ⚠ ${remark}`])].join('\n'),
    );
  }
  if (!known) return parts;
  const rows = known.results.networks.slice(0, 8).flatMap((network) =>
    answeredBy(known.results, network)
      .slice(0, 4)
      .flatMap(({ name: task }) => {
        const accuracy = accuracyOf(known.results, network, task);
        const values = (accuracy?.values ?? []).filter((value) => value !== null);
        if (!accuracy || values.length === 0) return [];
        const [least, most] = [percent(Math.min(...values)), percent(Math.max(...values))];
        const spread = least === most ? most : `${least} to ${most}`;
        return [
          {
            network,
            task,
            accuracy,
            cells: [`${strong(network.name)} ${escaped(task)}`, String(values.length), spread],
          },
        ];
      }),
  );
  if (rows.length === 0) return parts;
  const chart = chartOf(
    {
      title: 'Accuracy by seed',
      axis: longest(rows.map(({ accuracy }) => accuracy.values.map((_, seed) => String(seed)))),
      series: rows.slice(0, MOST_SERIES).map(({ network, task, accuracy }) => ({
        name: `${network.name} ${task}`,
        points: accuracy.values.map((mean) => ({ mean, low: null, high: null })),
      })),
    },
    theme,
  );
  const numbers = table(
    ['Network and task', 'Seeds', 'Accuracy over seeds'],
    rows.map(({ cells }) => cells),
  );
  return [...parts, ...staleness(known), numbers, ...(chart ? [chart] : []), provenance(known, context.now)];
}

/**
 * How networks are trained, and how it went.
 *
 * @param network whose training it stands in; null for the default
 */
export function describeOptimizer(network: string | null, context: DescribeContext): string[] {
  const { experiment, known, theme } = context;
  const of = (name: string): boolean => network === null || name === network;
  const parts = [`**Optimizer**${network === null ? '' : ` of ${strong(network)}`}`];
  if (experiment)
    parts.push(
      ...settings(
        experiment,
        experiment.networks.filter((one) => of(one.name)),
      ),
    );
  const trained = known?.results.networks.find((one) => of(one.name) && one.trained);
  const replicate = trained?.replicates.find((one) => one.status === 'done');
  if (!known || !trained || !replicate) return parts;
  const { checkpoints } = replicate;
  const { values } = findingsOf(known.results);
  const accuracyAt = (label: string, step: number): number | null =>
    values.at({
      ...{ measure: 'accuracy', source: trained.name, label },
      ...{ seed: String(replicate.seed), checkpoint: String(step) },
    })?.value ?? null;
  const chart = chartOf(
    {
      title: `Accuracy of ${trained.name}, seed ${replicate.seed}`,
      axis: checkpoints.map((checkpoint) => String(Number(checkpoint.epoch.toFixed(1)))),
      series: answeredBy(known.results, trained)
        .slice(0, MOST_SERIES)
        .map(({ name: task }) => ({
          name: task,
          points: checkpoints.map((checkpoint) => ({
            mean: accuracyAt(task, checkpoint.step),
            low: null,
            high: null,
          })),
        })),
    },
    theme,
  );
  const remark = `Test accuracy at the checkpoints (epochs) of ${strong(trained.name)}, seed ${replicate.seed} only:`;
  return chart ? [...parts, ...staleness(known), remark, chart, provenance(known, context.now)] : parts;
}

function settings(experiment: Experiment, networks: readonly Network[]): string[] {
  const [first] = networks;
  if (!first) return [];
  const { optimizer, learningRate, momentum, beta1, beta2, weightDecay, dropout, schedule } = first.training;
  const own = [
    escaped(optimizer),
    `learning rate ${learningRate}`,
    ...(optimizer === 'momentum' ? [`momentum ${momentum}`] : []),
    ...(optimizer === 'adam' || optimizer === 'adamW' ? [`β₁ ${beta1}, β₂ ${beta2}`] : []),
    ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : []),
    ...(dropout > 0 ? [`dropout ${dropout}`] : []),
    ...(schedule.type === 'constant' ? [] : [`${schedule.type} schedule`]),
  ];
  const lines = networks
    .slice(0, 6)
    .map((one) => `- ${strong(one.name)}: ${trainingText(experiment, one, escaped)}`);
  if (networks.length > 6) lines.push(`- and ${networks.length - 6} more`);
  return [
    `${own.join(', ')}${networks.length > 1 ? ` (as ${strong(first.name)} has it)` : ''}`,
    lines.join('\n'),
  ];
}

function longest(lists: readonly string[][]): string[] {
  return lists.reduce((most, list) => (list.length > most.length ? list : most), []);
}
