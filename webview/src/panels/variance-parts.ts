import { findingsOf } from '../../../src/analysis/findings';
import { varianceInPart } from '../../../src/protocol/measure-names';
import { own } from '../../../src/protocol/own';
import type { Interval, Results } from '../../../src/protocol/results';
import { intervalCell } from '../cell';
import { pictureChart } from '../charts/picture-chart';
import { sweepPicture, type SweepPanel } from '../charts/sweep-picture';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { measuresNamed } from '../says';

/** What labels explain of each layer in parts of the stimuli, as at each position of documents; null where that was not measured. */
export function varianceInParts(results: Results): FigureContent | null {
  if (!own(results.measures, varianceInPart)) return null;
  const findings = findingsOf(results);
  const rows = [...findings.values.rows({ measure: [varianceInPart] })];
  const named = (of: 'part' | 'label'): string[] => [...new Set(rows.map((row) => row[of] ?? ''))];
  const [parts, labels] = [named('part'), named('label')];
  if (parts.length === 0) return null;
  const shown = results.networks.flatMap(({ name: network, layers }) =>
    layers.map(({ name: layer }) => ({ network, layer })),
  );
  const read = (network: string, site: string, label: string, part: string): Interval | undefined =>
    findings.mean(network, varianceInPart, { site, label, part });
  const hasSeveral = results.networks.length > 1;
  const panels = shown.map(({ network, layer }): SweepPanel => ({
    ...(hasSeveral ? { title: network, note: layer } : { title: layer, note: '' }),
    ...{ setting: '', steps: parts },
    series: labels.map((label, colour) => ({
      ...{ name: label, colour, accuracy: null, chance: [] },
      measured: parts.map((part) => read(network, layer, label, part) ?? null),
    })),
  }));
  return {
    chart: pictureChart(() =>
      sweepPicture({
        ...{ panels, names: labels, measure: 'Variance explained' },
        panelWidth: { least: 215, most: 300 },
      }),
    ),
    description: `What ${labels.join(', ')} explain of ${plural(shown.length, 'layer')} in ${parts.join(', ')}.`,
    caption: `Variance of a layer that a label explains on fresh stimuli, in each part of the stimuli by itself (${parts.join(', ')}); means over replicates with ${Math.round(100 * results.confidence)} % intervals; small dots: each replicate. 0 and below: nothing of it is there.`,
    table: {
      columns: ['network', 'layer', 'label', ...parts],
      rows: shown.flatMap(({ network, layer }) =>
        labels.map((label) => [
          ...[network, layer, label],
          ...parts.map((part) => intervalCell(read(network, layer, label, part))),
        ]),
      ),
    },
    says: measuresNamed(results, varianceInPart),
  };
}
