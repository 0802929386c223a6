import type { Theme } from '../theme';
import { visible } from '../visible';
import { colourSteps } from './colours';
import { type Pen, textWidth } from './pen';

export interface Scale {
  range: readonly [number, number];
  stops: readonly string[];
  /** What the colour measures. */
  title: string;
}

const small = 11;
const BAR = 12;

/** Both ends of the scale, the middle, and what is halfway. */
function limitsOf([low, high]: Scale['range']): number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
}

function limitText(value: number): string {
  return Math.abs(value) < 1e-9 ? '0' : String(Number(value.toPrecision(3))).replace('-', '−');
}

/** Room that a bar with its numbers and its title takes, in pixels. */
export function colourBarWidth({ range }: Pick<Scale, 'range'>, theme: Theme): number {
  const widest = Math.max(...limitsOf(range).map((value) => textWidth(limitText(value), theme.font, small)));
  return Math.ceil(BAR + 7 + widest + 20);
}

/** The colour bar, with its limits; `end` is where its room ends. */
export function drawColourBar(
  pen: Pen,
  { range, stops, title }: Scale,
  theme: Theme,
  { x, y, height, end }: { x: number; y: number; height: number; end: number },
): void {
  const steps = colourSteps(stops);
  const count = steps.length / 4;
  const reversed = new Uint8ClampedArray(steps.length);
  for (let at = 0; at < count; at++) reversed.set(steps.subarray(4 * at, 4 * at + 4), 4 * (count - 1 - at));
  pen.cells({ x, y, width: BAR, height }, 1, count, reversed);
  pen.frame(x - 0.5, y - 0.5, BAR + 1, height + 1, { colour: theme.muted });
  const [low, high] = range;
  for (const value of limitsOf(range)) {
    const at = y + height * (1 - (value - low) / (high - low));
    pen.line([x + BAR, at, x + BAR + 4, at], { colour: theme.muted });
    pen.text(x + BAR + 7, at, limitText(value), { colour: theme.foreground, size: small });
  }
  pen.text(end - 9, y + height / 2, visible(title), {
    colour: theme.foreground,
    align: 'middle',
    upright: true,
  });
}
