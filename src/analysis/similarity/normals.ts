import { type Stream, stream } from '../../core/stream';

/** Normal numbers that are kept: 32 MB. */
const MOST_KEPT = 4e6;

let lastNormals = { name: '', numbers: new Float64Array(0) };

/**
 * The normal numbers of each draw from the stream of a measure, asked for in their order. They are the same for all pairs of recordings: those drawn last are kept.
 *
 * @param needs numbers of a draw
 * @param most numbers that are kept; more are drawn anew for each pair
 */
export function normalsOf(
  name: string,
  { draws, needs }: { draws: number; needs: number },
  most = MOST_KEPT,
): (draw: number) => Float64Array {
  const drawn = (): Stream => stream('null of the best pair of sites', name);
  if (draws * needs > most) {
    const [random, numbers] = [drawn(), new Float64Array(needs)];
    return () => {
      for (let at = 0; at < needs; at++) numbers[at] = random.normal();
      return numbers;
    };
  }
  if (lastNormals.name !== name || lastNormals.numbers.length < draws * needs) {
    const random = drawn();
    lastNormals = { name, numbers: new Float64Array(draws * needs).map(() => random.normal()) };
  }
  const { numbers } = lastNormals;
  return (draw) => numbers.subarray(draw * needs, (draw + 1) * needs);
}
