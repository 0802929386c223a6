/** The other items of each item from the nearest to the farthest; those as far keep their order. @returns items × (items − 1) */
export function neighbourOrder(distances: Float64Array, n: number): Uint32Array {
  const order = new Uint32Array(n * (n - 1));
  for (let i = 0; i < n; i++) {
    const row = distances.subarray(i * n, (i + 1) * n);
    const others = order.subarray(i * (n - 1), (i + 1) * (n - 1));
    for (let at = 0; at < n - 1; at++) others[at] = at < i ? at : at + 1;
    others.sort((a, b) => row[a] - row[b] || a - b);
  }
  return order;
}

/**
 * How far the neighbours in a map are neighbours in the data (Venna and Kaski 2001, as sklearn.manifold.trustworthiness): 1 less what is
 * lost by each of the k nearest of the map that is not among those of the data, by its rank there beyond k. With the two exchanged it is the continuity
 * of the map.
 *
 * @param data neighbours in the data, from `neighbourOrder`
 * @param map the same in the map
 * @returns null where half of the items or more would be neighbours
 */
export function trustworthiness(data: Uint32Array, map: Uint32Array, n: number, k: number): number | null {
  if (k < 1 || 2 * k >= n) return null;
  const ranks = new Uint32Array(n);
  let lost = 0;
  for (let i = 0; i < n; i++) {
    const first = i * (n - 1);
    for (let at = 0; at < n - 1; at++) ranks[data[first + at]] = at + 1;
    for (let at = 0; at < k; at++) lost += Math.max(0, ranks[map[first + at]] - k);
  }
  return 1 - (lost * 2) / (n * k * (2 * n - 3 * k - 1));
}

/** Mean share of the k nearest of one map that are among the k nearest of another; null where half of the items or more would be neighbours. */
export function sharedNeighbours(a: Uint32Array, b: Uint32Array, n: number, k: number): number | null {
  if (k < 1 || 2 * k >= n) return null;
  const near = new Int32Array(n).fill(-1);
  let shared = 0;
  for (let i = 0; i < n; i++) {
    const first = i * (n - 1);
    for (let at = 0; at < k; at++) near[a[first + at]] = i;
    for (let at = 0; at < k; at++) if (near[b[first + at]] === i) shared++;
  }
  return shared / (n * k);
}
