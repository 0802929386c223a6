import type { Experiment, Network } from '../experiment/experiment';
import { isTrained } from '../experiment/training';
import type { DescribeContext } from './describe-context';
import {
  accuracyText,
  explained,
  hazardLines,
  mainLayerName,
  networkChart,
  provenance,
  staleness,
} from './describe-results';
import { escaped, strong, table } from './markdown';
import { costOf } from './training-cost';
import { counted, duration, grouped, listed, percent, withInterval } from './wording';

/** A network: its units, parameters and training; then what it learned. */
export function describeNetwork(name: string, context: DescribeContext): string[] {
  const { experiment, known } = context;
  const network = experiment?.networks.find((one) => one.name === name);
  const parts = [`**Network** ${strong(name)}`];
  if (experiment && network) parts.push(structure(experiment, network));
  if (known) parts.push(...findings(name, known, context));
  return parts;
}

function structure(experiment: Experiment, network: Network): string {
  const { layers, parameters } = costOf(experiment, network);
  const widths = [experiment.stimuli.inputUnits, ...layers.map((layer) => layer.outputs)];
  const hidden = network.hidden.reduce((sum, width) => sum + width, 0);
  return [
    `- **Tasks:** ${listed(network.tasks.map(strong))}`,
    `- **Units:** ${widths.map(grouped).join(' → ')} (inputs, hidden, outputs), ${grouped(hidden)} hidden, ${escaped(network.activation)}`,
    `- **Parameters:** ${grouped(parameters)}`,
    trainingLine(experiment, network),
  ].join('\n');
}

/** How long one network is trained, and what that takes. */
export function trainingLine(experiment: Experiment, network: Network): string {
  if (!isTrained(network)) return '- **Training:** none; it keeps its initial weights';
  const { epochs, steps, seconds } = costOf(experiment, network);
  const { optimizer, learningRate, batchSize, phases } = network.training;
  const early = phases.some((phase) => phase.stopWhen) ? 'at most ' : '';
  const epochText = Number(epochs.toFixed(1));
  return (
    `- **Training:** ${escaped(optimizer)} at ${learningRate}, batches of ${grouped(batchSize)}, ${early}${counted(steps, 'step')} (${epochText} epoch${epochText === 1 ? '' : 's'}); ` +
    `estimated ${duration(seconds)} a seed, ${duration(seconds * experiment.seeds)} of one worker for ${counted(experiment.seeds, 'seed')}`
  );
}

function findings(
  name: string,
  known: NonNullable<DescribeContext['known']>,
  { now, theme, outline }: DescribeContext,
): string[] {
  const network = known.results.networks.find((one) => one.name === name);
  if (!network) return ['*The last run did not have this network.*'];
  const layer = mainLayerName(network);
  const rows = Object.keys(known.results.tasks)
    .slice(0, 12)
    .map((task) => {
      const share = explained(known.results, network, layer, task);
      const isOwn = network.tasks.includes(task);
      const share2 = share ? withInterval(share) : percent(null);
      return [strong(task), isOwn ? accuracyText(known.results, network, task) : 'not trained on it', share2];
    });
  const done = network.replicates.filter((replicate) => replicate.status === 'done').length;
  const chart = networkChart(known.results, network, theme);
  const hazards = hazardLines(known, { network: name }, outline, ['networks', name]);
  return [
    ...staleness(known),
    table(['Task', 'Accuracy', `Variance explained in ${escaped(layer ?? 'no layer')}`], rows),
    ...(chart ? [chart] : []),
    `${counted(done, 'replicate')} done${network.trained ? '' : ', untrained'}. ${provenance(known, now)}`,
    ...(hazards ? [hazards] : []),
  ];
}
