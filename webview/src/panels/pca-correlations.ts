import { direction, isPlain, labelNames } from '../../../src/formats/label-names';
import type { StimuliDetail } from '../../../src/protocol/detail';
import type { MeasureInfo } from '../../../src/protocol/results';
import { heatmapChart } from '../charts/heatmap';
import type { FigureContent } from '../figure-content';
import { tasksFirst } from '../labels';
import type { ShownReplicate } from './one-replicate';
import { own } from '../../../src/protocol/own';

/** Names of more letters have two lines. */
const LONG = 15;

type Label = StimuliDetail['labels'][number];

/** What the components have to do with the labels. @param says what a correlation with one is */
export function correlationsOf(
  { layer, stimuli, name: place }: ShownReplicate,
  says: readonly MeasureInfo[],
): FigureContent {
  const { correlation, components } = layer.pca;
  const shownNames = labelNames(stimuli.labels);
  const rows = tasksFirst(
    [...shownNames.keys()].filter((name) => own(correlation, name) !== undefined),
    stimuli.labels,
  ).map((name) => {
    const label = stimuli.labels.find((one) => one.name === name);
    const shown = shownNames.get(name) ?? name;
    return {
      name: isMultiple(label) ? `${shown} (R)` : signed(shown, name, stimuli.labels),
      values: own(correlation, name) ?? [],
      varies: label === undefined || label.width > 1 || valuesOf(label) > 1,
      chance: isMultiple(label) ? chanceOf(label, stimuli.count) : null,
    };
  });
  const constant = rows.filter(({ varies }) => !varies).map(({ name }) => name);
  const names = Array.from({ length: components }, (_, at) => `PC${at + 1}`);
  const chances = rows.flatMap(({ name, chance }) =>
    chance === null || constant.includes(name) ? [] : [`${name} ${chance.toFixed(2)}`],
  );
  return {
    of: place,
    says,
    chart: heatmapChart({
      values: rows.map(({ values }) => values),
      range: [-1, 1],
      diverging: true,
      measure: 'Correlation',
      columns: { title: 'Component', names },
      rows: { names: rows.map(({ name }) => name), tall: rows.some(({ name }) => name.length > LONG) },
      pair: (row, column) => `${rows[row]?.name ?? ''}, ${names[column] ?? ''}`,
      written: true,
    }),
    description: 'Labels by components.',
    caption:
      'Pearson correlation of the scores with each label. Components of this checkpoint; their signs are fixed by rule.' +
      (chances.length === 0
        ? ''
        : ` (R): the multiple correlation with all parts of a label, without sign; by chance alone it is about ${chances.join(', ')}.`) +
      (constant.length === 0 ? '' : ` Without variation among these stimuli: ${constant.join(', ')}.`),
    table: {
      columns: ['label', ...names],
      rows: rows.map(({ name, values }) => [name, ...values]),
    },
  };
}

/** Whether the correlation is with several columns at once. */
function isMultiple(label: Label | undefined): label is Label {
  return label !== undefined && label.kind !== 'binary';
}

/** With what a positive correlation means, where that does not go without saying (`backward − forward` says all itself); a feature that is the same names it best. */
function signed(shown: string, name: string, labels: readonly Label[]): string {
  const label = labels.find((one) => one.name === name);
  const named = labels.find((one) => one.name === label?.sameAs?.label) ?? label;
  const text = direction(named?.classes ?? [], label?.sameAs?.reversed ?? false);
  if (isPlain(text)) return shown;
  return text.startsWith(`${shown} − `) ? text : `${shown} (${text})`;
}

/** How many values of a label occur. */
const valuesOf = ({ values }: Label): number => new Set(values).size;

/** The multiple correlation of `count` values with p columns that have nothing to do with them: √(p / (n − 1)). Of classes those count that occur. */
function chanceOf(label: Label, count: number): number {
  const columns = label.kind === 'categorical' ? valuesOf(label) - 1 : label.width;
  return Math.min(1, Math.sqrt(columns / Math.max(1, count - 1)));
}
