import type { Matrix } from '../core/matrix';
import { calibrate, type Calibrated } from '../analysis/similarity/null';
import { similarities } from '../analysis/similarity/similarities';
import type { Similarity } from '../analysis/similarity/similarity';
import { NumericalError } from '../numerics/numerical-error';
import { activationsKey, activationsOf } from './arrays';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

export interface SimilarityAsked {
  readonly first: string;
  readonly second: string;
  /** All where absent. */
  readonly measure?: string;
  readonly null?: number;
}

/** How alike two recordings are by one measure. */
export interface SimilarityFound {
  /** The name of the measure. */
  readonly definition: string;
  readonly value: number | null;
  /** Why it is null. */
  readonly why?: string;
  /** Stimuli. */
  readonly n: number;
  /** Of the first and of the second. */
  readonly units: readonly [number, number];
  /** What a larger value means. */
  readonly more: 'alike' | 'unlike';
  /** The value beside that of shuffled stimuli. */
  readonly null?: Calibrated;
}

/** Matrices of so many stimuli in pairs have a place in memory. */
const mostStimuli = 10_000;

/** How alike two recordings of the same stimuli are, with a null. */
export const similarity: Verb<SimilarityAsked, SimilarityFound[], Pick<ArrayRoom, 'array'>> = {
  name: 'similarity',
  says: 'Say how alike two arrays of activations are, row by row of the same stimuli, by one measure or all, with its null.',
  input: inputOf<SimilarityAsked>(
    {
      first: activationsKey,
      second: { type: 'string', description: 'array file with the same rows' },
      measure: { type: 'string', enum: similarities.map(({ name }) => name), description: 'the measure' },
      null: {
        type: 'integer',
        minimum: 19,
        maximum: 1_000_000,
        description: 'permutations of the stimuli for the null (none without)',
      },
    },
    'first',
    'second',
  ),
  changes: 'nothing',
  run: async ({ first, second, measure, null: permutations }, { array }) => {
    const [a, b] = [activationsOf(first, await array(first)), activationsOf(second, await array(second))];
    if (a.rows !== b.rows)
      throw new UserError(
        `${first} has ${a.rows} rows, ${second} ${b.rows}: row by row they must be of the same stimuli.`,
      );
    if (a.rows > mostStimuli || a.rows < 4)
      throw new UserError(`${first} has ${a.rows} rows: 4 to ${mostStimuli} stimuli are compared.`);
    const wanted = measure === undefined ? similarities : similarities.filter(({ name }) => name === measure);
    if (wanted.length === 0)
      throw new UserError(
        `There is no measure ${measure}. There are ${similarities.map(({ name }) => name).join(', ')}.`,
      );
    return wanted.map((one) => foundOf(one, a, b, permutations));
  },
};

function foundOf(
  measure: Similarity,
  a: Matrix<Float64Array>,
  b: Matrix<Float64Array>,
  permutations: number | undefined,
): SimilarityFound {
  const what = {
    ...{ definition: measure.name, n: a.rows, more: measure.more },
    units: [a.cols, b.cols] as const,
  };
  try {
    const sides = [measure.prepare(a), measure.prepare(b)] as const;
    const value = measure.compare(...sides);
    const beside = permutations && calibrate(measure, sides, value, a.rows, permutations);
    return { ...what, value, ...(beside ? { null: beside } : {}) };
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error;
    return { ...what, value: null, why: error.message };
  }
}
