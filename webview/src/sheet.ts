/** How pictures are written into files: for print unless the user wants them as they are shown. */
export interface Sheet {
  background: 'white' | 'shown';
  /** Millimetres, as journals state it; `shown`: as wide as it is on the page. */
  width: 'shown' | '89' | '120' | '183';
  /** Dots per inch of a PNG. */
  dpi: '150' | '300' | '600';
}

export const sheetChoices = {
  background: [
    { value: 'white', label: 'white' },
    { value: 'shown', label: 'as shown' },
  ],
  width: [
    { value: 'shown', label: 'as shown' },
    { value: '89', label: '89 mm (a column)' },
    { value: '120', label: '120 mm' },
    { value: '183', label: '183 mm (a page)' },
  ],
  dpi: [
    { value: '150', label: '150 dpi' },
    { value: '300', label: '300 dpi' },
    { value: '600', label: '600 dpi' },
  ],
} as const satisfies { [part in keyof Sheet]: readonly { value: Sheet[part]; label: string }[] };

export const initialSheet: Sheet = { background: 'white', width: 'shown', dpi: '300' };

/** Takes from what was kept what there is. */
export function restoredSheet(kept: unknown): Sheet {
  const parts = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  const pick = <Part extends keyof Sheet>(part: Part): Sheet[Part] =>
    sheetChoices[part].map(({ value }) => value as Sheet[Part]).find((value) => value === parts[part]) ??
    initialSheet[part];
  return { background: pick('background'), width: pick('width'), dpi: pick('dpi') };
}

/** The width of a picture in a file, in pixels of CSS (1/96 inch), and the dots of a PNG for each of them. */
export interface ImageSize {
  width: number;
  /** The height that it fills; absent: its own. */
  room?: number | undefined;
  scale: number;
}

/** No browser makes a canvas of more dots on a side. */
const MOST = 16_384;

/** The dots for each pixel that a picture of this size can have. */
export function possibleScale(scale: number, width: number, height: number): number {
  return Math.min(scale, MOST / Math.max(width, height));
}
