import type { Matrix } from '../../core/matrix';
import { stream } from '../../core/stream';
import { NumericalError } from '../../numerics/numerical-error';
import { averageRanks } from '../../numerics/ranks';
import { symmetricEigen } from '../../numerics/symmetric-eigen';
import type { StructureMethod } from '../../protocol/structure';
import { pca } from '../pca';
import { doublyCentred, fillWhole, symmetricOf } from '../symmetric';
import { neighbourOrder, sharedNeighbours, trustworthiness } from './neighbourhoods';
import { type MonotoneFit, type Pairs, monotoneFit, nonmetricMds, pairsOf } from './nonmetric-mds';
import { type Plane, alignedPlane, centredPlane, planeDistances, randomPlane } from './plane';
import { affinities, tsne } from './tsne';
import { fuzzyGraph, umap } from './umap';

/** Neighbours by which a map is judged, where there are items for them. */
const JUDGED = 10;

/** Maps that begin at random, beside the one that begins at the first two components. */
const RANDOM = 4;

/** Pairs of a Shepard diagram at most. */
const SHEPARD = 1500;

/** How far the neighbours of a map are those of the data, and how far those of the data are kept; null for too few items. */
interface Faithful {
  readonly trustworthiness: number | null;
  readonly continuity: number | null;
}

interface StructureMap extends Faithful {
  readonly start: 'components' | 'classical' | 'random';
  readonly plane: Plane;
  /** Kullback–Leibler divergence of t-SNE in nats; null of the other methods. */
  readonly divergence: number | null;
  /** Stress 1 of the monotone fit of its distances. */
  readonly stress: number;
}

export interface Structure {
  /** Turned onto the first: the one of least stress (non-metric scaling), or that which began at the components. */
  readonly maps: readonly StructureMap[];
  /** The same of the first two principal components of the same items. */
  readonly components: Faithful;
  /** Neighbours by which maps are judged. */
  readonly judged: number;
  /** Of each item: how far it lies from its mean place over the maps, as a share of the maps' radius; null of one map. */
  readonly spread: Float64Array | null;
  /** Mean share of an item's neighbours that two maps have in common; null of one map, or of too few items. */
  readonly shared: number | null;
  /** Spearman's correlation of the first map's distances with those of the data; null where either are all equal. */
  readonly rankCorrelation: number | null;
  /** Of the first map, of pairs evenly spread over the order of their distances in the data. */
  readonly shepard: Pick<MonotoneFit, 'dissimilarity' | 'distance' | 'fitted'>;
}

/** What maps are made of. */
interface Given {
  /** Items × units: maps begin at their first two components. Null where distances alone are known: those of their classical scaling then. */
  readonly activations: Matrix | null;
  /** Items × items, finite. */
  readonly distances: Float64Array;
  readonly method: StructureMethod;
  /** Perplexity of t-SNE, neighbours of UMAP (the item itself counted); the others have none. */
  readonly neighbours: number;
}

/**
 * Maps of items on a plane, with what they keep of the items' neighbourhoods and how far they agree with each other.
 *
 * @throws NumericalError where there are too few items, or all are equal
 */
export function structureOf(given: Given): Structure {
  refuse(given);
  const { activations, distances, method } = given;
  const n = Math.sqrt(distances.length);
  const order = neighbourOrder(distances, n);
  const pairs = pairsOf(distances, n);
  const judged = Math.max(1, Math.min(JUDGED, Math.floor((n - 1) / 2)));
  const laid = layouts(given, order, pairs).map((one) => ({
    ...one,
    stress: monotoneFit(pairs, one.plane).stress,
  }));
  if (method === 'nonmetric') bestFirst(laid);
  const orders: Uint32Array[] = [];
  const maps = laid.map((one, at): StructureMap => {
    const plane = at === 0 ? centredPlane(one.plane) : alignedPlane(one.plane, laid[0].plane);
    const there = (orders[at] = neighbourOrder(planeDistances(plane), n));
    return { ...one, plane, ...faithful(order, there, n, judged) };
  });
  const components = neighbourOrder(planeDistances(firstPlane(activations, distances, n)), n);
  const fit = monotoneFit(pairs, laid[0].plane);
  return {
    maps,
    components: faithful(order, components, n, judged),
    judged,
    spread: spreadOf(maps.map(({ plane }) => plane)),
    shared: sharedOf(orders, n, judged),
    rankCorrelation: rankCorrelation(fit),
    shepard: somePairs(fit),
  };
}

/** Brings what has the least stress to the front, where that is more than chance leaves between starts. */
function bestFirst(laid: { stress: number }[]): void {
  const best = laid.reduce((least, one) => (one.stress < 0.99 * least.stress ? one : least));
  laid.sort((a, b) => Number(b === best) - Number(a === best));
}

function refuse({ distances, method, neighbours }: Given): void {
  const n = Math.sqrt(distances.length);
  if (n < 3) throw new NumericalError(`A map on a plane needs three items, and has ${n}.`);
  if (distances.every((distance) => distance === 0))
    throw new NumericalError('All are equal here: there is nothing to lay out.');
  if (method === 'tsne' && n <= 3 * neighbours)
    throw new NumericalError(
      `t-SNE with perplexity ${neighbours} needs more than ${3 * neighbours} items, and has ${n}.`,
    );
  if (method === 'umap' && n <= neighbours)
    throw new NumericalError(`UMAP with ${neighbours} neighbours needs more items than these, and has ${n}.`);
}

