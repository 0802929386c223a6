import { gemm64 } from '../../training/kernels/linear-algebra';

/**
 * Stretches of at least this share of the stimuli are summed as a product with a 0/1 matrix: five times the additions, but in
 * SIMD with its operands in cache, which is faster still.
 */
const denseShare = 0.2;

/**
 * Sums of columns over the first stimuli of random orders, at several places of each: the only heavy step of the
 * permutation tests.
 *
 * @param columns stimuli × width, row-major
 * @param orders orders × stimuli
 * @param length stimuli
 * @param places ascending numbers of stimuli, each at least 1
 * @param visit gets the sums of each order in turn, places × width, in an array that is used again
 */
export function prefixSums(
  columns: Float64Array,
  width: number,
  orders: Uint32Array,
  length: number,
  places: readonly number[],
  visit: (sums: Float64Array) => void,
): void {
  const sums = new Float64Array(places.length * width);
  const count = orders.length / length;
  const stretches = places.map((end, p) => {
    const start = p > 0 ? places[p - 1] : 0;
    const dense = count > 1 && end - start >= denseShare * length;
    return { start, end, product: dense ? denseSums(columns, width, orders, length, start, end) : null };
  });
  for (let k = 0; k < count; k++) {
    for (let p = 0; p < stretches.length; p++) {
      const { start, end, product } = stretches[p];
      const out = p * width;
      if (p === 0) sums.fill(0, 0, width);
      else sums.copyWithin(out, out - width, out);
      if (product) for (let j = 0; j < width; j++) sums[out + j] += product[k * width + j];
      else addRows(columns, width, orders, k * length + start, k * length + end, sums, out);
    }
    visit(sums);
  }
}

/** Sums over the stimuli from `start` to `end` of each order: orders × width. */
function denseSums(
  columns: Float64Array,
  width: number,
  orders: Uint32Array,
  length: number,
  start: number,
  end: number,
): Float64Array {
  const count = orders.length / length;
  const chosen = new Float64Array(count * length);
  for (let first = 0; first < orders.length; first += length) {
    for (let i = start; i < end; i++) chosen[first + orders[first + i]] = 1;
  }
  return gemm64(false, false, count, width, length, chosen, columns);
}

/** Adds the rows orders[first] … orders[last − 1] to `sums` from `out` on. */
function addRows(
  columns: Float64Array,
  width: number,
  orders: Uint32Array,
  first: number,
  last: number,
  sums: Float64Array,
  out: number,
): void {
  let at = first;
  // Four rows at a time: the sums are then read and written a fourth as often.
  for (; at + 4 <= last; at += 4) {
    const a = orders[at] * width - out;
    const b = orders[at + 1] * width - out;
    const c = orders[at + 2] * width - out;
    const d = orders[at + 3] * width - out;
    for (let j = out; j < out + width; j++) {
      sums[j] += columns[a + j] + columns[b + j] + (columns[c + j] + columns[d + j]);
    }
  }
  for (; at < last; at++) {
    const row = orders[at] * width - out;
    for (let j = out; j < out + width; j++) sums[j] += columns[row + j];
  }
}
