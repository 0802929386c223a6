import { cornersOf, type Mark } from '../../../src/formats/marks';
import type { Pen } from './pen';

/** One point. */
export function drawMark(
  pen: Pen,
  mark: Mark,
  x: number,
  y: number,
  radius: number,
  { fill, opacity = 1 }: { fill: string; opacity?: number },
): void {
  if (mark === 'disc') pen.discs([x, y], radius, { fill, opacity });
  else pen.polygon(cornersOf(mark, x, y, radius), fill, opacity);
}
