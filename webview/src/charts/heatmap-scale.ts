import type { Theme } from '../theme';
import { visible } from '../visible';
import { colourSteps } from './colours';
import { type Pen, textWidth } from './pen';

/** What a bar of colours says. */
export interface Scale {
  range: readonly [number, number];
  /** What the colour measures. */
  measure: string;
  stops: readonly string[];
  /** Whether there are undefined values, which have a look of their own. */
  undefinedValues: boolean;
}

const THICK = 12;
const small = 11;
const UNDEFINED = 'undefined';
/** Room for what undefined values look like. */
const SWATCH = 22;
/** Height of a bar below the picture, with its limits and its title. */
export const scaleBelow = 58;

/** Width of a bar at the right of the picture, with its limits and its title. */
export function scaleRoom(scale: Scale, theme: Theme): number {
  const limits = limitsOf(scale, 5).map((value) => textWidth(limitText(value), theme.font, small));
  const swatch = scale.undefinedValues ? textWidth(UNDEFINED, theme.font, small) - 20 : 0;
  return Math.ceil(16 + THICK + 7 + Math.max(swatch, ...limits) + 20);
}

export function drawScaleAside(
  pen: Pen,
  scale: Scale,
  theme: Theme,
  { x, y, height, end }: { x: number; y: number; height: number; end: number },
): void {
  const long = height - (scale.undefinedValues ? SWATCH : 0);
  const steps = colourSteps(scale.stops);
  const count = steps.length / 4;
  const reversed = new Uint8ClampedArray(steps.length);
  for (let at = 0; at < count; at++) reversed.set(steps.subarray(4 * at, 4 * at + 4), 4 * (count - 1 - at));
  pen.cells({ x, y, width: THICK, height: long }, 1, count, reversed);
  pen.frame(x - 0.5, y - 0.5, THICK + 1, long + 1, { colour: theme.muted });
  const [low, high] = scale.range;
  for (const value of limitsOf(scale, long < 90 ? 3 : 5)) {
    const at = y + long * (1 - (value - low) / (high - low));
    pen.line([x + THICK, at, x + THICK + 4, at], { colour: theme.muted });
    pen.text(x + THICK + 7, at, limitText(value), { colour: theme.foreground, size: small });
  }
  const fits = textWidth(scale.measure, theme.font) <= long + 12;
  pen.text(end - 9, y + long / 2, visible(scale.measure), {
    colour: theme.foreground,
    align: 'middle',
    upright: true,
    ...(fits ? {} : { size: small }),
  });
  if (scale.undefinedValues) drawSwatch(pen, theme, x, y + height - THICK);
}

export function drawScaleBelow(
  pen: Pen,
  scale: Scale,
  theme: Theme,
  { x, y, width }: { x: number; y: number; width: number },
): void {
  const steps = colourSteps(scale.stops);
  const swatch = scale.undefinedValues ? THICK + 10 + textWidth(UNDEFINED, theme.font, small) : 0;
  const long = Math.max(40, width - swatch);
  pen.cells({ x, y, width: long, height: THICK }, steps.length / 4, 1, steps);
  pen.frame(x - 0.5, y - 0.5, long + 1, THICK + 1, { colour: theme.muted });
  const [low, high] = scale.range;
  for (const value of limitsOf(scale, long < 180 ? 3 : 5)) {
    const at = x + (long * (value - low)) / (high - low);
    pen.line([at, y + THICK, at, y + THICK + 4], { colour: theme.muted });
    pen.text(at, y + THICK + 12, limitText(value), {
      colour: theme.foreground,
      size: small,
      align: 'middle',
    });
  }
  pen.text(x + long / 2, y + THICK + 29, visible(scale.measure), {
    colour: theme.foreground,
    align: 'middle',
  });
  if (scale.undefinedValues) drawSwatch(pen, theme, x + long + 10, y);
}

function drawSwatch(pen: Pen, theme: Theme, x: number, y: number): void {
  pen.fill(x, y, THICK, THICK, theme.undefinedValue);
  pen.line([x, y + THICK, x + THICK, y], { colour: theme.foreground });
  pen.frame(x - 0.5, y - 0.5, THICK + 1, THICK + 1, { colour: theme.muted });
  pen.text(x + THICK + 5, y + THICK / 2, UNDEFINED, { colour: theme.foreground, size: small });
}

/** Both ends of the scale and what is evenly between them. */
function limitsOf({ range: [low, high] }: Scale, count: number): number[] {
  return Array.from({ length: count }, (_, at) => low + (at / (count - 1)) * (high - low));
}

function limitText(value: number): string {
  return Math.abs(value) < 1e-9 ? '0' : String(Number(value.toPrecision(3))).replace('-', '−');
}
