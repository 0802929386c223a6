import { networkColour } from '../palettes';
import type { Theme } from '../theme';
import { contextOf } from './pen';
import type { Colour } from './picture';

/** Steps of a colour scale between its ends. */
const STEPS = 256;

/** What a colour is in a theme. */
export function colourOf(theme: Theme, colour: Colour): string {
  if (typeof colour === 'string') return theme[colour];
  if ('networks' in colour) return networkColour(theme, colour.networks);
  return theme.categorical[colour.classes % theme.categorical.length] ?? theme.foreground;
}

/** A scale of colours as bytes, four (red, green, blue, opacity) a step. */
export function colourSteps(stops: readonly string[]): Uint8ClampedArray<ArrayBuffer> {
  const ends = stops.map(bytes);
  const steps = new Uint8ClampedArray(4 * STEPS);
  for (let step = 0; step < STEPS; step++) {
    const at = (step / (STEPS - 1)) * (stops.length - 1);
    const below = Math.min(Math.floor(at), stops.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const [a, b] = [ends[below]?.[channel] ?? 0, ends[below + 1]?.[channel] ?? 0];
      steps[4 * step + channel] = a + (at - below) * (b - a);
    }
    steps[4 * step + 3] = 255;
  }
  return steps;
}

/** Values as colours; undefined ones in a colour of their own, those beyond the range in that of its end. */
export function colourCells(
  values: readonly (readonly (number | null)[])[],
  [low, high]: readonly [number, number],
  stops: readonly string[],
  undefinedValue: string,
): Uint8ClampedArray<ArrayBuffer> {
  // Four bytes at once, in the order that they have in memory.
  const steps = new Uint32Array(colourSteps(stops).buffer);
  const [missing = 0] = new Uint32Array(Uint8ClampedArray.of(...bytes(undefinedValue), 255).buffer);
  const columns = values[0]?.length ?? 0;
  const cells = new Uint32Array(columns * values.length);
  const perStep = (STEPS - 1) / (high - low);
  values.forEach((row, at) => {
    for (let column = 0; column < columns; column++) {
      const value = row[column] ?? NaN;
      const step = Math.round(Math.min(STEPS - 1, Math.max(0, (value - low) * perStep)));
      cells[at * columns + column] = Number.isNaN(value) ? missing : (steps[step] ?? 0);
    }
  });
  return new Uint8ClampedArray(cells.buffer);
}

/** A see-through colour as it looks on a background: WebGL draws it opaque. */
export function opaque(colour: string, background: string): string {
  const context = contextOf(Object.assign(document.createElement('canvas'), { width: 1, height: 1 }));
  for (const layer of [background, colour]) {
    context.fillStyle = layer;
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red},${green},${blue})`;
}

function bytes(colour: string): [number, number, number] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
}
