import type { Merge } from './average-linkage';

/** A group of a tree: leaves `from` to `to` (exclusive) of the tree's own order, of which those before `middle` are the one half. */
interface Group {
  readonly from: number;
  readonly middle: number;
  readonly to: number;
  readonly halves: readonly [Group, Group] | null;
}

/** A range of leaves: its first, and the one after its last. */
type Range = readonly [number, number];

/** n × n, by leaves in the tree's own order, in which each group is a range. */
interface Lengths {
  readonly n: number;
  readonly distances: Float64Array;
  /** By two leaves: the shortest way from the one to the other through all leaves of the smallest group that has both. */
  readonly ways: Float64Array;
}

/**
 * The order of a tree's leaves, among those that its branches can be turned to, in which the sum of distances between adjacent ones is least
 * (Bar-Joseph, Gifford and Jaakkola 2001). Of the two directions it takes the one in which the first of the tree's own order is in the first half.
 *
 * @param merges n − 1, as of `averageLinkage`
 * @param distances n × n
 * @param plain the tree's own order: of each merger first the leaves of `a`, then those of `b`
 */
export function optimalLeafOrder(
  merges: readonly Merge[],
  distances: Float64Array,
  plain: readonly number[],
): number[] {
  const n = merges.length + 1;
  if (n < 3) return [...plain];
  const lengths = { n, distances: new Float64Array(n * n), ways: new Float64Array(n * n) };
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) lengths.distances[i * n + j] = distances[plain[i] * n + plain[j]];
  const groups: Group[] = [];
  plain.forEach((leaf, at) => (groups[leaf] = { from: at, middle: at, to: at + 1, halves: null }));
  const room = new Float64Array(n);
  for (const { a, b } of merges) {
    const halves = [groups[a], groups[b]] as const;
    const group = { from: halves[0].from, middle: halves[1].from, to: halves[1].to, halves };
    join(group, lengths, room);
    groups.push(group);
  }
  const order = walk(groups[groups.length - 1], lengths);
  return (order.indexOf(0) > (n - 1) / 2 ? order.reverse() : order).map((at) => plain[at]);
}

/** The leaves at which a way through a group can end that begins at one of them. */
function endsOf({ from, middle, to, halves }: Group, start: number): Range {
  if (halves === null) return [from, to];
  return start < middle ? [middle, to] : [from, middle];
}

/** The shortest ways through both halves of a group, from each leaf of the one to each of the other. */
function join(group: Group, { n, distances, ways }: Lengths, entered: Float64Array): void {
  if (group.halves === null) return;
  const [left, right] = group.halves;
  for (let u = left.from; u < left.to; u++) {
    const [from, to] = endsOf(left, u);
    entered.fill(Infinity, right.from, right.to);
    for (let m = from; m < to; m++) shorten(entered, right.from, right.to, ways[u * n + m], distances, m * n);
    const out = ways.subarray(u * n, u * n + n);
    out.fill(Infinity, right.from, right.to);
    for (let k = right.from; k < right.to; k++) {
      const [first, last] = endsOf(right, k);
      shorten(out, first, last, entered[k], ways, k * n);
    }
    for (let w = right.from; w < right.to; w++) ways[w * n + u] = out[w];
  }
}

/** lengths[i] = min(lengths[i], way + more[row + i]) */
function shorten(
  lengths: Float64Array,
  from: number,
  to: number,
  way: number,
  more: Float64Array,
  row: number,
): void {
  for (let i = from; i < to; i++) {
    const length = way + more[row + i];
    if (length < lengths[i]) lengths[i] = length;
  }
}

/** The leaves as the shortest way through a group passes them; of ways of one length the first. */
function walk(group: Group, lengths: Lengths): number[] {
  const order: number[] = [];
  // Trees may be as deep as they have leaves: no recursion.
  const open: [Group, number, number][] = [[group, ...shortest(group, lengths)]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [{ halves, middle }, start, end] = next;
    if (halves === null) {
      order.push(start);
      continue;
    }
    const forward = start < middle;
    const [leaves, enters] = crossing(halves, forward ? start : end, forward ? end : start, lengths);
    if (forward) open.push([halves[1], enters, end], [halves[0], start, leaves]);
    else open.push([halves[0], leaves, end], [halves[1], start, enters]);
  }
  return order;
}

/** The two ends of the shortest way through a group. */
function shortest({ from, middle, to }: Group, { n, ways }: Lengths): [number, number] {
  let best: [number, number] = [from, middle];
  for (let u = from; u < middle; u++)
    for (let w = middle; w < to; w++) if (ways[u * n + w] < ways[best[0] * n + best[1]]) best = [u, w];
  return best;
}

/**
 * Where the shortest way from a leaf of the one half to one of the other leaves the first, and where it enters the second: found again, so
 * that it need not be kept of all ways.
 */
function crossing(
  [left, right]: readonly [Group, Group],
  start: number,
  end: number,
  { n, distances, ways }: Lengths,
): [number, number] {
  const [from, to] = endsOf(left, start);
  const [first, last] = endsOf(right, end);
  let best: [number, number] = [from, first];
  let least = Infinity;
  for (let k = first; k < last; k++) {
    let leaves = from;
    let entered = Infinity;
    for (let m = from; m < to; m++) {
      const length = ways[start * n + m] + distances[m * n + k];
      if (length < entered) [leaves, entered] = [m, length];
    }
    const length = entered + ways[k * n + end];
    if (length < least) {
      least = length;
      best = [leaves, k];
    }
  }
  return best;
}
