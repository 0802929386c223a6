import { NumericalError } from '../../numerics/numerical-error';
import { rdm } from '../rdm/rdm';
import { doublyCentred, type Products, productsOf, type Symmetric } from '../symmetric';
import { ofProducts, whole } from './of-products';
import type { Similarity } from './similarity';

interface Side {
  readonly matrix: Symmetric;
  /** The product with itself, over the pairs that count. */
  readonly self: number;
}

function correlationOf(a: Side, b: Side, { above }: Products): number {
  return above / (Math.sqrt(a.self) * Math.sqrt(b.self));
}

/** 1 − Pearson's r of patterns, without the mean over pairs. */
export const rsa: Similarity<Side> = {
  name: 'rsa',
  title: 'RSA',
  range: 'similarity',
  more: 'alike',
  best: 1,
  invariances:
    'Rotation only of patterns that have the same mean over units; permutation of units, one scale for all units, one shift for all units.',
  formula: 'Pearson’s r of two RDMs of correlation distances (1 − r over units), upper triangles.',
  meaning: 'How far two recordings have the same pairs of stimuli alike.',
  misleads:
    'Directions of much variance decide it nearly alone. Distances share stimuli: an ordinary p-value of it is wrong, its null is not.',
  source: 'Kriegeskorte and others 2008, Frontiers in Systems Neuroscience 2:4',
  prepare(activations) {
    const { distances, size, rounding, undefinedRows } = rdm(activations, 'correlation');
    if (undefinedRows.length > 0)
      throw new NumericalError(
        'The pattern of a stimulus is constant over units: it has no correlation distance.',
      );
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    const above = distances.map((distance) => distance - mean);
    const matrix = { size, above, diagonal: new Float64Array(size) };
    const self = productsOf(matrix, matrix).above;
    if (!(self > distances.length * rounding * rounding))
      throw new NumericalError('All its distances are equal.');
    return { matrix, self };
  },
  ...ofProducts(correlationOf),
  // The product over the whole is twice that above the diagonal.
  product: {
    part: 'off',
    matrix: ({ matrix }) => matrix,
    divisor: (a, b) => 2 * Math.sqrt(a.self) * Math.sqrt(b.self),
    value: correlationOf,
  },
};

export const distanceCorrelation: Similarity<Side> = {
  name: 'distance-correlation',
  title: 'Distance correlation',
  range: 'share',
  more: 'alike',
  best: 1,
  invariances: 'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit.',
  formula:
    '√(dCov²(X, Y) / √(dCov²(X, X) dCov²(Y, Y))), dCov² the mean product of the doubly centred matrices of Euclidean distances; biased.',
  meaning:
    'Whether two recordings depend on each other at all, not only linearly: 0 in the limit of many stimuli only where they do not.',
  misleads:
    'It is biased upwards, much so with few stimuli and many units: unrelated recordings may have .9. Look at its null.',
  source: 'Székely, Rizzo & Bakirov 2007, Annals of Statistics 35, 2769–2794',
  prepare(activations) {
    const { distances, size } = rdm(activations, 'euclidean');
    const matrix = doublyCentred({ size, above: distances, diagonal: new Float64Array(size) });
    const self = whole(productsOf(matrix, matrix));
    if (!(self > 0)) throw new NumericalError('No unit varies over the stimuli.');
    return { matrix, self };
  },
  ...ofProducts((a, b, products) =>
    Math.sqrt(Math.max(0, whole(products) / (Math.sqrt(a.self) * Math.sqrt(b.self)))),
  ),
};
