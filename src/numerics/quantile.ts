/**
 * A quantile of numbers, interpolated linearly between neighbours (type 7 of Hyndman & Fan 1996, as of numpy).
 *
 * @param sorted ascending, one at least
 * @param share of them that lie below, 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const at = Math.floor(place);
  const next = Math.min(at + 1, sorted.length - 1);
  return sorted[at] + (place - at) * (sorted[next] - sorted[at]);
}

/**
 * The n-th largest of some numbers, without sorting them: for a few of the largest.
 *
 * @param values none is NaN
 * @param n from 1 to as many as there are
 */
export function nthLargest(values: ArrayLike<number>, n: number): number {
  // Those so far, descending.
  const largest = new Float64Array(n).fill(-Infinity);
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!(value > largest[n - 1])) continue;
    let at = n - 1;
    for (; at > 0 && largest[at - 1] < value; at--) largest[at] = largest[at - 1];
    largest[at] = value;
  }
  return largest[n - 1];
}
