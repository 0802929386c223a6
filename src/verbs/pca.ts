import { participationRatio } from '../analysis/participation-ratio';
import { pca as components } from '../analysis/pca';
import type { Matrix } from '../core/matrix';
import { foundOrWhy } from '../numerics/numerical-error';
import { activationsKey, activationsOf } from './arrays';
import { type ArrayRoom, inputOf, type Verb } from './verb';

export interface PcaAsked {
  readonly activations: string;
  readonly components?: number;
}

/** Principal components of an array, its units centred. */
export interface PcaFound {
  readonly definition: 'pca';
  /** Rows. */
  readonly n: number;
  readonly units: number;
  /** Shares of the total variance, largest first, of the components asked for: 0 of those beyond the rank; null where nothing varies. */
  readonly values: readonly (number | null)[];
  /** Why they are null. */
  readonly why?: string;
  /** Variances of the scores, divided by n − 1. */
  readonly variances: readonly number[];
  /** Of all components: about how many dimensions the variance fills. */
  readonly participationRatio: number | null;
  /** A row of units a component that has variance, of length 1; its entry of largest size (the first of several) is positive. */
  readonly loadings: readonly Float64Array[];
  /** A row of scores a component that has variance, one score a row of the array. */
  readonly scores: readonly Float64Array[];
}

const listed = 10;

/** The principal components of an array. */
export const pca: Verb<PcaAsked, PcaFound, Pick<ArrayRoom, 'array'>> = {
  name: 'pca',
  says: 'Find the principal components of an array of activations, its units centred.',
  input: inputOf<PcaAsked>(
    {
      activations: activationsKey,
      components: {
        type: 'integer',
        minimum: 1,
        maximum: 10_000,
        description: `how many are listed, of those that there are (default: ${listed})`,
      },
    },
    'activations',
  ),
  changes: 'nothing',
  run: async ({ activations, components: count = listed }, { array }) => {
    const data = activationsOf(activations, await array(activations));
    const what = { definition: 'pca' as const, n: data.rows, units: data.cols };
    const { found, why } = foundOrWhy(() => components(data, count));
    if (!found || found.rank === 0)
      return {
        ...what,
        values: new Array<null>(Math.min(count, data.rows, data.cols)).fill(null),
        why: why ?? 'No unit varies.',
        ...{ variances: [], participationRatio: null, loadings: [], scores: [] },
      };
    const { rank, explainedVarianceRatio, explainedVariance, loadings, scores } = found;
    return {
      ...what,
      values: [...explainedVarianceRatio],
      variances: [...explainedVariance],
      participationRatio: participationRatio(data),
      loadings: Array.from({ length: rank }, (_, k) => rowOf(loadings, k)),
      scores: Array.from({ length: rank }, (_, k) => columnAt(scores, k)),
    };
  },
};

const rowOf = ({ cols, data }: Matrix<Float64Array>, row: number): Float64Array =>
  data.subarray(row * cols, (row + 1) * cols);

const columnAt = ({ rows, cols, data }: Matrix<Float64Array>, column: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => data[row * cols + column]);
