import { visibleLines } from '../../../src/formats/visible';
import { type DiscLook, type Pen, segmentsPath, type Stroke, textSize, type Writing } from './pen';

/** Writes the elements of an SVG file as text, where there is no document to make them in. */
export class SvgTextPen implements Pen {
  private readonly elements: string[] = [];

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.add('rect', { x, y, width, height, fill: colour });
  }

  frame(x: number, y: number, width: number, height: number, stroke: Stroke): void {
    this.add('rect', { x, y, width, height, ...stroked(stroke) });
  }

  line(points: ArrayLike<number>, stroke: Stroke): void {
    this.add('polyline', { points: listed(points), ...stroked(stroke) });
  }

  segments(points: ArrayLike<number>, stroke: Stroke): void {
    this.add('path', { d: segmentsPath(points), ...stroked(stroke) });
  }

  polygon(points: ArrayLike<number>, colour: string, opacity = 1): void {
    this.add('polygon', { points: listed(points), fill: colour, 'fill-opacity': opacity });
  }

  discs(centres: ArrayLike<number>, radius: number, { fill = 'none', ring, opacity }: DiscLook): void {
    for (let at = 0; at + 1 < centres.length; at += 2)
      this.add('circle', {
        ...{ cx: centres[at], cy: centres[at + 1], r: radius, fill, opacity },
        ...{ stroke: ring, 'stroke-width': ring === undefined ? undefined : 1.5 },
      });
  }

  text(x: number, y: number, text: string, writing: Writing): void {
    const { colour, size = textSize, align = 'start', bold = false, upright = false } = writing;
    this.add(
      'text',
      {
        ...{ x, y, fill: colour, 'font-size': size, 'text-anchor': align, 'dominant-baseline': 'central' },
        'font-weight': bold ? 600 : undefined,
        transform: upright ? `rotate(-90 ${short(x)} ${short(y)})` : undefined,
      },
      text,
    );
  }

  /** Matrices are drawn in a page, which has their pictures. */
  cells(): void {
    throw new Error('There is no page to draw cells in.');
  }

  /** The file, with what it is of: as a title and, longer, a description. */
  file(size: { width: number; height: number }, font: string, title: string, description: string): string {
    const { width, height } = size;
    const head = attributes({
      ...{ xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
      'font-family': font,
    });
    const about = `<title>${escaped(title)}</title>\n<desc>${escaped(description)}</desc>`;
    return `<svg${head}>\n${about}\n${this.elements.join('\n')}\n</svg>\n`;
  }

  private add(tag: string, of: Attributes, text?: string): void {
    this.elements.push(
      text === undefined
        ? `<${tag}${attributes(of)}/>`
        : `<${tag}${attributes(of)}>${escaped(text)}</${tag}>`,
    );
  }
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

function attributes(of: Attributes): string {
  return Object.entries(of)
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}="${escaped(typeof value === 'number' ? short(value) : value)}"`,
    )
    .join('');
}

function stroked({ colour, width = 1, dash = [], opacity }: Stroke): Attributes {
  return {
    ...{ fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-opacity': opacity },
    'stroke-dasharray': dash.length > 0 ? dash.join(' ') : undefined,
  };
}

function listed(points: ArrayLike<number>): string {
  return Array.from(
    { length: points.length >> 1 },
    (_, at) => `${short(points[2 * at] ?? 0)},${short(points[2 * at + 1] ?? 0)}`,
  ).join(' ');
}

/** Hundredths of pixels. */
function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** Text as XML has it. */
function escaped(text: string): string {
  return visibleLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
