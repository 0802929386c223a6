/**
 * Optimisers. Each has a kernel for a layer's weights, which also writes both of their layouts, and one for its biases. Weight
 * decay comes before them (decay.ts). The formulas are those of src/training/tfjs-optimizer.ts; adam's corrections for its
 * first steps are moved into step size and ε, and its moments written as m += (1 − β₁)(g − m): half the constants, which the
 * loop must keep in registers.
 */
import { QUAD, TILE } from './layout';
import { storeTransposedQuads } from './transpose';

const SGD = 0;
const MOMENTUM = 1;
const ADAM = 2;

/**
 * One update of four weights. What a kind does not use is 0.
 *
 * @param kind a constant, of which the compiler keeps one branch
 * @param m address of the velocity, or of the first moment
 * @param v address of the second moment
 * @param step learning rate; for adam × √(1 − β₂ᵗ) / (1 − β₁ᵗ)
 * @param rate momentum; for adam 1 − β₁
 * @param squareRate 1 − β₂
 * @param epsilon ε √(1 − β₂ᵗ)
 * @returns the new weights
 */
@inline
function updated(
  kind: i32,
  w: v128,
  g: v128,
  m: usize,
  v: usize,
  step: v128,
  rate: v128,
  squareRate: v128,
  epsilon: v128,
): v128 {
  if (kind == SGD) return f32x4.sub(w, f32x4.mul(g, step));
  if (kind == MOMENTUM) {
    const velocity = f32x4.add(f32x4.mul(v128.load(m), rate), g);
    v128.store(m, velocity);
    return f32x4.sub(w, f32x4.mul(velocity, step));
  }
  let first = v128.load(m);
  first = f32x4.add(first, f32x4.mul(f32x4.sub(g, first), rate));
  // A unit that has died has no gradients any longer: its moments would shrink to denormal numbers and stay there, with which many
  // processors compute a hundred times slower. So small a moment moves no weight.
  first = v128.and(first, f32x4.gt(f32x4.abs(first), f32x4.splat(1e-30)));
  v128.store(m, first);
  let second = v128.load(v);
  second = f32x4.add(second, f32x4.mul(f32x4.sub(f32x4.mul(g, g), second), squareRate));
  v128.store(v, second);
  return f32x4.sub(w, f32x4.mul(f32x4.div(first, f32x4.add(f32x4.sqrt(second), epsilon)), step));
}

/**
 * A 4 × 4 half of a tile (4 inputs × 4 outputs): its rows are neighbours in the output quads, its columns, after
 * transposing, in the input quads.
 */
@inline
function updateHalf(
  kind: i32,
  w: usize,
  turned: usize,
  g: usize,
  m: usize,
  v: usize,
  step: v128,
  rate: v128,
  squareRate: v128,
  epsilon: v128,
): void {
  const r0 = updated(kind, v128.load(w), v128.load(g), m, v, step, rate, squareRate, epsilon);
  const r1 = updated(kind, v128.load(w, 16), v128.load(g, 32), m + 32, v + 32, step, rate, squareRate, epsilon);
  const r2 = updated(kind, v128.load(w, 32), v128.load(g, 64), m + 64, v + 64, step, rate, squareRate, epsilon);
  const r3 = updated(kind, v128.load(w, 48), v128.load(g, 96), m + 96, v + 96, step, rate, squareRate, epsilon);
  v128.store(w, r0);
  v128.store(w, r1, 16);
  v128.store(w, r2, 32);
  v128.store(w, r3, 48);
  storeTransposedQuads(turned, r0, r1, r2, r3);
}

@inline
function updateWeights(
  kind: i32,
  w: usize,
  turned: usize,
  g: usize,
  m: usize,
  v: usize,
  inputUnits: usize,
  outputUnits: usize,
  quads: i32,
  octets: i32,
  step: v128,
  rate: v128,
  squareRate: v128,
  epsilon: v128,
): void {
  const next = inputUnits * QUAD;
  do {
    let weights = w;
    let columns = turned;
    let quad = quads;
    do {
      updateHalf(kind, weights, columns, g, m, v, step, rate, squareRate, epsilon);
      updateHalf(kind, weights + next, columns + 64, g + 16, m + 16, v + 16, step, rate, squareRate, epsilon);
      weights += 4 * QUAD;
      columns += outputUnits * QUAD;
      g += TILE;
      m += TILE;
      v += TILE;
    } while (--quad);
    w += 2 * next;
    turned += 8 * QUAD;
  } while (--octets);
}

