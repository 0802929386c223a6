import { contextOf, fontOf, type Pen, type Stroke, textSize } from './pen';

/** Draws on a canvas whose context counts in CSS pixels. */
export function canvasPen(context: CanvasRenderingContext2D, font: string): Pen {
  const set = ({ colour, width = 1, dash = [] }: Stroke): void => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([...dash]);
  };
  const path = (points: ArrayLike<number>): void => {
    context.beginPath();
    for (let at = 0; at + 1 < points.length; at += 2) context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  };
  return {
    fill(x, y, width, height, colour) {
      context.fillStyle = colour;
      context.fillRect(x, y, width, height);
    },
    frame(x, y, width, height, stroke) {
      set(stroke);
      context.strokeRect(x, y, width, height);
    },
    line(points, stroke) {
      set(stroke);
      context.globalAlpha = stroke.opacity ?? 1;
      path(points);
      context.stroke();
      context.globalAlpha = 1;
    },
    polygon(points, colour, opacity = 1) {
      context.fillStyle = colour;
      context.globalAlpha = opacity;
      path(points);
      context.fill();
      context.globalAlpha = 1;
    },
    discs(centres, radius, { fill, ring, opacity = 1 }) {
      context.globalAlpha = opacity;
      if (fill !== undefined) context.fillStyle = fill;
      if (ring !== undefined) set({ colour: ring, width: 1.5 });
      for (let at = 0; at + 1 < centres.length; at += 2) {
        context.beginPath();
        context.arc(centres[at] ?? 0, centres[at + 1] ?? 0, radius, 0, 2 * Math.PI);
        if (fill !== undefined) context.fill();
        if (ring !== undefined) context.stroke();
      }
      context.globalAlpha = 1;
    },
    text(x, y, text, { colour, size = textSize, align = 'start', bold = false, upright = false }) {
      context.save();
      context.translate(x, y);
      if (upright) context.rotate(-Math.PI / 2);
      context.font = fontOf(font, size, bold);
      context.fillStyle = colour;
      context.textAlign = align === 'middle' ? 'center' : align;
      context.textBaseline = 'middle';
      context.fillText(text, 0, 0);
      context.restore();
    },
    cells(place, columns, rows, rgba) {
      if (columns === 0 || rows === 0) return;
      const scale = context.getTransform().a;
      // Cells smaller than a pixel of the screen are averaged; none is left out.
      context.imageSmoothingEnabled = place.width * scale < columns || place.height * scale < rows;
      context.imageSmoothingQuality = 'high';
      context.drawImage(cellsCanvas(columns, rows, rgba), place.x, place.y, place.width, place.height);
    },
  };
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
