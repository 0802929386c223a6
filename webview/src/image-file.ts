import type { Chart } from './charts/chart';
import { widthOf, withSize } from './png';
import type { Provenance } from './provenance';
import type { ImageSize, Sheet } from './sheet';
import { stampedPng, stampedSvg } from './stamp';
import { currentTheme, printTheme } from './theme';

/**
 * A figure's picture as a file, in the colours and the size that the user wants of files, which says where it comes from.
 *
 * @param into where the picture stands
 * @param fills whether it fills a height that is not its own there: in the width that it has there it does so in a file, too
 */
export async function imageFile(
  chart: Chart,
  into: HTMLElement,
  format: 'png' | 'svg',
  { background, width, dpi }: Sheet,
  provenance: Provenance,
  fills: boolean,
): Promise<Uint8Array> {
  const shown = currentTheme();
  const theme = background === 'white' ? printTheme(shown) : shown;
  const wanted = width === 'shown' ? null : Math.round((Number(width) / 25.4) * 96);
  const room = fills && wanted === null ? into.clientHeight : undefined;
  const size: ImageSize = { width: wanted ?? into.clientWidth, scale: Number(dpi) / 96, room };
  const bytes = await chart.image(into, format, theme, size);
  if (format === 'svg') return stampedSvg(bytes, provenance, wanted);
  if (wanted === null) return stampedPng(withSize(bytes, size.scale), provenance);
  // Whole names may need a wider picture: made smaller, it has the width that was asked for.
  const drawn = widthOf(bytes) / size.scale;
  const fitting =
    Math.abs(drawn - wanted) < 1
      ? bytes
      : await chart.image(into, format, theme, { ...size, scale: (size.scale * wanted) / drawn });
  return stampedPng(withSize(fitting, widthOf(fitting) / wanted), provenance);
}
