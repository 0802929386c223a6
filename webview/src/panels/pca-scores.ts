import type { LegendGroup } from '../charts/picture';
import type { Scatter } from '../charts/scatter';
import { type LabelColumn, stimulusName } from '../labels';
import { thumbOf } from '../thumb';
import { percent } from '../number';
import type { ShownReplicate } from './one-replicate';
import { defined } from '../defined';

/** The components that points are drawn on. */
export interface Frame {
  scores: Float32Array;
  /** Of the variance of this checkpoint that each takes. */
  share: readonly number[];
  /** The final components, with the same axes at every checkpoint. */
  fixed: { low: number[]; high: number[] } | null;
  about: string;
}

export function frameOf({ layer: { pca }, newest }: ShownReplicate, own: boolean): Frame {
  const { projected } = pca;
  if (own || (projected === undefined && !newest))
    return { scores: pca.scores, share: pca.explainedVarianceRatio, fixed: null, about: '' };
  const fixed = pca.axes ?? null;
  if (projected === undefined)
    return { scores: pca.scores, share: pca.explainedVarianceRatio, fixed, about: '' };
  return {
    ...projected,
    fixed,
    about:
      ' On the components of the final checkpoint, with the same axes at every checkpoint; percentages: share of this checkpoint’s variance.',
  };
}

export function component(
  { scores }: Frame,
  { components }: ShownReplicate['layer']['pca'],
  at: number,
  stimuli: readonly number[],
): number[] {
  return stimuli.map((i) => scores[i * components + at] ?? NaN);
}

/** The place of the colour and of the shape of each stimulus among their like. */
export function looksOf(
  { stimuli: { count } }: ShownReplicate,
  colourBy: LabelColumn | undefined,
  symbolBy: LabelColumn | undefined,
): Looks {
  const classesOf = (column: LabelColumn | undefined): Uint16Array =>
    column === undefined || column.classes === null
      ? new Uint16Array(count)
      : Uint16Array.from(column.values);
  return { colour: classesOf(colourBy), shape: classesOf(symbolBy) };
}

interface Looks {
  colour: Uint16Array;
  shape: Uint16Array;
}

interface Picks {
  x: number;
  y: number;
  z: number;
}

export function axisName({ newest }: ShownReplicate, { fixed, share }: Frame, at: number): string {
  return `${fixed !== null && !newest ? 'Final ' : ''}PC${at + 1} (${percent(share[at] ?? 0)} of variance)`;
}

/** Where the axis of a component reaches, where that is the same at every checkpoint. */
export function rangeOf({ fixed }: Frame, at: number): [number, number] | undefined {
  const [low, high] = [fixed?.low[at], fixed?.high[at]];
  if (low === undefined || high === undefined) return undefined;
  const margin = 0.05 * (high - low || 1);
  return [low - margin, high + margin];
}

/** What pictures of scores are drawn from. */
export interface Scores {
  shown: ShownReplicate;
  frame: Frame;
  picks: Picks;
  looks: Looks;
  legend: LegendGroup[];
  colourBy: LabelColumn | undefined;
  /** One unit is as long on all axes. */
  equal: boolean;
  selected: readonly number[];
}

/** The scores of the stimuli on two components. */
export function scoreScatter(scores: Scores): Scatter {
  const { shown, frame, looks, legend, colourBy, selected } = scores;
  const { x, y } = scores.picks;
  const all = Array.from({ length: shown.stimuli.count }, (_, i) => i);
  return {
    x: component(frame, shown.layer.pca, x, all),
    y: component(frame, shown.layer.pca, y, all),
    xTitle: axisName(shown, frame, x),
    yTitle: axisName(shown, frame, y),
    ...defined({ xRange: rangeOf(frame, x), yRange: rangeOf(frame, y) }),
    equal: scores.equal,
    ...looks,
    legend,
    ...(colourBy !== undefined && colourBy.classes === null
      ? { measure: { title: colourBy.name, values: colourBy.values } }
      : {}),
    selected,
    nameOf: (i) => stimulusName(shown.stimuli, i),
    thumb: (i) => thumbOf(shown.stimuli, i),
  };
}
