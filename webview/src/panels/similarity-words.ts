import { distancesOf, sourcesOf } from '../../../src/protocol/recorded';
import { bestPair, comparisonNames, lastHidden } from '../../../src/protocol/measure-names';
import { isRsa } from '../../../src/protocol/pair-results';
import type { MeasureInfo, PairResults, Results } from '../../../src/protocol/results';
import { shown } from '../number';

/** What a measure of pairs says of itself. */
export function infoOf({ measures }: Results, measure: string): MeasureInfo {
  const info = measures[measure];
  if (info === undefined) throw new Error(`These results say nothing of the measure ${measure}.`);
  return info;
}

/** How replicates were compared, in a caption. */
export function nameOf(compared: PairResults, { title }: MeasureInfo, results: Results): string {
  if (!isRsa(compared)) return title;
  const { comparison, over, layer } = compared;
  return `${distancesOf(compared, sourcesOf(compared), layer, results)}, ${comparisonNames[comparison]}, over ${over}`;
}

/** What a number is called. */
export function numberWord({ more }: MeasureInfo): 'similarity' | 'distance' {
  return more === 'unlike' ? 'distance' : 'similarity';
}

/** What its colours measure, beside them. */
export function scaleTitle(compared: PairResults, info: MeasureInfo): string {
  if (isRsa(compared)) return `${comparisonNames[compared.comparison]} correlation of RDMs`;
  return withDirection(info);
}

export function withDirection({ title, more }: MeasureInfo): string {
  return more === 'unlike' ? `${title} (0: the same)` : title;
}

/** Which way it goes. */
export function directionText({ more, itself }: MeasureInfo): string {
  if (more === 'unlike') return '0: the same; larger: further apart.';
  return `Larger: more alike${itself === undefined ? '' : '; 1: the same'}.`;
}

/** Which networks are not among those that are compared, having no such layer. */
export function withoutLayer(networks: Results['networks'], layer: string): string {
  const ofHidden = layer === lastHidden || layer === bestPair;
  const names = networks
    .filter(({ layers }) => layers.every(({ name, role }) => (ofHidden ? role !== 'hidden' : name !== layer)))
    .map(({ name }) => name);
  return names.length === 0
    ? ''
    : ` Not among these, without ${ofHidden ? 'a hidden layer' : `a layer ${layer}`}: ${names.join(', ')}.`;
}

/** How the numbers of a measure become colours. */
export interface PairColours {
  range: [number, number];
  diverging: boolean;
  /** Small numbers mean alike, and have the colours of that. */
  reversed: boolean;
  /** The ends in words, for the choice between them. */
  choice: string;
  /** In a caption. */
  text: string;
}

/**
 * From end to end of the measure: the same for all figures that one may compare. Correlations are coloured around their zero.
 *
 * @param between numbers of different replicates or layers: the colours reach as far as these where they are given
 */
export function coloursOf(
  { range, more }: Pick<MeasureInfo, 'range' | 'more'>,
  between?: readonly number[],
): PairColours {
  const diverging = range === 'similarity';
  const whole: [number, number] = diverging ? [-1, 1] : [0, range === 'angle' ? Math.PI / 2 : 1];
  const how = { diverging, reversed: more === 'unlike' };
  const fitted = between === undefined ? null : fittedTo(between, whole, diverging);
  if (fitted === null) {
    const ends = range === 'angle' ? '0 to π/2' : diverging ? '−1 to 1' : '0 to 1';
    return { ...how, range: whole, choice: ends, text: `Colours: ${ends}.` };
  }
  const [low, high] = fitted.map((end) => shortEnd(end));
  return diverging
    ? {
        ...how,
        range: fitted,
        choice: `±${high} (largest between replicates)`,
        text: `Colours: ${low} to ${high}, the largest between different replicates at the final checkpoint; what lies beyond, as the diagonal (1) does, has the colour of the end.`,
      }
    : {
        ...how,
        range: fitted,
        choice: `${low} to ${high} (between replicates)`,
        text: `Colours: ${low} to ${high}, the smallest and the largest between different replicates at the final checkpoint; what lies beyond, as the diagonal does, has the colour of the end.`,
      };
}

/** As far as these numbers reach, rounded outwards to two decimals; null where that is nearly the whole. */
function fittedTo(
  between: readonly number[],
  [least, most]: readonly [number, number],
  diverging: boolean,
): [number, number] | null {
  if (between.length === 0) return null;
  const up = (value: number): number => Math.min(most, Math.ceil(100 * value) / 100);
  if (diverging) {
    const largest = Math.max(...between.map(Math.abs));
    return largest > 0 && largest < 0.95 ? [-up(largest), up(largest)] : null;
  }
  const [low, high] = [
    Math.max(least, Math.floor(100 * Math.min(...between)) / 100),
    up(Math.max(...between)),
  ];
  return high > low && high - low < 0.9 * (most - least) ? [low, high] : null;
}

function shortEnd(end: number): string {
  return String(end).replace('-', '−');
}

/** The numbers of different replicates. */
export function between({ matrix }: PairResults): number[] {
  return matrix.flatMap((row, i) => row.slice(0, i).filter((value) => value !== null));
}

/** Their true range: what one looks for. */
export function betweenText(compared: PairResults): string {
  const values = between(compared);
  return values.length === 0
    ? ''
    : ` Between different replicates: ${shown(Math.min(...values), true)} to ${shown(Math.max(...values), true)}.`;
}