@inline
function updateBiases(
  kind: i32,
  b: usize,
  g: usize,
  m: usize,
  v: usize,
  octets: i32,
  step: v128,
  rate: v128,
  squareRate: v128,
  epsilon: v128,
): void {
  // One quad a turn, two of an octet.
  let quads = octets << 1;
  do {
    v128.store(b, updated(kind, v128.load(b), v128.load(g), m, v, step, rate, squareRate, epsilon));
    b += QUAD;
    g += QUAD;
    m += QUAD;
    v += QUAD;
  } while (--quads);
}

/**
 * Updates a layer's weights by adam.
 *
 * @param w output quads, `inputUnits` padded inputs; both layouts are written
 * @param turned input quads, `outputUnits` padded outputs
 * @param g tiles: the gradient
 * @param m tiles: the first moment
 * @param v tiles: the second moment
 * @param quads quads of inputs, at least 1
 * @param octets octets of outputs, at least 1
 * @param step and the rest: see `updated`
 */
export function adam(
  w: usize,
  turned: usize,
  g: usize,
  m: usize,
  v: usize,
  inputUnits: usize,
  outputUnits: usize,
  quads: i32,
  octets: i32,
  step: f32,
  rate: f32,
  squareRate: f32,
  epsilon: f32,
): void {
  const s = f32x4.splat(step);
  const r1 = f32x4.splat(rate);
  const r2 = f32x4.splat(squareRate);
  updateWeights(ADAM, w, turned, g, m, v, inputUnits, outputUnits, quads, octets, s, r1, r2, f32x4.splat(epsilon));
}

/** Updates a layer's weights by momentum; `m` is the velocity, and parameters are otherwise as in `adam`. */
export function momentum(
  w: usize,
  turned: usize,
  g: usize,
  m: usize,
  inputUnits: usize,
  outputUnits: usize,
  quads: i32,
  octets: i32,
  step: f32,
  rate: f32,
): void {
  const s = f32x4.splat(step);
  const r = f32x4.splat(rate);
  const none = f32x4.splat(0);
  updateWeights(MOMENTUM, w, turned, g, m, 0, inputUnits, outputUnits, quads, octets, s, r, none, none);
}

/** Updates a layer's weights by gradient descent; parameters as in `adam`. */
export function sgd(
  w: usize,
  turned: usize,
  g: usize,
  inputUnits: usize,
  outputUnits: usize,
  quads: i32,
  octets: i32,
  step: f32,
): void {
  const none = f32x4.splat(0);
  updateWeights(SGD, w, turned, g, 0, 0, inputUnits, outputUnits, quads, octets, f32x4.splat(step), none, none, none);
}

/** Updates a layer's biases: at each address one number per output, `octets` × 8 with the padding. */
export function adamBiases(
  b: usize,
  g: usize,
  m: usize,
  v: usize,
  octets: i32,
  step: f32,
  rate: f32,
  squareRate: f32,
  epsilon: f32,
): void {
  const s = f32x4.splat(step);
  const r1 = f32x4.splat(rate);
  updateBiases(ADAM, b, g, m, v, octets, s, r1, f32x4.splat(squareRate), f32x4.splat(epsilon));
}

export function momentumBiases(b: usize, g: usize, m: usize, octets: i32, step: f32, rate: f32): void {
  const none = f32x4.splat(0);
  updateBiases(MOMENTUM, b, g, m, 0, octets, f32x4.splat(step), f32x4.splat(rate), none, none);
}

export function sgdBiases(b: usize, g: usize, octets: i32, step: f32): void {
  const none = f32x4.splat(0);
  updateBiases(SGD, b, g, 0, 0, octets, f32x4.splat(step), none, none, none);
}
