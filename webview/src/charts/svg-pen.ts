import { svg } from '../dom';
import { cellsCanvas } from './canvas-pen';
import { type Pen, type Stroke, textSize } from './pen';

/** Draws as elements of an SVG group. */
export function svgPen(into: SVGElement): Pen {
  const stroked = ({ colour, width = 1, dash = [], opacity }: Stroke) => ({
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    ...(dash.length > 0 ? { 'stroke-dasharray': dash.join(' ') } : {}),
    ...(opacity === undefined ? {} : { 'stroke-opacity': opacity }),
  });
  const listed = (points: ArrayLike<number>): string =>
    Array.from({ length: points.length >> 1 }, (_, at) => `${points[2 * at]},${points[2 * at + 1]}`).join(
      ' ',
    );
  return {
    fill(x, y, width, height, colour) {
      into.append(svg('rect', { x, y, width, height, fill: colour }));
    },
    frame(x, y, width, height, stroke) {
      into.append(svg('rect', { x, y, width, height, ...stroked(stroke) }));
    },
    line(points, stroke) {
      into.append(svg('polyline', { points: listed(points), ...stroked(stroke) }));
    },
    polygon(points, colour, opacity) {
      into.append(svg('polygon', { points: listed(points), fill: colour, 'fill-opacity': opacity ?? 1 }));
    },
    discs(centres, radius, { fill, ring, opacity }) {
      const look = {
        fill: fill ?? 'none',
        ...(ring === undefined ? {} : { stroke: ring, 'stroke-width': 1.5 }),
        ...(opacity === undefined ? {} : { opacity }),
      };
      for (let at = 0; at + 1 < centres.length; at += 2)
        into.append(svg('circle', { cx: centres[at] ?? 0, cy: centres[at + 1] ?? 0, r: radius, ...look }));
    },
    text(x, y, text, { colour, size = textSize, align = 'start', bold = false, upright = false }) {
      into.append(
        svg(
          'text',
          {
            x,
            y,
            fill: colour,
            'font-size': size,
            'text-anchor': align,
            'dominant-baseline': 'central',
            ...(bold ? { 'font-weight': 600 } : {}),
            ...(upright ? { transform: `rotate(-90 ${x} ${y})` } : {}),
          },
          text,
        ),
      );
    },
    cells(place, columns, rows, rgba) {
      if (columns === 0 || rows === 0) return;
      const href = cellsCanvas(columns, rows, rgba).toDataURL('image/png');
      const style = 'image-rendering: pixelated';
      into.append(svg('image', { ...place, href, preserveAspectRatio: 'none', style }));
    },
  };
}
