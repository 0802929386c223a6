import { exp, log, power } from '../../core/elementary';
import type { Stream } from '../../core/stream';
import type { Plane } from './plane';

/** The curve 1 / (1 + a d^2b) of distances on the map, as umap-learn fits it to its least distance of 0.1 and its spread of 1. */
export const CURVE = { a: 1.5769434603113077, b: 0.8950608779109733 } as const;
const { a: A, b: B } = CURVE;

const EPOCHS = 500;
/** Items that are pushed away for each that is drawn near. */
const NEGATIVES = 5;
const MOST = 4;
/** The narrowest kernel, as a share of the mean distance. */
const NARROWEST = 1e-3;

/** Neighbours and how strongly they are such, both directions of each pair. */
interface FuzzyGraph {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** From 0 to 1. */
  readonly weight: Float64Array;
}

/**
 * The fuzzy graph of UMAP (McInnes, Healy and Melville 2018): each item's k nearest (itself counted) with weights that fall from 1 at its nearest other, of sum log₂ k;
 * the two directions of a pair united as a + b − ab.
 *
 * @param distances items × items
 * @param order from `neighbourOrder`
 */
export function fuzzyGraph(distances: Float64Array, order: Uint32Array, n: number, k: number): FuzzyGraph {
  const own = new Float64Array(n * n);
  let mean = 0;
  for (let at = 0; at < distances.length; at++) mean += distances[at] / distances.length;
  for (let i = 0; i < n; i++) {
    const near = order.subarray(i * (n - 1), i * (n - 1) + k - 1);
    const far = Float64Array.from(near, (j) => distances[i * n + j]);
    weightsOf(far, k, mean).forEach((weight, at) => (own[i * n + near[at]] = weight));
  }
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [a, b] = [own[i * n + j], own[j * n + i]];
      const united = a + b - a * b;
      // What is weaker would never be drawn.
      if (united <= 1 / EPOCHS) continue;
      from.push(i);
      to.push(j);
      weight.push(united);
    }
  return { from: Uint32Array.from(from), to: Uint32Array.from(to), weight: Float64Array.from(weight) };
}

/** @param far distances of the neighbours, the nearest first */
function weightsOf(far: Float64Array, k: number, mean: number): Float64Array {
  const nearest = far.find((distance) => distance > 0) ?? 0;
  const beyond = far.map((distance) => Math.max(0, distance - nearest));
  const wanted = log(k) / log(2);
  let [low, high, width] = [0, Infinity, 1];
  for (let step = 0; step < 64; step++) {
    let sum = 0;
    for (const distance of beyond) sum += distance > 0 ? exp(-distance / width) : 1;
    if (Math.abs(sum - wanted) < 1e-5) break;
    if (sum > wanted) {
      high = width;
      width = (low + high) / 2;
    } else {
      low = width;
      width = high === Infinity ? 2 * width : (low + high) / 2;
    }
  }
  const own = far.reduce((sum, distance) => sum + distance / far.length, 0);
  width = Math.max(width, NARROWEST * (nearest > 0 ? own : mean), Number.MIN_VALUE);
  return beyond.map((distance) => (distance > 0 ? exp(-distance / width) : 1));
}

/**
 * Lays a fuzzy graph out on a plane, with the settings of umap-learn: 500 epochs in which each pair is drawn together as often as its weight says, and
 * each time five random items pushed away.
 *
 * @param start of any scale; begins within ±10
 */
export function umap({ from, to, weight }: FuzzyGraph, start: Plane, random: Stream): Plane {
  fillTables();
  const { rows: n, cols } = start;
  let reach = 0;
  for (const value of start.data) reach = Math.max(reach, Math.abs(value));
  const y = start.data.map((value) => (reach > 0 ? (10 * value) / reach : 0));
  const strongest = weight.reduce((most, one) => Math.max(most, one), 0);
  const every = weight.map((one) => strongest / one);
  const next = Float64Array.from(every);
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const rate = 1 - (epoch - 1) / EPOCHS;
    for (let at = 0; at < weight.length; at++) {
      if (next[at] > epoch) continue;
      next[at] += every[at];
      draw(y, 2 * from[at], 2 * to[at], rate);
      for (let count = 0; count < NEGATIVES; count++) {
        const other = random.below(n);
        if (other !== from[at]) push(y, 2 * from[at], 2 * other, rate);
      }
    }
  }
  return { rows: n, cols, data: y };
}

function draw(y: Float64Array, a: number, b: number, rate: number): void {
  const [dx, dy] = [y[a] - y[b], y[a + 1] - y[b + 1]];
  const square = dx * dx + dy * dy;
  if (square === 0) return;
  const raised = toB(square);
  const slope = (-2 * A * B * raised) / square / (A * raised + 1);
  const [x, z] = [clipped(slope * dx) * rate, clipped(slope * dy) * rate];
  y[a] += x;
  y[a + 1] += z;
  y[b] -= x;
  y[b + 1] -= z;
}

function push(y: Float64Array, a: number, b: number, rate: number): void {
  const [dx, dy] = [y[a] - y[b], y[a + 1] - y[b + 1]];
  const square = dx * dx + dy * dy;
  if (square === 0) return;
  const slope = (2 * B) / ((0.001 + square) * (A * toB(square) + 1));
  y[a] += clipped(slope * dx) * rate;
  y[a + 1] += clipped(slope * dy) * rate;
}

/** Steps of the table of powers between a number and its double. */
const FINE = 4096;
const ofFraction = new Float64Array(FINE + 1);
const ofExponent = new Float64Array(2048);

/** Filled at the first use: to start a thread takes half as long without. */
function fillTables(): void {
  if (ofFraction[0] > 0) return;
  for (let at = 0; at <= FINE; at++) ofFraction[at] = power(1 + at / FINE, B);
  for (let at = 0; at < ofExponent.length; at++) ofExponent[at] = power(2, B * (at - 1023));
}

const number = new Float64Array(1);
const bits = new Uint32Array(number.buffer);

/** The power of B of a positive number by its exponent and a table of its fraction, to nine digits: it is what takes the time. */
function toB(base: number): number {
  number[0] = base;
  const exponent = bits[1] >>> 20;
  const fraction = ((bits[1] & 0xfffff) / 2 ** 20) * FINE;
  const at = Math.floor(fraction);
  const rest = fraction - at + (bits[0] / 2 ** 52) * FINE;
  return ofExponent[exponent] * (ofFraction[at] + rest * (ofFraction[at + 1] - ofFraction[at]));
}

function clipped(value: number): number {
  return Math.max(-MOST, Math.min(MOST, value));
}
