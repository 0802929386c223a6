/** How a text stands at its place. */
export interface Writing {
  colour: string;
  size?: number;
  align?: 'start' | 'middle' | 'end';
  bold?: boolean;
  /** Read from below to above. */
  upright?: boolean;
}

export interface Stroke {
  colour: string;
  width?: number;
  dash?: readonly number[];
  opacity?: number;
}

/** A disc is filled, has a ring, or both. */
export interface DiscLook {
  fill?: string;
  ring?: string;
  opacity?: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What charts of our own are drawn with: on a canvas on the screen, as elements in an SVG file. Lengths are CSS pixels. */
export interface Pen {
  fill(x: number, y: number, width: number, height: number, colour: string): void;
  frame(x: number, y: number, width: number, height: number, stroke: Stroke): void;
  /** A line through points, given as x and y in turn. */
  line(points: ArrayLike<number>, stroke: Stroke): void;
  /** Lines of two points each, as `line` gives them. */
  segments(points: ArrayLike<number>, stroke: Stroke): void;
  /** A filled polygon, as `line`. */
  polygon(points: ArrayLike<number>, colour: string, opacity?: number): void;
  /** Discs of one look; centres given as in `line`. */
  discs(centres: ArrayLike<number>, radius: number, look: DiscLook): void;
  /** Text with its middle at this height. */
  text(x: number, y: number, text: string, writing: Writing): void;
  /** Coloured cells, stretched over a rectangle; four bytes (red, green, blue, opacity) a cell, row by row. */
  cells(place: Box, columns: number, rows: number, rgba: Uint8ClampedArray<ArrayBuffer>): void;
}

export const textSize = 12;

/** Lines of two points each as the path of an SVG, in hundredths of pixels. */
export function segmentsPath(points: ArrayLike<number>): string {
  const rounded = Array.from(points, (value) => Number(value.toFixed(2)));
  let path = '';
  for (let at = 0; at + 3 < rounded.length; at += 4)
    path += `M${rounded[at]} ${rounded[at + 1]}L${rounded[at + 2]} ${rounded[at + 3]}`;
  return path;
}

/** How wide a text is, in pixels. */
type Measure = (text: string, font: string, size: number, bold: boolean) => number;

let scratch: CanvasRenderingContext2D | undefined;

let measure: Measure = (text, font, size, bold) => {
  scratch ??= contextOf(document.createElement('canvas'));
  scratch.font = fontOf(font, size, bold);
  return scratch.measureText(text).width;
};

/** Measures texts by other means than a canvas, where there is none. */
export function measureText(by: Measure): void {
  measure = by;
}

/** How wide a text is, in pixels. */
export function textWidth(text: string, font: string, size = textSize, bold = false): number {
  return measure(text, font, size, bold);
}

/** A font as a canvas wants it. */
export function fontOf(font: string, size: number, bold: boolean): string {
  return `${bold ? '600 ' : ''}${size}px ${font}`;
}

export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This page has no canvas.');
  return context;
}
