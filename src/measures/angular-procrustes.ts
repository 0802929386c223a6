import { grouped } from '../formats/fixed';
import { angularProcrustes as angle } from '../analysis/pairs/angular-procrustes';
import type { Matrix } from '../core/matrix';
import { foundOrWhy } from '../numerics/numerical-error';
import type { PairMeasure } from './measure';

/** Units of both layers together: the time grows with the third power, and this many take about a second a pair. */
const MOST = 1024;

export const angularProcrustes: PairMeasure<Matrix<Float64Array>> = {
  name: 'angularProcrustes',
  title: 'Angular Procrustes distance',
  range: 'angle',
  of: 'pair',
  by: [],
  more: 'unlike',
  itself: 0,
  invariances:
    'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit. Not the scales of single units.',
  formula:
    'arccos of the nuclear norm of XᵀY, X and Y the test activations with centred units and Frobenius norm 1; radians, 0 to π/2. Of two layers of 1,024 units together at most.',
  meaning:
    'The angle between two layers once one is rotated onto the other as well as can be: 0 where they are the same but for rotation and scale.',
  misleads:
    'More means less alike. It grows with small differences in many directions, and is large between layers of few stimuli and many units that have nothing else to do with it; layers with other numbers of units are seldom near.',
  source: 'Williams and others 2021, arXiv 2110.14739',
  prepare: ({ centred }) => centred,
  compare(a, b) {
    if (a !== b && a.rows + b.rows > MOST)
      return {
        value: null,
        why: `Both layers together have more than ${grouped(MOST)} units that vary: it would take seconds a pair.`,
      };
    const { found, why } = foundOrWhy(() => angle(a, b));
    return { value: found, ...(why === undefined ? {} : { why }) };
  },
};
