/**
 * The nondecreasing sequence nearest to a sequence by least squares (pool adjacent violators; Kruskal 1964), all weights equal.
 *
 * @param values finite
 */
export function isotonic(values: Float64Array): Float64Array {
  const n = values.length;
  const means = new Float64Array(n);
  const ends = new Uint32Array(n);
  let blocks = 0;
  for (let at = 0; at < n; at++) {
    let mean = values[at];
    let first = at;
    // A block that is above what follows is joined with it.
    while (blocks > 0 && means[blocks - 1] >= mean) {
      blocks--;
      const start = blocks > 0 ? ends[blocks - 1] : 0;
      const [left, right] = [first - start, at + 1 - first];
      mean = (means[blocks] * left + mean * right) / (left + right);
      first = start;
    }
    means[blocks] = mean;
    ends[blocks++] = at + 1;
  }
  const fitted = new Float64Array(n);
  for (let block = 0, at = 0; block < blocks; block++)
    for (; at < ends[block]; at++) fitted[at] = means[block];
  return fitted;
}
