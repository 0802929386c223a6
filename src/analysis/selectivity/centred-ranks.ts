/**
 * Average ranks minus their mean: ties share the mean of their ranks, and all ranks sum to exactly 0 (they are multiples of ½).
 *
 * @param values finite numbers
 */
export function centredRanks(values: Float64Array): Float64Array {
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  const ranks = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // The rank is half of (how many are below) − (how many are above).
    ranks[i] = (lower(sorted, values[i]) - (n - upper(sorted, values[i]))) / 2;
  }
  return ranks;
}

/** How many of the sorted numbers are below the value. */
function lower(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the sorted numbers are not above the value. */
function upper(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
