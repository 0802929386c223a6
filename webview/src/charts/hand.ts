import { type Drag, isInside } from './drag';
import type { Layout } from './layout';
import { isIn } from './paint-marks';
import type { Picture, Range } from './picture';

/** What dragging over a picture does, in its pixels: encloses points of the first mark, or moves the picture; undefined: nothing. */
export function handOver({ hand }: Picture, { placed: [first] }: Layout): Drag | undefined {
  if (hand === undefined || first === undefined) return undefined;
  const { drag, sight, enclosed } = hand;
  const { plot, box, at } = first;
  const [x, y] = [plot.x.range, plot.y.range];
  const reset = (): void => {
    delete sight.x;
    delete sight.y;
  };
  if (drag !== 'move')
    // One may begin beside the plot: what lies at its edge is easier to enclose.
    return {
      outline: drag,
      within: () => true,
      reset,
      enclosed(outline) {
        const [mark] = plot.marks;
        if (mark?.kind !== 'points') return;
        const all = Array.from(mark.x, (_, point) => point);
        enclosed(
          all.filter((point) => {
            const [across, down] = [at.x(mark.x[point] ?? NaN), at.y(mark.y[point] ?? NaN)];
            return isIn(box, across, down) && isInside(outline, across, down);
          }),
        );
      },
    };
  const perPixel = { x: (x[1] - x[0]) / box.width, y: (y[1] - y[0]) / box.height };
  return {
    outline: 'none',
    within: (across, down) => isIn(box, across, down),
    reset,
    moved(dx, dy) {
      sight.x = [x[0] - dx * perPixel.x, x[1] - dx * perPixel.x];
      sight.y = [y[0] + dy * perPixel.y, y[1] + dy * perPixel.y];
    },
    zoomed(factor, across, down) {
      const about = ([low, high]: Range, share: number): Range => {
        const fixed = low + share * (high - low);
        return [fixed + (low - fixed) * factor, fixed + (high - fixed) * factor];
      };
      sight.x = about(x, (across - box.left) / box.width);
      sight.y = about(y, 1 - (down - box.top) / box.height);
    },
  };
}
