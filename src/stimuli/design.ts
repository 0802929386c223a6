import type { Budget } from '../experiment/budget';
import { amount } from '../experiment/counts';
import type { Column, Columns } from '../experiment/evaluate';
import type { Stimuli } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { StimuliError } from './stimuli-error';

/** All combinations of the features' values, each once. */
interface Design {
  readonly count: number;
  readonly columns: Columns;
}

/** Beyond this the columns of a design would not fit. */
const MOST = 2 ** 24;

/**
 * The full factorial design in lexicographic order: the first feature (and the first bit of a bit vector) changes slowest.
 *
 * @param budget pays for the columns
 * @throws StimuliError with Gaussian features, or with more than 2²⁴ combinations
 */
export function design(stimuli: Stimuli, budget: Budget): Design {
  const real = stimuli.features.find((feature) => feature.kind === 'real');
  if (real) {
    throw new StimuliError(
      `${quote(real.name)} is Gaussian, so its values cannot be enumerated. Leave out 'enumerate' or the feature.`,
      ['stimuli', 'enumerate'],
    );
  }
  const count = designSize(stimuli);
  if (count > MOST) {
    throw new StimuliError(
      `The design has ${amount(count)} combinations, more than can be enumerated. Leave out 'enumerate'.`,
      ['stimuli', 'enumerate'],
    );
  }
  budget.take(stimuli.features.reduce((cells, { width }) => cells + count * width, 0));
  let period = count;
  const columns = new Map<string, Column>();
  for (const { name, kind, values, width } of stimuli.features) {
    const levels = kind === 'bits' ? 2 : values.length;
    const column = new Float32Array(count * width);
    for (let i = 0; i < width; i++) {
      period /= levels;
      for (let row = 0; row < count; row++) column[row * width + i] = Math.floor(row / period) % levels;
    }
    columns.set(name, { values: column, width });
  }
  return { count, columns };
}

/** Number of combinations of the values and bits of the features (Gaussians left out). */
export function designSize({ features }: Pick<Stimuli, 'features'>): number {
  return features.reduce(
    (product, { kind, values, width }) =>
      product * (kind === 'bits' ? 2 ** width : kind === 'real' ? 1 : values.length),
    1,
  );
}
