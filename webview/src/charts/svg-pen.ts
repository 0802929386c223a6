import { svg } from '../dom';
import { cellsCanvas } from './canvas-pen';
import { type Pen, type Stroke, textSize } from './pen';

/** More cells than this are one image: programs for drawing are slow with so many elements. */
const MOST_RECTANGLES = 16_384;

/** A rectangle for each run of cells of one colour in a row: what is drawn can be taken apart in any program for drawing. */
function rectangles(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  columns: number,
  rows: number,
  rgba: Uint8ClampedArray,
): SVGGElement {
  const group = svg('g', { 'shape-rendering': 'crispEdges' });
  const [wide, high] = [width / columns, height / rows];
  const colourAt = (cell: number): string =>
    `#${Array.from(rgba.subarray(4 * cell, 4 * cell + 3), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  for (let row = 0; row < rows; row++)
    for (let from = 0, to = 0; from < columns; from = to) {
      const fill = colourAt(row * columns + from);
      while (to < columns && colourAt(row * columns + to) === fill) to++;
      group.append(
        svg('rect', { x: x + from * wide, y: y + row * high, width: (to - from) * wide, height: high, fill }),
      );
    }
  return group;
}

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
      if (columns * rows <= MOST_RECTANGLES) {
        into.append(rectangles(place, columns, rows, rgba));
        return;
      }
      const href = cellsCanvas(columns, rows, rgba).toDataURL('image/png');
      const style = 'image-rendering: pixelated';
      into.append(svg('image', { ...place, href, preserveAspectRatio: 'none', style }));
    },
  };
}
