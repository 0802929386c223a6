import type { StimuliDetail } from '../../src/protocol/detail';
import { h } from './dom';

/** A small picture of what networks see. */
export interface Thumb {
  /** Pixels of a side. */
  size: number;
  /** Red, green and blue of each, row by row. */
  pixels: Uint8Array;
}

/** What a stimulus looks like, where stimuli are pictures. */
export function thumbOf({ images }: StimuliDetail, stimulus: number): Thumb | undefined {
  if (images === undefined) return undefined;
  const { size, pixels } = images;
  const length = size * size * 3;
  return { size, pixels: pixels.subarray(stimulus * length, (stimulus + 1) * length) };
}

/** A canvas with a dot for each pixel; styles make it larger. */
export function thumbCanvas({ size, pixels }: Thumb): HTMLCanvasElement {
  const canvas = h('canvas', { class: 'thumb' });
  canvas.width = size;
  canvas.height = size;
  const image = new ImageData(size, size);
  for (let at = 0; at < size * size; at++)
    image.data.set([...pixels.subarray(at * 3, at * 3 + 3), 255], at * 4);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
