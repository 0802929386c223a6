import { pngOf } from '../png';
import { possibleScale } from '../sheet';
import type { Theme } from '../theme';
import type { Chart } from './chart';

/**
 * A chart of our own, there at once.
 *
 * @param make gives an SVG element for a width in pixels; `whole`: for a file, in which no name is shortened
 */
export function svgChart(make: (width: number, theme: Theme, whole: boolean) => SVGSVGElement): Chart {
  return {
    draw(into, theme) {
      into.replaceChildren(make(into.clientWidth, theme, false));
      return Promise.resolve();
    },
    async image(_into, format, theme, size) {
      const drawn = make(size.width, theme, true);
      const text = new XMLSerializer().serializeToString(drawn);
      if (format === 'svg') return new TextEncoder().encode(text);
      return png(text, drawn.width.baseVal.value, drawn.height.baseVal.value, size.scale, theme);
    },
  };
}

async function png(
  text: string,
  width: number,
  height: number,
  wanted: number,
  theme: Theme,
): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    const scale = possibleScale(wanted, width, height);
    canvas.width = Math.round(scale * width);
    canvas.height = Math.round(scale * height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This page has no canvas.');
    context.fillStyle = theme.background;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await pngOf(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}
