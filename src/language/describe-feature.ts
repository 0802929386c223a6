import { SET_NAMES } from '../experiment/counts';
import type { DescribeContext } from './describe-context';
import { explained, labelChart, mainLayerName, provenance, staleness } from './describe-results';
import { drawnRows } from './drawn-rows';
import { factList, markdownMarks } from './facts';
import { featureFacts, featureKind } from './feature-facts';
import { valuePictures } from './image-words';
import { escaped, strong, table } from './markdown';
import { withInterval } from './wording';

/** A feature: its values, its input units, how it is drawn, which tasks use it; then what it explains in the networks. */
export function describeFeature(name: string, context: DescribeContext, value?: number): string[] {
  const { experiment, known } = context;
  const feature = experiment?.stimuli.features.find((one) => one.name === name);
  const parts = [`**Feature** ${strong(name)}${feature ? `: ${featureKind(feature, markdownMarks)}` : ''}`];
  if (experiment && feature) {
    if (value !== undefined && feature.values[value] !== undefined) {
      parts.push(`${strong(feature.values[value])} is value ${value + 1} of ${feature.values.length}.`);
    }
    const shown = valuePictures(experiment.stimuli, feature, value);
    if (shown !== null) parts.push(shown);
    parts.push(factList(featureFacts(experiment, feature, markdownMarks)));
  }
  if (known) {
    const drawn = drawnRows(known.results.stimuli, name, markdownMarks);
    if (drawn.length > 0)
      parts.push(
        ...staleness(known),
        table(
          ['Drawn, of what was declared', ...SET_NAMES],
          drawn.map(({ what, cells }) => [what, ...cells.map((cell) => cell ?? '—')]),
        ),
      );
    const rows = known.results.networks.slice(0, 12).flatMap((network) => {
      const layer = mainLayerName(network);
      const share = explained(known.results, network, layer, name);
      return share
        ? [[strong(network.name), `${withInterval(share)} of ${escaped(layer ?? '')}`, String(share.n)]]
        : [];
    });
    if (rows.length > 0) {
      if (drawn.length === 0) parts.push(...staleness(known));
      parts.push(table(['Network', 'Variance explained', 'Seeds'], rows));
      const chart = labelChart(known, name, context.theme);
      if (chart) parts.push(chart);
      parts.push(provenance(known, context.now));
    }
  }
  return parts;
}
