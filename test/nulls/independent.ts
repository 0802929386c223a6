import { calibrate } from '../../src/analysis/similarity/null';
import type { Similarity } from '../../src/analysis/similarity/similarity';
import type { Matrix } from '../../src/core/matrix';
import { stream } from '../../src/core/stream';
import { foundOrWhy } from '../../src/numerics/numerical-error';
import { multiply } from '../../src/numerics/products';

/** What a measure says of networks that have nothing in common. */
export interface NullFound {
  readonly measure: string;
  readonly units: number;
  readonly stimuli: number;
  /** Pairs of networks that could be compared. */
  readonly pairs: number;
  /** Means over these. */
  readonly raw: number;
  /** Null where chance is as good as can be. */
  readonly calibrated: number | null;
  /** Of these: how many had p ≤ .05. */
  readonly alarms: number;
}

export const permutations = 19;

/** Inputs of each network. */
const INPUTS = 8;

/** One layer of leaky rectified units with random weights, over stimuli of its own. */
function randomNetwork(units: number, stimuli: number, name: string): Matrix<Float64Array> {
  const random = stream('independent networks', units, stimuli, name);
  const normals = (rows: number, cols: number): Matrix<Float64Array> => ({
    ...{ rows, cols },
    data: Float64Array.from({ length: rows * cols }, () => random.normal()),
  });
  const { rows, cols, data } = multiply(normals(stimuli, INPUTS), normals(INPUTS, units));
  return { rows, cols, data: data.map((sum) => (sum > 0 ? sum : 0.01 * sum)) };
}

/** Pairs of independent random networks, compared by each measure, with its null. */
export function nullsOf(
  measures: readonly Similarity[],
  units: number,
  stimuli: number,
  pairs: number,
): NullFound[] {
  const found = measures.map(() => ({ raw: 0, calibrated: 0, rooms: 0, alarms: 0, pairs: 0 }));
  for (let pair = 0; pair < pairs; pair++) {
    const both = ['a', 'b'].map((side) => randomNetwork(units, stimuli, `${side}${pair}`));
    measures.forEach((measure, at) => {
      const { found: sides } = foundOrWhy(() => both.map((one) => measure.prepare(one)));
      if (!sides) return;
      const score = measure.compare(sides[0], sides[1]);
      const { calibrated, p } = calibrate(measure, [[sides[0], sides[1]]], score, stimuli, permutations);
      const sums = found[at];
      sums.pairs++;
      sums.raw += score;
      sums.calibrated += calibrated ?? 0;
      if (calibrated !== null) sums.rooms++;
      if (p <= 0.05) sums.alarms++;
    });
  }
  return measures.map(({ name }, at) => {
    const { raw, calibrated, rooms, alarms, pairs: compared } = found[at];
    return {
      ...{ measure: name, units, stimuli, pairs: compared, alarms },
      raw: raw / compared,
      calibrated: rooms === 0 ? null : calibrated / rooms,
    };
  });
}
