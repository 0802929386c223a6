import { minus } from '../../../src/formats/fixed';
import { NO_VALUE } from '../number';
import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { colourSteps } from './colours';
import { type Pen, textWidth } from './pen';
import type { Scale } from './picture';
import { niceTicks } from './ticks';

/** The colours of a scale, from its low end to the high one. */
export function stopsOf(
  { diverging, reversed }: Pick<Scale, 'diverging' | 'reversed'>,
  theme: Theme,
): readonly string[] {
  const stops = diverging ? theme.diverging : theme.sequential;
  return reversed === true ? [...stops].reverse() : stops;
}

/** A place on the bar, and what is written there. */
interface Limit {
  value: number;
  text: string;
}

const THICK = 12;
const small = 11;
/** Room for what undefined values look like. */
const SWATCH = 22;
/** Height of a line of the title. */
const TITLE = 14;
/** Height of a bar below the picture, with its limits and its title. */
export const scaleBelow = 58;

/** Width of a bar at the right of the picture, with its limits and its title. */
export function scaleRoom(scale: Scale, theme: Theme, height = Infinity): number {
  const limits = limitsOf(scale, 300).map(({ text }) => textWidth(text, theme.font, small));
  const swatch = scale.undefinedValues ? textWidth(NO_VALUE, theme.font, small) - 20 : 0;
  const lines = titleLines(scale, theme, height).length;
  return Math.ceil(16 + THICK + 7 + Math.max(swatch, ...limits) + 20 + TITLE * (lines - 1));
}

/** The title beside a bar, over as many lines as it takes. */
function titleLines({ measure, undefinedValues }: Scale, theme: Theme, height: number): string[] {
  const room = height - (undefinedValues ? SWATCH : 0) + 12;
  const lines: string[] = [];
  for (const word of visible(measure).split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && textWidth(longer, theme.font) > room) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}

/** Where a bar stands: at the right of a picture that ends at `end`, or below it. */
export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  end: number;
  below: boolean;
}

export function drawScale(
  pen: Pen,
  scale: Scale,
  theme: Theme,
  { x, y, width, height, end, below }: Bar,
): void {
  const swatch = scale.undefinedValues ? THICK + 10 + textWidth(NO_VALUE, theme.font, small) : 0;
  const long = below ? Math.max(40, width - swatch) : height - (scale.undefinedValues ? SWATCH : 0);
  const [wide, high] = below ? [long, THICK] : [THICK, long];
  // Low values are at the left, or at the foot.
  const stops = below ? stopsOf(scale, theme) : [...stopsOf(scale, theme)].reverse();
  const steps = colourSteps(stops);
  const count = steps.length / 4;
  pen.cells({ x, y, width: wide, height: high }, below ? count : 1, below ? 1 : count, steps);
  pen.frame(x - 0.5, y - 0.5, wide + 1, high + 1, { colour: theme.muted });
  const [first, last] = scale.range;
  const look = { colour: theme.foreground, size: small } as const;
  for (const { value, text } of limitsOf(scale, below ? 0.7 * long : long)) {
    const share = (value - first) / (last - first);
    const at = below ? x + long * share : y + long * (1 - share);
    const [tick, place] = below
      ? [[at, y + THICK, at, y + THICK + 4], [at, y + THICK + 12] as const]
      : [[x + THICK, at, x + THICK + 4, at], [x + THICK + 7, at] as const];
    pen.line(tick, { colour: theme.muted });
    pen.text(...place, text, below ? { ...look, align: 'middle' } : look);
  }
  const title = { colour: theme.foreground, align: 'middle' } as const;
  const lines = titleLines(scale, theme, height);
  if (below) pen.text(x + long / 2, y + THICK + 29, visible(scale.measure), title);
  else
    lines.forEach((line, at) =>
      pen.text(end - 9 - TITLE * (lines.length - 1 - at), y + long / 2, line, { ...title, upright: true }),
    );
  if (!scale.undefinedValues) return;
  if (below) drawSwatch(pen, theme, x + long + 10, y);
  else drawSwatch(pen, theme, x, y + height - THICK);
}

function drawSwatch(pen: Pen, theme: Theme, x: number, y: number): void {
  pen.fill(x, y, THICK, THICK, theme.undefinedValue);
  pen.line([x, y + THICK, x + THICK, y], { colour: theme.foreground });
  pen.frame(x - 0.5, y - 0.5, THICK + 1, THICK + 1, { colour: theme.muted });
  pen.text(x + THICK + 5, y + THICK / 2, NO_VALUE, { colour: theme.foreground, size: small });
}

/** Round numbers; where values lie beyond the ends, the ends too, which say so. */
function limitsOf({ range: [low, high], beyond }: Scale, pixels: number): Limit[] {
  const round = niceTicks(low, high, pixels < 70 ? 2 : pixels < 160 ? 4 : 6);
  if (beyond?.low !== true && beyond?.high !== true)
    return round.map((value) => ({ value, text: limitText(value) }));
  // As far from the ends as a number is high.
  const margin = (14 / Math.max(40, pixels)) * (high - low);
  return [
    { value: low, text: `${beyond.low ? '≤ ' : ''}${limitText(low)}` },
    ...round
      .filter((value) => value > low + margin && value < high - margin)
      .map((value) => ({ value, text: limitText(value) })),
    { value: high, text: `${beyond.high ? '≥ ' : ''}${limitText(high)}` },
  ];
}

function limitText(value: number): string {
  return Math.abs(value) < 1e-9 ? '0' : minus(String(Number(value.toPrecision(3))));
}
