import type { DescribeContext } from './describe-context';
import { hazardLines, mainLayerName, networkChart, provenance, staleness } from './describe-results';
import { factList } from './facts';
import { escaped, strong } from './markdown';
import { modelScoresTable, testsOf } from './model-scores';
import { counted, listed } from './wording';

/** A recording: its sites and replicates; then how model RDMs do for it, and what its layers represent. */
export function describeRecording(name: string, context: DescribeContext): string[] {
  const { experiment, known, outline, now, theme } = context;
  const recorded = experiment?.recordings?.find((one) => one.name === name);
  const parts = [`**Recording** ${strong(name)}`];
  if (recorded) {
    const { sites, replicates, rdms = false } = recorded;
    parts.push(
      factList([
        rdms
          ? { about: 'RDMs', text: `of ${listed(sites.map((site) => escaped(site.name)))}, as they are` }
          : {
              about: 'Layers',
              text: listed(sites.map((site) => `${escaped(site.name)} (${counted(site.units, 'unit')})`)),
            },
        {
          about: 'Replicates',
          text: `${replicates.length} (${listed(replicates.map((one) => escaped(one.name ?? String(one.seed))))})`,
        },
      ]),
    );
  }
  const network = known?.results.networks.find((one) => one.name === name);
  if (!known || !network) return parts;
  const tests = testsOf(known.results, name, mainLayerName(network));
  const chart = networkChart(known.results, network, theme);
  const hazards = hazardLines(known, { network: name }, outline, ['recordings', name]);
  if (!tests && chart === null && hazards === null) return parts;
  return [
    ...parts,
    ...staleness(known),
    ...(tests ? [modelScoresTable(tests)] : []),
    ...(chart === null ? [] : [chart]),
    provenance(known, now),
    ...(hazards === null ? [] : [hazards]),
  ];
}
