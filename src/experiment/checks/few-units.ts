import { metricLimit } from '../../formats/compared-over';
import type { Experiment } from '../experiment';
import { quote } from '../names';
import type { Problems } from '../problems';

/** Warns of hidden layers of so few units that the RDMs' distance says nothing of them. */
export function checkFewUnits({ networks, analyses }: Experiment, problems: Problems): void {
  const { metric } = analyses.rdm;
  for (const { name, kind, sites } of networks) {
    const site = sites.find(({ role, units }) => role === 'hidden' && metricLimit(metric, units) !== null);
    if (!site) continue;
    const message = `In ${site.name} of network ${quote(name)}, ${metricLimit(metric, site.units)}: set "metric" in 'analyses.rdm', or give the layer more units.`;
    const paths = [
      ['analyses', 'rdm', 'metric'],
      ['networks', name, 'network', kind],
      ['network', kind],
      ['networks', name],
    ];
    const path = paths.find((one) => problems.document.find(one)) ?? ['networks'];
    problems.warning('few-units', message, problems.document.valueSpan(path));
    return;
  }
}
