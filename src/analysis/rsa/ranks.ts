/** The order of numbers from the smallest to the largest, and which of them are equal. */
export interface Ranking {
  /** Indices, smallest number first; equal numbers in the order in which they stand. */
  readonly order: Uint32Array;
  /** Of each number, how many distinct numbers are smaller. */
  readonly dense: Uint32Array;
  /** How many numbers share each dense rank. */
  readonly ties: Uint32Array;
}

const DIGITS = 65536;

/**
 * Ranks by a least-significant-digit radix sort of the numbers' 64 bits, which a flip of signs puts in order.
 *
 * @param values without NaN
 */
export function rank(values: Float64Array): Ranking {
  const n = values.length;
  const keys = new Uint16Array(4 * n);
  const bits = new Float64Array(1);
  const halves = new Uint32Array(bits.buffer);
  for (let i = 0; i < n; i++) {
    bits[0] = values[i] + 0; // −0 becomes 0
    const negative = halves[1] >>> 31 === 1;
    const low = negative ? ~halves[0] : halves[0];
    const high = negative ? ~halves[1] : halves[1] ^ 0x80000000;
    keys[i] = low & 0xffff;
    keys[n + i] = low >>> 16;
    keys[2 * n + i] = high & 0xffff;
    keys[3 * n + i] = high >>> 16;
  }
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let next = new Uint32Array(n);
  const starts = new Uint32Array(DIGITS);
  for (let digit = 0; digit < 4; digit++) {
    const column = keys.subarray(digit * n, (digit + 1) * n);
    starts.fill(0);
    for (let i = 0; i < n; i++) starts[column[i]]++;
    if (n > 0 && starts[column[0]] === n) continue;
    for (let d = 0, sum = 0; d < DIGITS; d++) {
      const count = starts[d];
      starts[d] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) next[starts[column[order[i]]]++] = order[i];
    [order, next] = [next, order];
  }
  const dense = new Uint32Array(n);
  const ties = new Uint32Array(n);
  let distinct = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && values[order[i]] !== values[order[i - 1]]) distinct++;
    dense[order[i]] = distinct;
    ties[distinct]++;
  }
  return { order, dense, ties: ties.slice(0, n > 0 ? distinct + 1 : 0) };
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
