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
import { factList, markdownMarks } from './facts';
import { escaped, strong, table } from './markdown';
import { answeredBy, answeredIn } from '../protocol/answered';
import { networkFacts } from './network-facts';
import { counted, percent, withInterval } from './wording';

/** A network: its units, parameters and training; then what it learned. */
export function describeNetwork(name: string, context: DescribeContext): string[] {
  const { experiment, known } = context;
  const network = experiment?.networks.find((one) => one.name === name);
  const parts = [`**Network** ${strong(name)}`];
  if (experiment && network) parts.push(factList(networkFacts(experiment, network, markdownMarks)));
  if (known) parts.push(...findings(name, known, context));
  return parts;
}

function findings(
  name: string,
  known: NonNullable<DescribeContext['known']>,
  { now, theme, outline }: DescribeContext,
): string[] {
  const network = known.results.networks.find((one) => one.name === name);
  if (!network) return ['*The last run did not have this network.*'];
  const layer = mainLayerName(network);
  const own = answeredBy(known.results, network).map(({ name: task }) => task);
  const rows = answeredIn(known.results)
    .slice(0, 12)
    .map(({ name: task }) => {
      const share = explained(known.results, network, layer, task);
      const isOwn = own.includes(task);
      const share2 = share ? withInterval(share) : percent(null);
      return [strong(task), isOwn ? accuracyText(known.results, network, task) : 'not trained on it', share2];
    });
  const done = network.replicates.filter((replicate) => replicate.status === 'done').length;
  const chart = networkChart(known.results, network, theme);
  const hazards = hazardLines(known, { network: name }, outline, ['networks', name]);
  return [
    ...staleness(known),
    known.results.asked
      ? table(
          ['Evaluation set', 'Right answers', 'Lowest floor'],
          rows.map(([set, accuracy], at) => [
            ...[set, accuracy],
            percent(answeredIn(known.results)[at].chance),
          ]),
        )
      : table(['Task', 'Accuracy', `Variance explained in ${escaped(layer ?? 'no layer')}`], rows),
    ...(chart ? [chart] : []),
    `${counted(done, 'replicate')} done${network.built ? ', built by hand' : network.trained ? '' : ', untrained'}. ${provenance(known, now)}`,
    ...(hazards ? [hazards] : []),
  ];
}
