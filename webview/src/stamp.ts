import { visible } from '../../src/formats/visible';
import { withChunks } from './png';
import type { Provenance } from './provenance';

const svgNames = 'http://www.w3.org/2000/svg';

/**
 * Writes into the metadata of an SVG where it comes from. What is seen stays as it is.
 *
 * @param width that it shall have, in pixels of CSS; null: as it is
 */
export function stampedSvg(bytes: Uint8Array, provenance: Provenance, width: number | null): Uint8Array {
  const { documentElement: root } = new DOMParser().parseFromString(
    new TextDecoder().decode(bytes),
    'image/svg+xml',
  );
  if (width !== null) {
    const [across, down] = ['width', 'height'].map((name) =>
      Number.parseFloat(root.getAttribute(name) ?? ''),
    );
    if (across !== undefined && down !== undefined && across > 0) {
      if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${across} ${down}`);
      root.setAttribute('width', String(width));
      root.setAttribute('height', String((down * width) / across));
    }
  }
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

/** The same, in text chunks of a PNG. */
export function stampedPng(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const texts = {
    Title: provenance.figure,
    Description: provenance.about,
    Software: provenance.software,
    ...(provenance.analysed === undefined ? {} : { 'Creation Time': provenance.analysed }),
    RepScope: JSON.stringify(provenance),
  };
  return withChunks(
    bytes,
    Object.entries(texts).map(([keyword, text]) => ({
      type: 'iTXt',
      data: textData(keyword, visible(text)),
    })),
  );
}

/** Of an iTXt chunk (PNG, third edition, 11.3.3.4): UTF-8, not compressed, of no language in particular. */
function textData(keyword: string, text: string): Uint8Array {
  return new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`);
}
