import { capital } from '../../../src/formats/in-sentence';
import type { LabelRdm } from '../../../src/protocol/detail';
import type { Hazard } from '../../../src/protocol/results';
import { metricNames } from '../../../src/protocol/measure-names';
import { type Heatmap, heatmapChart, rangeOf, sparseTicks } from '../charts/heatmap';
import type { Figure } from '../figure';
import { type LabelColumn, stimulusName, valueName } from '../labels';
import { plural, shown as shownNumber } from '../number';
import type { ShownReplicate } from '../panel';
import type { Table } from '../table';

/** The layer's RDMs, and the one of a label over the same stimuli. */
export function showRdms(
  { conditions, single, label }: { conditions: Figure; single: Figure; label: Figure },
  shown: ShownReplicate,
  keys: readonly LabelColumn[],
  selected: readonly number[],
  alone: LabelRdm | undefined,
  hazards: readonly Hazard[],
): void {
  const ordered = keys.map(({ name }) => name).join(', then ') || 'number';
  const { rdm, missing } = shown.layer;
  const why = (picture: string): string => (missing[picture] === undefined ? '' : ` ${missing[picture]}`);
  const { names, of, counts } = shown.stimuli.conditions;
  const measure = metricNames[rdm.metric];
  const about = `${shown.name}: ${measure}.`;
  const { colours, coloursText } = coloursOf(shown);

  // A condition stands where its first stimulus stands; where the label varies within a condition, by that stimulus.
  const firstOf = names.map((_, condition) => of.indexOf(condition));
  const compare = (a: number, b: number): number => {
    for (const { values } of keys) {
      const difference = (values[a] ?? 0) - (values[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const sorted = names.map((_, at) => at).sort((a, b) => compare(firstOf[a] ?? 0, firstOf[b] ?? 0) || a - b);
  const breaks = sorted.flatMap((at, i) => {
    const before = sorted[i - 1];
    return before !== undefined && compare(firstOf[before] ?? 0, firstOf[at] ?? 0) !== 0 ? [i] : [];
  });
  const conditionValues = matrixOf(rdm.conditions, names.length, sorted);
  const many = names.length > 20;
  const ticks = many
    ? blockTicks(
        sorted.map((at) => firstOf[at] ?? 0),
        breaks,
        keys,
      )
    : sorted.map((at, i) => ({ at: i, name: names[at] ?? '' }));
  const map: Heatmap = {
    values: conditionValues,
    range: colours,
    diverging: false,
    measure: capital(measure),
    xTitle: '',
    xTicks: ticks,
    yTicks: ticks,
    pair: (row, column) => `${names[sorted[row] ?? 0] ?? ''} – ${names[sorted[column] ?? 0] ?? ''}`,
    borders: breaks,
    square: true,
  };
  const undefinedText = whyUndefined(shown);
  if (undefinedText !== null) {
    for (const figure of [conditions, single]) figure.showReason(`${about} ${undefinedText}`);
    label.element.hidden = true;
    return;
  }
  conditions.show({
    of: shown.name,
    chart: heatmapChart(map),
    description: `${plural(names.length, 'condition')}, ordered by ${ordered}.`,
    caption: `${about} Between condition means, of ${range(counts)} stimuli each; ordered by ${ordered}.${coloursText}${why('rdm.conditions')}`,
    table: matrixTable(
      'condition',
      sorted.map((at) => names[at] ?? ''),
      conditionValues,
    ),
  });

  const stimuli = Array.from(rdm.stimuli);
  const order = stimuli.map((_, at) => at).sort((a, b) => compare(stimuli[a] ?? 0, stimuli[b] ?? 0) || a - b);
  const row = order.map((at) => stimuli[at] ?? 0);
  const borders = row.flatMap((stimulus, i) => {
    const before = row[i - 1];
    return before !== undefined && compare(before, stimulus) !== 0 ? [i] : [];
  });
  const singleValues = matrixOf(rdm.single, stimuli.length, order);
  const stimulusNames = row.map((stimulus) => stimulusName(shown.columns, stimulus));
  const singleTicks = blockTicks(row, borders, keys);
  const singleMap: Heatmap = {
    ...map,
    values: singleValues,
    xTicks: singleTicks,
    yTicks: singleTicks,
    pair: (row, column) => `${stimulusNames[row] ?? ''} – ${stimulusNames[column] ?? ''}`,
    borders,
    pointed: row.flatMap((stimulus, at) => (selected.includes(stimulus) ? [at] : [])),
  };
  const part =
    stimuli.length < shown.stimuli.count
      ? `${stimuli.length} of ${shown.stimuli.count.toLocaleString('en')} test stimuli`
      : `all ${stimuli.length} test stimuli`;
  single.show({
    of: shown.name,
    hazards,
    chart: heatmapChart(singleMap),
    description: `${plural(stimuli.length, 'stimulus', 'stimuli')}, ordered by ${ordered}.`,
    caption: `${about} Between ${part}; ordered by ${ordered}, then by condition.${selected.length > 0 ? ` Triangles: selected stimuli (${singleMap.pointed?.length ?? 0} of ${selected.length} are among these).` : ''}${coloursText}${why('rdm.single')}`,
    table: matrixTable('stimulus', stimulusNames, singleValues),
  });

  label.element.hidden = alone === undefined;
  if (alone === undefined) return;
  const labelValues = matrixOf(alone.single, stimuli.length, order);
  const labelMap: Heatmap = {
    ...singleMap,
    values: labelValues,
    range: [0, rangeOf(labelValues)[1]],
    measure: `Distance by ${alone.label}`,
  };
  label.show({
    chart: heatmapChart(labelMap),
    description: `${plural(stimuli.length, 'stimulus', 'stimuli')}, ordered by ${ordered}.`,
    caption: `The RDM that a representation of nothing but ${alone.label} would have, over the same stimuli in the same order.`,
    table: matrixTable('stimulus', stimulusNames, labelValues),
  });
}

/** Why no two patterns of a layer have a distance, and what would work; null where some have. */
function whyUndefined({ layer: { rdm, units, missing } }: ShownReplicate): string | null {
  const isUndefined = (matrix: Float32Array): boolean => {
    const size = Math.sqrt(matrix.length);
    return matrix.every((value, at) => Number.isNaN(value) || at % (size + 1) === 0);
  };
  if (!isUndefined(rdm.conditions) || !isUndefined(rdm.single)) return null;
  const reason =
    units === 1
      ? `A pattern of one unit has no ${metricNames[rdm.metric]}.`
      : (missing['rdm.single'] ??
        missing['rdm.conditions'] ??
        `No two patterns have a ${metricNames[rdm.metric]}.`);
  return `${reason} "metric": "euclidean" under analyses › rdm is defined for every layer.`;
}

/** Both RDMs of a layer in the same colours, whichever checkpoint is shown: from 0 to the largest distance at the final one. */
function coloursOf({ layer, final }: ShownReplicate): { colours: [number, number]; coloursText: string } {
  const { conditions, single } = (final ?? layer).rdm;
  const [, largest] = rangeOf([Array.from(conditions), Array.from(single)]);
  const when = final === undefined ? '' : ' at the final checkpoint';
  return {
    colours: [0, largest],
    coloursText: ` Colours: 0 to ${shownNumber(largest)}, the largest distance of both RDMs${when}.`,
  };
}

function matrixOf(matrix: Float32Array, size: number, order: readonly number[]): (number | null)[][] {
  return order.map((row) =>
    order.map((column) => {
      const value = matrix[row * size + column] ?? NaN;
      return Number.isNaN(value) ? null : value;
    }),
  );
}

/** One tick in the middle of each block of stimuli with the same value. */
function blockTicks(
  stimuli: readonly number[],
  borders: readonly number[],
  keys: readonly LabelColumn[],
): Heatmap['xTicks'] {
  if (keys.length === 0) return sparseTicks(stimuli.length, String);
  const starts = [0, ...borders];
  return starts.map((start, at) => ({
    at: (start + (starts[at + 1] ?? stimuli.length) - 1) / 2,
    name: keys.map((by) => `${by.name}: ${valueName(by, stimuli[start] ?? 0)}`).join(' · '),
  }));
}

function matrixTable(kind: string, names: string[], values: (number | null)[][]): Table {
  return { columns: [kind, ...names], rows: names.map((name, at) => [name, ...(values[at] ?? [])]) };
}

function range(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? String(low) : `${low} to ${high}`;
}
