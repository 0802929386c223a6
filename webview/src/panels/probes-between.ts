import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import { labelNames } from '../../../src/formats/label-names';
import {
  betweenOf,
  betweenPart,
  probeChance,
  probeMeasureName,
  probeWord,
} from '../../../src/protocol/probe-words';
import { heatmapChart } from '../charts/heatmap';
import type { FigureContent } from '../figure-content';
import { noValue, plural, shown } from '../number';
import { measuresNamed } from '../says';
import { labelsOf, type ProbesLook } from './probes-look';

/** The probe of each part of the stimuli in every other, label by label, with what the network answers of a part that is an evaluation set; none where that was not asked for. */
export function betweenParts(look: ProbesLook): { label: string; content: FigureContent }[] {
  const { view, network, kind } = look;
  const { results, replicate, layer } = view;
  const findings = findingsOf(results);
  const names = labelNames(results.labels);
  const { point } = replicate;
  const partsOf = (measure: string): string[] => [
    ...new Set(findings.parts(network.name, measure, layer).map((part) => betweenOf(part).fitted)),
  ];
  return labelsOf(look).flatMap((one) => {
    const measure = probeMeasureName(kind, 'between', one.isReal);
    const parts = partsOf(measure);
    if (parts.length === 0) return [];
    const at = { point, site: layer, label: one.label };
    const values = parts.map((fitted) =>
      parts.map(
        (scored) =>
          findings.mean(network.name, measure, { ...at, part: betweenPart(fitted, scored) })?.mean ?? null,
      ),
    );
    const answered = parts.map((part) =>
      results.asked?.[part]
        ? (findings.mean(network.name, 'accuracy', { point, label: part })?.mean ?? null)
        : null,
    );
    const isAnswered = answered.some((share) => share !== null);
    const chance = findings.mean(network.name, probeChance, at)?.mean;
    const label = names.get(one.label) ?? one.label;
    const content: FigureContent = {
      chart: heatmapChart({
        ...{ values, range: one.isReal ? [-1, 1] : [0, 1], diverging: one.isReal },
        measure: one.isReal ? 'R²' : 'balanced accuracy',
        columns: { title: 'Scored on', names: parts },
        rows: { names: parts.map((part) => `fitted on ${part}`) },
        pair: (row, column) => `fitted on ${parts[row] ?? ''}, scored on ${parts[column] ?? ''}`,
        why: (row, column) =>
          noValue(
            findings.whyNone(network.name, measure, {
              ...at,
              part: betweenPart(parts[row] ?? '', parts[column] ?? ''),
            }),
          ),
        written: true,
      }),
      description: `Probes of ${label} in ${plural(parts.length, 'part')} of the stimuli, each scored on all.`,
      caption: `${network.name}, ${layer}: ${probeWord(results.measures, kind)} of ${label}, fitted on the fit stimuli of one part and scored on the test stimuli of another; means over ${plural(doneReplicates(network, point).length, 'replicate')}. On the diagonal each in its own part.${chance === null || chance === undefined || one.isReal ? '' : ` Chance is ${shown(chance)}.`} Where a row falls off the label lies elsewhere in the other part, or its scale or offset does. What can be decoded need not be used: ${isAnswered ? 'the last row of the table is what the network itself answers of each part' : 'hold it against what the network answers'}.`,
      table: {
        columns: ['fitted on', ...parts.map((part) => `scored on ${part}`)],
        rows: [
          ...parts.map((part, row) => [part, ...(values[row] ?? [])]),
          ...(isAnswered ? [['answered by the network', ...answered]] : []),
        ],
      },
      says: measuresNamed(results, measure),
    };
    return [{ label, content }];
  });
}