type Layout = Pick<StructureMap, 'start' | 'plane' | 'divergence'>;

/** A map for each start; classical scaling has one, whatever it begins at. */
function layouts(
  { activations, distances, method, neighbours }: Given,
  order: Uint32Array,
  pairs: Pairs,
): Layout[] {
  const n = Math.sqrt(distances.length);
  if (method === 'classical')
    return [{ start: 'classical', plane: classicalPlane(distances, n), divergence: null }];
  const graph = method === 'umap' ? fuzzyGraph(distances, order, n, neighbours) : null;
  const p = method === 'tsne' ? affinities(distances, n, neighbours) : null;
  const lay = (start: Plane, at: number): Omit<Layout, 'start'> => {
    if (p !== null) return tsne(p, start);
    if (graph !== null)
      return { plane: umap(graph, start, stream('structure', 'umap', at)), divergence: null };
    return { plane: nonmetricMds(pairs, start), divergence: null };
  };
  const begun = method === 'nonmetric' ? null : activations;
  const first = firstPlane(begun, distances, n);
  return [
    { start: begun === null ? 'classical' : 'components', ...lay(first, 0) },
    ...Array.from({ length: RANDOM }, (_, at): Layout => {
      const random = randomPlane(stream('structure', 'start', at + 1), n);
      return { start: 'random', ...lay(random, at + 1) };
    }),
  ];
}

/** Torgerson's scaling of distances to the plane. */
function classicalPlane(distances: Float64Array, n: number): Plane {
  const squared = symmetricOf(
    distances.map((distance) => distance * distance),
    n,
  );
  const centred = fillWhole(new Float64Array(n * n), doublyCentred(squared));
  const { values, vectors } = symmetricEigen(
    { rows: n, cols: n, data: centred.map((value) => -0.5 * value) },
    2,
  );
  const data = new Float64Array(2 * n);
  for (let axis = 0; axis < 2; axis++) {
    const vector = vectors.data.subarray(axis * n, (axis + 1) * n);
    const largest = vector.reduce(
      (most, entry) => (Math.abs(entry) > Math.abs(most) * (1 + 1e-9) ? entry : most),
      0,
    );
    const scale = Math.sqrt(Math.max(0, values[axis])) * (largest < 0 ? -1 : 1);
    for (let i = 0; i < n; i++) data[2 * i + axis] = vector[i] * scale;
  }
  return { rows: n, cols: 2, data };
}

function firstPlane(activations: Matrix | null, distances: Float64Array, n: number): Plane {
  return activations ? firstComponents(activations) : classicalPlane(distances, n);
}

/** Scores on the first two principal components; a missing second one is 0. */
function firstComponents(activations: Matrix): Plane {
  const { scores } = pca(activations, 2);
  const data = new Float64Array(2 * scores.rows);
  for (let i = 0; i < scores.rows; i++)
    for (let axis = 0; axis < scores.cols; axis++) data[2 * i + axis] = scores.data[i * scores.cols + axis];
  return { rows: scores.rows, cols: 2, data };
}

function faithful(data: Uint32Array, map: Uint32Array, n: number, k: number): Faithful {
  return { trustworthiness: trustworthiness(data, map, n, k), continuity: trustworthiness(map, data, n, k) };
}

/** @param planes on each other, the first centred */
function spreadOf(planes: readonly Plane[]): Float64Array | null {
  if (planes.length < 2) return null;
  const [{ rows: n, data: first }] = planes;
  const radius = Math.sqrt(first.reduce((sum, value) => sum + value * value, 0) / n);
  return Float64Array.from({ length: n }, (_, i) => {
    let variance = 0;
    for (const axis of [2 * i, 2 * i + 1]) {
      const mean = planes.reduce((sum, { data }) => sum + data[axis], 0) / planes.length;
      for (const { data } of planes) variance += (data[axis] - mean) ** 2 / planes.length;
    }
    return radius > 0 ? Math.sqrt(variance) / radius : 0;
  });
}

/** Over all pairs of maps. */
function sharedOf(orders: readonly Uint32Array[], n: number, k: number): number | null {
  const shares = orders.flatMap((a, at) => orders.slice(at + 1).map((b) => sharedNeighbours(a, b, n, k)));
  if (shares.length === 0 || shares.includes(null)) return null;
  return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) / shares.length;
}

function rankCorrelation({ dissimilarity, distance }: MonotoneFit): number | null {
  const [a, b] = [averageRanks(dissimilarity), averageRanks(distance)];
  const middle = (a.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    ab += (a[at] - middle) * (b[at] - middle);
    aa += (a[at] - middle) ** 2;
    bb += (b[at] - middle) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

function somePairs({ dissimilarity, distance, fitted }: MonotoneFit): Structure['shepard'] {
  const all = dissimilarity.length;
  const count = Math.min(SHEPARD, all);
  const some = (of: Float64Array): Float64Array =>
    Float64Array.from({ length: count }, (_, at) => of[Math.floor((at * all) / count)]);
  return { dissimilarity: some(dissimilarity), distance: some(distance), fitted: some(fitted) };
}
