import type { Matrix } from '../core/matrix';
import { calibrate, type Calibrated } from '../analysis/similarity/null';
import { scaled } from '../analysis/similarity/scaled';
import { shapeBy } from '../analysis/similarity/shape';
import { similarities } from '../analysis/similarity/similarities';
import type { Similarity } from '../analysis/similarity/similarity';
import { foundOrWhy } from '../numerics/numerical-error';
import { type UnitScaling, unitScalings } from '../protocol/similarity-names';
import { activationsKey, activationsOf } from './arrays';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

export interface SimilarityAsked {
  readonly first: string;
  readonly second: string;
  /** All where absent. */
  readonly measure?: string;
  readonly null?: number;
  /** As they are, where absent. */
  readonly units?: UnitScaling;
  /** Of the measure `shape`. */
  readonly alpha?: number;
}

/** A value, or why there is none. */
interface Scored {
  readonly value: number | null;
  /** Why it is null. */
  readonly why?: string;
  /** The value beside that of shuffled stimuli. */
  readonly null?: Calibrated;
}

/** How alike two recordings are by one measure. */
export interface SimilarityFound extends Scored {
  /** The name of the measure. */
  readonly definition: string;
  /** Stimuli. */
  readonly n: number;
  /** Of the first and of the second. */
  readonly units: readonly [number, number];
  /** What a larger value means. */
  readonly more: 'alike' | 'unlike';
  /** Of a measure that has a direction: from the second to the first, where `value` is from the first to the second. */
  readonly reverse?: Scored;
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
      units: {
        type: 'string',
        enum: unitScalings,
        description:
          'what is done to units first: raw (nothing; so without), z-scored (each unit to one variance) or whitened (all directions to one variance)',
      },
      alpha: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        description:
          'with measure shape: from 0 (any invertible linear change allowed) to 1 (rotations alone; 0.5 without)',
      },
    },
    'first',
    'second',
  ),
  changes: 'nothing',
  run: async ({ first, second, measure, null: permutations, units = 'raw', alpha }, { array }) => {
    const wanted = wantedBy(measure, alpha).map((one) => scaled(one, units));
    const [a, b] = [activationsOf(first, await array(first)), activationsOf(second, await array(second))];
    if (a.rows !== b.rows)
      throw new UserError(
        `${first} has ${a.rows} rows, ${second} ${b.rows}: row by row they must be of the same stimuli.`,
      );
    if (a.rows > mostStimuli || a.rows < 4)
      throw new UserError(`${first} has ${a.rows} rows: 4 to ${mostStimuli} stimuli are compared.`);
    return wanted.map((one) => foundOf(one, a, b, permutations));
  },
};

/** @throws UserError where there is no such measure */
function wantedBy(measure: string | undefined, alpha: number | undefined): readonly Similarity[] {
  if (alpha !== undefined && measure !== 'shape')
    throw new UserError('alpha is of the measure shape alone: name that, or leave alpha out.');
  if (measure === undefined) return similarities;
  const found = similarities.find(({ name }) => name === measure);
  if (!found)
    throw new UserError(
      `There is no measure ${measure}. There are ${similarities.map(({ name }) => name).join(', ')}.`,
    );
  return [alpha === undefined ? found : shapeBy(alpha)];
}

function foundOf(
  measure: Similarity,
  a: Matrix<Float64Array>,
  b: Matrix<Float64Array>,
  permutations: number | undefined,
): SimilarityFound {
  const { found: sides, why } = foundOrWhy(() => [measure.prepare(a), measure.prepare(b)] as const);
  const scored = (first: unknown, second: unknown): Scored =>
    scoreOf(measure, [first, second], a.rows, permutations);
  const none = { value: null, ...(why === undefined ? {} : { why }) };
  return {
    ...{ definition: measure.name, n: a.rows, more: measure.more, units: [a.cols, b.cols] },
    ...(sides ? scored(...sides) : none),
    ...(measure.directed === true ? { reverse: sides ? scored(sides[1], sides[0]) : none } : {}),
  };
}

function scoreOf(
  measure: Similarity,
  sides: readonly [unknown, unknown],
  n: number,
  permutations: number | undefined,
): Scored {
  const { found, why } = foundOrWhy(() => {
    const value = measure.compare(...sides);
    if (permutations === undefined) return { value };
    return { value, null: calibrate(measure, [sides], value, n, permutations) };
  });
  return found ?? { value: null, why };
}
