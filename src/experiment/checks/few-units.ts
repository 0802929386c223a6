import { metricLimit } from '../../formats/compared-over';
import type { Experiment } from '../experiment';
import { quote } from '../names';
import type { Problems } from '../problems';

/** Warns of hidden layers and recorded sites of so few units that the RDMs' distance says nothing of them. */
export function checkFewUnits({ networks, recordings = [], analyses }: Experiment, problems: Problems): void {
  const { metric } = analyses.rdm;
  const sources = [
    ...networks.map(({ name, kind, sites }) => ({
      ...{ what: `network ${quote(name)}`, sites, mend: ', or give the layer more units' },
      paths: [
        ['networks', name, 'network', kind],
        ['network', kind],
        ['networks', name],
      ],
    })),
    ...recordings
      .filter(({ rdms }) => !rdms)
      .map(({ name, sites }) => ({
        ...{ what: `recording ${quote(name)}`, sites, mend: '' },
        paths: [['recordings', name]],
      })),
  ];
  for (const { what, sites, mend, paths } of sources) {
    const site = sites.find(({ role, units }) => role === 'hidden' && metricLimit(metric, units) !== null);
    if (!site) continue;
    const message = `In ${site.name} of ${what}, ${metricLimit(metric, site.units)}: set "metric" in 'analyses.rdm'${mend}.`;
    const path = [['analyses', 'rdm', 'metric'], ...paths].find((one) => problems.document.find(one));
    problems.warning('few-units', message, problems.document.valueSpan(path ?? ['networks']));
    return;
  }
}
