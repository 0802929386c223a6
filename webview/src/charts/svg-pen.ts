import { svg } from '../dom';
import { cellsCanvas } from './canvas-pen';
import { type Box, type DiscLook, type Pen, segmentsPath, type Stroke, textSize, type Writing } from './pen';
import { defined } from '../defined';

/** More cells than this are one image: programs for drawing are slow with so many elements. */
const MOST_RECTANGLES = 16_384;

/** A rectangle for each run of cells of one colour in a row: what is drawn can be taken apart in any program for drawing. */
function rectangles(
  { x, y, width, height }: Box,
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
export class SvgPen implements Pen {
  constructor(private readonly into: SVGElement) {}

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.into.append(svg('rect', { x, y, width, height, fill: colour }));
  }

  frame(x: number, y: number, width: number, height: number, stroke: Stroke): void {
    this.into.append(svg('rect', { x, y, width, height, ...stroked(stroke) }));
  }

  line(points: ArrayLike<number>, stroke: Stroke): void {
    this.into.append(svg('polyline', { points: listed(points), ...stroked(stroke) }));
  }

  segments(points: ArrayLike<number>, stroke: Stroke): void {
    this.into.append(svg('path', { d: segmentsPath(points), ...stroked(stroke) }));
  }

  polygon(points: ArrayLike<number>, colour: string, opacity = 1): void {
    this.into.append(svg('polygon', { points: listed(points), fill: colour, 'fill-opacity': opacity }));
  }

  discs(centres: ArrayLike<number>, radius: number, { fill, ring, opacity }: DiscLook): void {
    const look = {
      fill: fill ?? 'none',
      ...(ring === undefined ? {} : { stroke: ring, 'stroke-width': 1.5 }),
      ...defined({ opacity }),
    };
    for (let at = 0; at + 1 < centres.length; at += 2)
      this.into.append(svg('circle', { cx: centres[at] ?? 0, cy: centres[at + 1] ?? 0, r: radius, ...look }));
  }

  text(x: number, y: number, text: string, writing: Writing): void {
    const { colour, size = textSize, align = 'start', bold = false, upright = false } = writing;
    const look = {
      ...{ x, y, fill: colour, 'font-size': size, 'text-anchor': align, 'dominant-baseline': 'central' },
      ...(bold ? { 'font-weight': 600 } : {}),
      ...(upright ? { transform: `rotate(-90 ${x} ${y})` } : {}),
    };
    this.into.append(svg('text', look, text));
  }

  cells(place: Box, columns: number, rows: number, rgba: Uint8ClampedArray<ArrayBuffer>): void {
    if (columns === 0 || rows === 0) return;
    if (columns * rows <= MOST_RECTANGLES) {
      this.into.append(rectangles(place, columns, rows, rgba));
      return;
    }
    const href = cellsCanvas(columns, rows, rgba).toDataURL('image/png');
    const style = 'image-rendering: pixelated';
    this.into.append(svg('image', { ...place, href, preserveAspectRatio: 'none', style }));
  }
}

function stroked({ colour, width = 1, dash = [], opacity }: Stroke) {
  return {
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    ...(dash.length > 0 ? { 'stroke-dasharray': dash.join(' ') } : {}),
    ...defined({ 'stroke-opacity': opacity }),
  };
}

function listed(points: ArrayLike<number>): string {
  return Array.from(
    { length: points.length >> 1 },
    (_, at) => `${points[2 * at]},${points[2 * at + 1]}`,
  ).join(' ');
}
