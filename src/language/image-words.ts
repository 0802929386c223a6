import type { Feature, Stimuli } from '../experiment/experiment';
import { drawObject, lookOf } from '../stimuli/image';
import { picture } from './markdown';

/** Pixels of a screen for a side. */
const SIDE = 48;
const GAP = 6;
/** Pixels of a side that are drawn: more make a hover longer than editors show. */
const MOST = 16;

/** Pictures of the values of a feature that is shown, in their order, or of one of them; nothing else of the object is said. */
export function valuePictures({ image }: Stimuli, feature: Feature, value?: number): string | null {
  if (!image || !feature.shows) return null;
  const size = Math.min(image.size, MOST);
  const values = value === undefined ? feature.values.map((_, at) => at) : [value];
  const pixels = new Float64Array(size * size * 3);
  const drawn = values.map((one, at) => {
    drawObject(lookOf(feature, one), size, pixels);
    return `<g transform="translate(${at * (SIDE + GAP)}) scale(${SIDE / size})"><path fill="#000" d="M0 0h${size}v${size}h-${size}z"/>${pathsOf(pixels, size)}</g>`;
  });
  const width = values.length * (SIDE + GAP) - GAP;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${SIDE}" shape-rendering="crispEdges">${drawn.join('')}</svg>`;
  return picture(svg, `${feature.shows}: ${values.map((one) => feature.values[one]).join(', ')}`);
}

/** A path for each colour, of runs of pixels. */
function pathsOf(pixels: Float64Array, size: number): string {
  const runs = new Map<string, string>();
  for (let row = 0; row < size; row++)
    for (let column = 0, next = 0; column < size; column = next) {
      const colour = colourAt(pixels, row * size + column);
      for (next = column + 1; next < size && colourAt(pixels, row * size + next) === colour; next++);
      if (colour !== '#000000')
        runs.set(colour, `${runs.get(colour) ?? ''}M${column} ${row}h${next - column}v1h${column - next}z`);
    }
  return [...runs].map(([colour, path]) => `<path fill="${colour}" d="${path}"/>`).join('');
}

function colourAt(pixels: Float64Array, at: number): string {
  const channels = [...pixels.subarray(at * 3, at * 3 + 3)];
  return `#${channels
    .map((one) =>
      Math.round(one * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
