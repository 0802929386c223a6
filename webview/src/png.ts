import { joined } from '../../src/protocol/bytes';

/** The signature, and the first chunk (the size of the picture), before which no other may stand. */
const beginning = 8 + 25;
/** Pixels of CSS in an inch. */
const perInch = 96;

export async function pngOf(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The picture is too large to be encoded: choose fewer dots per inch.');
  return new Uint8Array(await blob.arrayBuffer());
}

/** Its dots from left to right. */
export function widthOf(png: Uint8Array): number {
  return new DataView(png.buffer, png.byteOffset).getUint32(16);
}

/**
 * Says in a PNG how large it is on paper (a pHYs chunk: dots per metre).
 *
 * @param scale its dots for each pixel of CSS
 */
export function withSize(png: Uint8Array, scale: number): Uint8Array {
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  const perMetre = Math.round((scale * perInch) / 0.0254);
  view.setUint32(0, perMetre);
  view.setUint32(4, perMetre);
  data[8] = 1;
  return withChunks(png, [{ type: 'pHYs', data }]);
}

/** Puts chunks right after the first one (PNG, third edition, 5.3). */
export function withChunks(
  png: Uint8Array,
  chunks: readonly { type: string; data: Uint8Array }[],
): Uint8Array {
  const written = chunks.map(({ type, data }) => {
    const named = joined([new TextEncoder().encode(type), data]);
    const [length, crc] = [new Uint8Array(4), new Uint8Array(4)];
    new DataView(length.buffer).setUint32(0, data.length);
    new DataView(crc.buffer).setUint32(0, crc32(named));
    return joined([length, named, crc]);
  });
  return joined([png.subarray(0, beginning), ...written, png.subarray(beginning)]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
