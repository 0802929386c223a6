import { dotProduct } from './products';

/** Where a smooth function is least, or as far as one came. */
interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  /** Whether the gradient is as small as was asked for. */
  readonly converged: boolean;
}

/** A function of many variables; its gradient is written. */
type Smooth = (x: Float64Array, gradient: Float64Array) => number;

/** Pairs of steps and changes of the gradient that are kept. */
const MEMORY = 10;
/** Share of the slope by which the value must fall, and by which the slope may still be there, after a step. */
const FALL = 1e-4;
const SLOPE = 0.9;
/** Steps that are tried on one line. */
const TRIALS = 50;

/**
 * Limited-memory BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4), with the line search by bisection of Lewis and Overton 2013
 * (Mathematical Programming 141, 135–163), which finds its step also where the gradient jumps.
 *
 * @param tolerance largest entry of the gradient at the end
 * @param steps at most so many
 */
export function minimise(f: Smooth, start: Float64Array, tolerance: number, steps: number): Minimum {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = f(x, gradient);
  const history: Change[] = [];
  for (let step = 0; step < steps; step++) {
    if (largest(gradient) <= tolerance) return { at: x, value, converged: true };
    const direction = downhill(gradient, history);
    const first = history.length === 0 ? Math.min(1, 1 / Math.sqrt(dotProduct(gradient, gradient))) : 1;
    const found = along(f, x, value, gradient, direction, first);
    if (!found) {
      // What is kept of the curvature misleads: once more by the gradient alone.
      if (history.length === 0) break;
      history.length = 0;
      continue;
    }
    const [moved, turned] = [found.x.slice(), found.gradient.slice()];
    add(moved, x, -1);
    add(turned, gradient, -1);
    const curvature = dotProduct(moved, turned);
    if (curvature > 0) history.push({ moved, turned, curvature });
    if (history.length > MEMORY) history.shift();
    ({ x, gradient, value } = found);
  }
  return { at: x, value, converged: largest(gradient) <= tolerance };
}

interface Change {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  /** Their product. */
  readonly curvature: number;
}

/** −H·gradient, H what the changes say of the inverse of the curvature. */
function downhill(gradient: Float64Array, history: readonly Change[]): Float64Array {
  const direction = gradient.map((one) => -one);
  const shares = history.map(() => 0);
  for (let k = history.length - 1; k >= 0; k--) {
    const { moved, turned, curvature } = history[k];
    shares[k] = dotProduct(moved, direction) / curvature;
    add(direction, turned, -shares[k]);
  }
  const last = history.at(-1);
  if (last) {
    const scale = last.curvature / dotProduct(last.turned, last.turned);
    for (let at = 0; at < direction.length; at++) direction[at] *= scale;
  }
  history.forEach(({ moved, turned, curvature }, k) =>
    add(direction, moved, shares[k] - dotProduct(turned, direction) / curvature),
  );
  return direction;
}

interface Point {
  readonly x: Float64Array<ArrayBuffer>;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly value: number;
}

/** A point on the line at which the value has fallen and the slope is less steep; none where rounding hides it. */
function along(
  f: Smooth,
  from: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  first: number,
): Point | undefined {
  const slope = dotProduct(gradient, direction);
  if (!(slope < 0)) return undefined;
  // Near the minimum the fall of the value is less than its rounding; then the slope decides alone.
  const rounding = 4 * Number.EPSILON * Math.abs(value);
  let [low, high, length] = [0, Infinity, first];
  for (let trial = 0; trial < TRIALS; trial++) {
    const x = new Float64Array(from);
    add(x, direction, length);
    const own = new Float64Array(x.length);
    const found = f(x, own);
    if (!(found <= value + FALL * length * slope + rounding)) high = length;
    else if (dotProduct(own, direction) < SLOPE * slope) low = length;
    else return { x, gradient: own, value: found };
    length = high < Infinity ? (low + high) / 2 : 2 * low;
  }
  return undefined;
}

function add(to: Float64Array, what: Float64Array, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at] += factor * what[at];
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
