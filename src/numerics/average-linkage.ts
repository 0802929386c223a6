/** One merger of two groups. Groups are numbered: the items 0 … n − 1 first, then mergers in order of height. */
export interface Merge {
  /** The smaller number first. */
  readonly a: number;
  readonly b: number;
  /** Mean distance over pairs of items of the two. */
  readonly height: number;
}

interface Tree {
  /** n − 1 of them, by height. */
  readonly merges: readonly Merge[];
  /** The items as the tree is read from left to right. */
  readonly order: number[];
}

/** The same by distances of any kind. @param distances n × n, symmetric, finite */
export function averageLinkageOf(distances: Float64Array, n: number): Tree {
  if (n === 0) return { merges: [], order: [] };
  return numbered(n, nearestNeighbourChain(n, Float64Array.from(distances)));
}

/**
 * Hierarchical clustering by average linkage (UPGMA) on Euclidean distances, by chains of nearest neighbours (Murtagh 1983): time
 * and memory of the order n². Numbering and order are those of `scipy.cluster.hierarchy` (linkage, leaves_list).
 *
 * @param rows items × n, finite
 */
export function averageLinkage(rows: readonly ArrayLike<number>[]): Tree {
  return averageLinkageOf(rowDistances(rows), rows.length);
}

/** Euclidean distances of all rows. @returns rows × rows */
export function rowDistances(rows: readonly ArrayLike<number>[]): Float64Array {
  const n = rows.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < rows[i].length; k++) sum += (rows[i][k] - rows[j][k]) ** 2;
      out[i * n + j] = out[j * n + i] = Math.sqrt(sum);
    }
  return out;
}

/** Mergers as pairs of places; the merged group lives on at the second. `distance` is used up. */
function nearestNeighbourChain(
  n: number,
  distance: Float64Array,
): { x: number; y: number; height: number }[] {
  const size = new Float64Array(n).fill(1);
  const chain: number[] = [];
  const found: { x: number; y: number; height: number }[] = [];
  while (found.length < n - 1) {
    if (chain.length === 0) chain.push(size.findIndex((count) => count > 0));
    let x = chain[chain.length - 1];
    let y = -1;
    let height = Infinity;
    for (;;) {
      x = chain[chain.length - 1];
      // The one before wins a tie, or the chain would never end.
      y = chain.length > 1 ? chain[chain.length - 2] : -1;
      height = y < 0 ? Infinity : distance[x * n + y];
      for (let i = 0; i < n; i++)
        if (i !== x && size[i] > 0 && distance[x * n + i] < height) {
          height = distance[x * n + i];
          y = i;
        }
      if (chain.length > 1 && y === chain[chain.length - 2]) break;
      chain.push(y);
    }
    chain.length -= 2;
    if (x > y) [x, y] = [y, x];
    found.push({ x, y, height });
    for (let i = 0; i < n; i++) {
      if (size[i] === 0 || i === x || i === y) continue;
      const mean = (size[x] * distance[i * n + x] + size[y] * distance[i * n + y]) / (size[x] + size[y]);
      distance[i * n + y] = distance[y * n + i] = mean;
    }
    size[y] += size[x];
    size[x] = 0;
  }
  return found;
}

function numbered(n: number, found: { x: number; y: number; height: number }[]): Tree {
  const sorted = [...found].sort((p, q) => p.height - q.height);
  const parent = Int32Array.from({ length: 2 * n - 1 }, (_, at) => at);
  const root = (at: number): number => {
    while (parent[at] !== at) at = parent[at] = parent[parent[at]];
    return at;
  };
  const merges = sorted.map(({ x, y, height }, at): Merge => {
    const [p, q] = [root(x), root(y)];
    parent[p] = parent[q] = n + at;
    return { a: Math.min(p, q), b: Math.max(p, q), height };
  });
  const order: number[] = [];
  const open = [n + merges.length - 1];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at < n) order.push(at);
    else open.push(merges[at - n].b, merges[at - n].a);
  }
  return { merges, order };
}
