import {
  type Box,
  contextOf,
  type DiscLook,
  fontOf,
  type Pen,
  type Stroke,
  textSize,
  type Writing,
} from './pen';

/** Draws on a canvas whose context counts in CSS pixels. */
export class CanvasPen implements Pen {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly font: string,
  ) {}

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, width, height);
  }

  frame(x: number, y: number, width: number, height: number, stroke: Stroke): void {
    this.#set(stroke);
    this.context.strokeRect(x, y, width, height);
  }

  line(points: ArrayLike<number>, stroke: Stroke): void {
    this.#set(stroke);
    this.context.globalAlpha = stroke.opacity ?? 1;
    this.#path(points);
    this.context.stroke();
    this.context.globalAlpha = 1;
  }

  segments(points: ArrayLike<number>, stroke: Stroke): void {
    this.#set(stroke);
    this.context.beginPath();
    for (let at = 0; at + 3 < points.length; at += 4) {
      this.context.moveTo(points[at] ?? 0, points[at + 1] ?? 0);
      this.context.lineTo(points[at + 2] ?? 0, points[at + 3] ?? 0);
    }
    this.context.stroke();
  }

  polygon(points: ArrayLike<number>, colour: string, opacity = 1): void {
    this.context.fillStyle = colour;
    this.context.globalAlpha = opacity;
    this.#path(points);
    this.context.fill();
    this.context.globalAlpha = 1;
  }

  discs(centres: ArrayLike<number>, radius: number, { fill, ring, opacity = 1 }: DiscLook): void {
    const { context } = this;
    context.globalAlpha = opacity;
    if (fill !== undefined) context.fillStyle = fill;
    if (ring !== undefined) this.#set({ colour: ring, width: 1.5 });
    for (let at = 0; at + 1 < centres.length; at += 2) {
      context.beginPath();
      context.arc(centres[at] ?? 0, centres[at + 1] ?? 0, radius, 0, 2 * Math.PI);
      if (fill !== undefined) context.fill();
      if (ring !== undefined) context.stroke();
    }
    context.globalAlpha = 1;
  }

  text(x: number, y: number, text: string, writing: Writing): void {
    const { colour, size = textSize, align = 'start', bold = false, upright = false } = writing;
    const { context } = this;
    context.save();
    context.translate(x, y);
    if (upright) context.rotate(-Math.PI / 2);
    context.font = fontOf(this.font, size, bold);
    context.fillStyle = colour;
    context.textAlign = align === 'middle' ? 'center' : align;
    context.textBaseline = 'middle';
    context.fillText(text, 0, 0);
    context.restore();
  }

  cells(place: Box, columns: number, rows: number, rgba: Uint8ClampedArray<ArrayBuffer>): void {
    const { context } = this;
    if (columns === 0 || rows === 0) return;
    const scale = context.getTransform().a;
    // Cells smaller than a pixel of the screen are averaged; none is left out.
    context.imageSmoothingEnabled = place.width * scale < columns || place.height * scale < rows;
    context.imageSmoothingQuality = 'high';
    context.drawImage(cellsCanvas(columns, rows, rgba), place.x, place.y, place.width, place.height);
  }

  #set({ colour, width = 1, dash = [] }: Stroke): void {
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.context.setLineDash([...dash]);
  }

  #path(points: ArrayLike<number>): void {
    this.context.beginPath();
    for (let at = 0; at + 1 < points.length; at += 2)
      this.context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  }
}

/** A canvas with one pixel a cell. */
export function cellsCanvas(
  columns: number,
  rows: number,
  rgba: Uint8ClampedArray<ArrayBuffer>,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  contextOf(canvas).putImageData(new ImageData(rgba, columns, rows), 0, 0);
  return canvas;
}
