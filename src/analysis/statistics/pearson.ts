import { mean } from '../../core/mean';

/** Pearson's correlation of paired numbers; null where there are fewer than three, or all of one side are equal. */
export function pearson(a: Float64Array, b: Float64Array): number | null {
  const [ofA, ofB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const [x, y] = [value - ofA, b[at] - ofB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return a.length < 3 || aa === 0 || bb === 0 ? null : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}
