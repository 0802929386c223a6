import type { Merge } from './average-linkage';

/** A group of a tree: its leaves, those of its two halves first to last. */
interface Group {
  readonly leaves: Uint32Array;
  readonly halves: readonly [Group, Group] | null;
}

/** By two leaves, which have one smallest group in common: the way through it from the one to the other. */
interface Ways {
  /** Its least length. */
  readonly length: Float64Array;
  /** Where it leaves the first one's half, and where it enters the other's. */
  readonly leaves: Uint32Array;
  readonly enters: Uint32Array;
}

/**
 * The order of a tree's leaves, among those that its branches can be turned to, in which the sum of distances between adjacent ones is least
 * (Bar-Joseph, Gifford and Jaakkola 2001). Of the two directions it takes the one in which the first of the tree's own order is in the first half.
 *
 * @param merges n − 1, as of `averageLinkage`
 * @param distances n × n
 */
export function optimalLeafOrder(
  merges: readonly Merge[],
  distances: Float64Array,
  plain: readonly number[],
): number[] {
  const n = merges.length + 1;
  if (n < 3) return [...plain];
  const groups = Array.from({ length: n }, (_, at): Group => ({ leaves: Uint32Array.of(at), halves: null }));
  const ways = {
    length: new Float64Array(n * n),
    leaves: new Uint32Array(n * n),
    enters: new Uint32Array(n * n),
  };
  for (const { a, b } of merges) {
    const [left, right] = [groups[a], groups[b]];
    join(left, right, distances, n, ways);
    groups.push({ leaves: Uint32Array.from([...left.leaves, ...right.leaves]), halves: [left, right] });
  }
  const top = groups[groups.length - 1];
  const order: number[] = [];
  walk(top, ...shortest(top, n, ways), n, ways, order);
  return order.indexOf(plain[0]) > (n - 1) / 2 ? order.reverse() : order;
}

/** The leaves at which a way through a group can end that begins at one of them. */
function endsOf({ leaves, halves }: Group, start: number): Uint32Array {
  if (halves === null) return leaves;
  return halves[0].leaves.includes(start) ? halves[1].leaves : halves[0].leaves;
}

/** The shortest ways through two groups, the one after the other, from each leaf of the one to each of the other. */
function join(left: Group, right: Group, distances: Float64Array, n: number, ways: Ways): void {
  const entered = new Float64Array(right.leaves.length);
  const leaving = new Uint32Array(right.leaves.length);
  const ends = Array.from(right.leaves, (leaf) => endsOf(right, leaf));
  for (const u of left.leaves) {
    const from = endsOf(left, u);
    right.leaves.forEach((k, at) => {
      entered[at] = Infinity;
      for (const m of from) {
        const length = ways.length[u * n + m] + distances[m * n + k];
        if (length < entered[at]) {
          entered[at] = length;
          leaving[at] = m;
        }
      }
    });
    for (const w of right.leaves) ways.length[u * n + w] = Infinity;
    right.leaves.forEach((k, at) => {
      for (const w of ends[at]) {
        const length = entered[at] + ways.length[k * n + w];
        if (length < ways.length[u * n + w]) {
          ways.length[u * n + w] = ways.length[w * n + u] = length;
          ways.leaves[u * n + w] = ways.enters[w * n + u] = leaving[at];
          ways.enters[u * n + w] = ways.leaves[w * n + u] = k;
        }
      }
    });
  }
}

/** The two ends of the shortest way through a group. */
function shortest({ halves }: Group, n: number, { length }: Ways): [number, number] {
  let best: [number, number] = [0, 0];
  let least = Infinity;
  for (const u of halves?.[0].leaves ?? [])
    for (const w of halves?.[1].leaves ?? [])
      if (length[u * n + w] < least) {
        least = length[u * n + w];
        best = [u, w];
      }
  return best;
}

/** Appends the leaves of a group as the shortest way from one to another passes them. */
function walk(group: Group, from: number, to: number, n: number, ways: Ways, order: number[]): void {
  // Trees may be as deep as they have leaves: no recursion.
  const open: [Group, number, number][] = [[group, from, to]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [{ halves }, start, end] = next;
    if (halves === null) {
      order.push(start);
      continue;
    }
    const [first, second] = halves[0].leaves.includes(start) ? halves : [halves[1], halves[0]];
    open.push([second, ways.enters[start * n + end], end], [first, start, ways.leaves[start * n + end]]);
  }
}
