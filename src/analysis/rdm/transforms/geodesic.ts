import { squareOf } from '../triangle';
import { minMax } from './min-max';
import type { Transform } from './transform';

export const geodesic: Transform = {
  name: 'geodesic',
  title: 'Geodesic',
  range: 'positive',
  formula:
    'Distances from the least (0) to the greatest (1); then the shortest way from one stimulus to the other over all of them, in which steps of length 1, and those without a distance, are not taken.',
  meaning: 'How far two stimuli are along the shape that all stimuli make, in place of straight through it.',
  misleads:
    'One stimulus between two others shortens their distance: it hangs on which stimuli there are. Not defined between stimuli that no way connects, as those of two categories that are all at the greatest distance.',
  source:
    'Lin & Kriegeskorte 2024, PNAS 121, e2317881121, arXiv 2309.11028; the nearest pair is at 0 (rsatoolbox drops the step between them)',
  mostStimuli: 2000,
  apply(distances, bounds, size) {
    const between = minMax.apply(distances, bounds, size);
    const lengths = squareOf(
      between.map((one) => (one < 1 ? one : Infinity)),
      size,
    );
    shorten(lengths, size);
    const found = new Float64Array(distances.length);
    for (let i = 0, at = 0; i < size; i++)
      for (let j = i + 1; j < size; j++, at++) {
        const way = lengths[i * size + j];
        found[at] = way === Infinity || Number.isNaN(distances[at]) ? NaN : way;
      }
    return found;
  },
};

/** Lengths of steps become those of the shortest ways (Floyd & Warshall); symmetric, size × size. */
function shorten(lengths: Float64Array, size: number): void {
  for (let over = 0; over < size; over++)
    for (let i = 0; i < size; i++) {
      const first = lengths[i * size + over];
      if (first === Infinity) continue;
      for (let j = 0; j < size; j++) {
        const way = first + lengths[over * size + j];
        if (way < lengths[i * size + j]) lengths[i * size + j] = way;
      }
    }
}
