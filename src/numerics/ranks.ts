/** The order of numbers from the smallest to the largest, and which of them are tied. */
export interface Ranking {
  /** Indices, smallest number first; equal numbers in the order in which they stand. */
  readonly order: Uint32Array;
  /** Of each number, how many groups of tied numbers are smaller. */
  readonly dense: Uint32Array;
  /** How many numbers share each dense rank. */
  readonly ties: Uint32Array;
}

/** Bits of a digit: the ends of 2,048 piles stay in the caches. */
const BITS = 11;
const PILES = 1 << BITS;

/** Runs of numbers so long are not sorted by insertion. */
const SHORT = 32;

/**
 * Ranks by a radix sort of the numbers' places between the smallest and the largest, in 2³² steps; the few numbers that share a
 * step are then sorted by comparison.
 *
 * @param values without NaN
 * @param rounding neighbours in the order that differ by no more are tied
 */
export function rank(values: Float64Array, rounding = 0): Ranking {
  const n = values.length;
  const { keys, order } = sortByKey(steps(values));
  for (let first = 0; first < n;) {
    let end = first + 1;
    while (end < n && keys[end] === keys[first]) end++;
    if (end - first > 1) sortRun(values, order, first, end);
    first = end;
  }
  const dense = new Uint32Array(n);
  const ties = new Uint32Array(n);
  let distinct = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && values[order[i]] - values[order[i - 1]] > rounding) distinct++;
    dense[order[i]] = distinct;
    ties[distinct]++;
  }
  return { order, dense, ties: ties.slice(0, n > 0 ? distinct + 1 : 0) };
}

/** A whole number from 0 to 2³² − 1 for each, never smaller for a larger number; all 0 where the range is not finite, or nothing. */
function steps(values: Float64Array): Uint32Array<ArrayBuffer> {
  const keys = new Uint32Array(values.length);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  const scale = 0xffffffff / (high - low);
  if (!(high - low < Infinity && scale > 0 && scale < Infinity)) return keys;
  for (let i = 0; i < values.length; i++) keys[i] = Math.min(0xffffffff, (values[i] - low) * scale);
  return keys;
}

/** Least significant digit first, so that equal keys stay in the order in which they stand. */
function sortByKey(from: Uint32Array<ArrayBuffer>): { keys: Uint32Array; order: Uint32Array } {
  const n = from.length;
  let keys = from;
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let nextKeys = new Uint32Array(n);
  let next = new Uint32Array(n);
  const starts = new Uint32Array(PILES);
  for (let shift = 0; shift < 32; shift += BITS) {
    starts.fill(0);
    for (let i = 0; i < n; i++) starts[(keys[i] >>> shift) & (PILES - 1)]++;
    if (n > 0 && starts[(keys[0] >>> shift) & (PILES - 1)] === n) continue;
    for (let d = 0, sum = 0; d < PILES; d++) {
      const count = starts[d];
      starts[d] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const key = keys[i];
      const to = starts[(key >>> shift) & (PILES - 1)]++;
      nextKeys[to] = key;
      next[to] = order[i];
    }
    [keys, nextKeys] = [nextKeys, keys];
    [order, next] = [next, order];
  }
  return { keys, order };
}

/** Sorts the part [first, end) of the order by value; equal numbers stay in the order in which they stand. */
function sortRun(values: Float64Array, order: Uint32Array, first: number, end: number): void {
  let sorted = true;
  for (let i = first + 1; i < end && sorted; i++) sorted = values[order[i - 1]] <= values[order[i]];
  if (sorted) return;
  if (end - first > SHORT) {
    // Indices ascend at first, so that they decide between equal numbers.
    order.subarray(first, end).sort((a, b) => values[a] - values[b] || a - b);
    return;
  }
  for (let i = first + 1; i < end; i++) {
    const index = order[i];
    let to = i;
    for (; to > first && values[order[to - 1]] > values[index]; to--) order[to] = order[to - 1];
    order[to] = index;
  }
}

/** Ranks from 1; equal numbers get the mean of the ranks they fill. */
export function averageRanks({ dense, ties }: Ranking): Float64Array {
  const means = new Float64Array(ties.length);
  let before = 0;
  for (let k = 0; k < ties.length; k++) {
    means[k] = before + (ties[k] + 1) / 2;
    before += ties[k];
  }
  const ranks = new Float64Array(dense.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = means[dense[i]];
  return ranks;
}
