import { metricLimit } from '../../formats/compared-over';
import { hiddenName } from '../../protocol/layers';
import type { Experiment } from '../experiment';
import { quote } from '../names';
import type { Problems } from '../problems';

/** Warns of hidden layers of so few units that the RDMs' distance says nothing of them. */
export function checkFewUnits({ networks, analyses }: Experiment, problems: Problems): void {
  const { metric } = analyses.rdm;
  for (const { name, hidden } of networks) {
    const at = hidden.findIndex((units) => metricLimit(metric, units) !== null);
    if (at < 0) continue;
    const message = `In ${hiddenName(at)} of network ${quote(name)}, ${metricLimit(metric, hidden[at])}: set "metric" in 'analyses.rdm', or give the layer more units.`;
    const paths = [
      ['analyses', 'rdm', 'metric'],
      ['networks', name, 'network', 'hidden'],
      ['network', 'hidden'],
      ['networks', name],
    ];
    const path = paths.find((one) => problems.document.find(one)) ?? ['networks'];
    problems.warning('few-units', message, problems.document.valueSpan(path));
    return;
  }
}
