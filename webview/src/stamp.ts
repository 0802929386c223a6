import { joined } from '../../src/protocol/bytes';
import { visible } from '../../src/formats/visible';
import type { Provenance } from './provenance';

const svgNames = 'http://www.w3.org/2000/svg';

/** Writes where a picture comes from into its file: metadata of an SVG, text chunks of a PNG. What is seen stays as it is. */
export function stamped(bytes: Uint8Array, format: 'png' | 'svg', provenance: Provenance): Uint8Array {
  return format === 'svg' ? stampedSvg(bytes, provenance) : stampedPng(bytes, provenance);
}

function stampedSvg(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const { documentElement: root } = new DOMParser().parseFromString(
    new TextDecoder().decode(bytes),
    'image/svg+xml',
  );
  const parts = { title: provenance.figure, desc: provenance.about, metadata: JSON.stringify(provenance) };
  root.prepend(
    ...Object.entries(parts).map(([name, text]) => {
      const element = root.ownerDocument.createElementNS(svgNames, name);
      element.textContent = visible(text);
      return element;
    }),
  );
  return new TextEncoder().encode(new XMLSerializer().serializeToString(root));
}

/** The signature, and the first chunk (the size of the picture), before which no other may stand. */
const beginning = 8 + 25;

function stampedPng(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const texts = {
    Title: provenance.figure,
    Description: provenance.about,
    Software: provenance.software,
    ...(provenance.analysed === undefined ? {} : { 'Creation Time': provenance.analysed }),
    RepScope: JSON.stringify(provenance),
  };
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, visible(text)));
  return joined([bytes.subarray(0, beginning), ...chunks, bytes.subarray(beginning)]);
}

/** An iTXt chunk (PNG, third edition, 11.3.3.4): UTF-8, not compressed, of no language in particular. */
function textChunk(keyword: string, text: string): Uint8Array {
  const data = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(4 + data.length, crc32(data));
  return chunk;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
