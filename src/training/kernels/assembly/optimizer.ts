/**
 * Optimisers. Each has a kernel for a layer's weights, which also writes both of their layouts, and one for its biases. Their
 * settings are float32 numbers at an address, so that they can change from step to step:
 *
 *    0  step size: the learning rate; for adam the learning rate / (1 − β₁ᵗ)
 *    4  decay: added to the gradient is decay · w
 *    8  shrinkage: subtracted from w first is shrinkage · w (learning rate × decay of adamW)
 *   12  momentum, or β₁           16  1 − β₁
 *   20  β₂                        24  1 − β₂
 *   28  1 / √(1 − β₂ᵗ)            32  ε
 *
 * The formulas are those of src/training/tfjs-optimizer.ts.
 */
import { OCTET, QUAD, TILE } from './layout';
import { storeTransposedQuads } from './transpose';

const SGD = 0;
const MOMENTUM = 1;
const ADAM = 2;

/**
 * One update of four weights.
 *
 * @param kind a constant, of which the compiler keeps one branch
 * @param m address of the first moment or velocity, unused by sgd
 * @param v address of the second moment, used by adam
 * @returns the new weights
 */
@inline
function updated(kind: i32, w: v128, g: v128, m: usize, v: usize, settings: usize): v128 {
  g = f32x4.add(g, f32x4.mul(v128.load32_splat(settings, 4), w));
  if (kind == SGD) return f32x4.sub(w, f32x4.mul(g, v128.load32_splat(settings)));
  if (kind == MOMENTUM) {
    const velocity = f32x4.add(f32x4.mul(v128.load(m), v128.load32_splat(settings, 12)), g);
    v128.store(m, velocity);
    return f32x4.sub(w, f32x4.mul(velocity, v128.load32_splat(settings)));
  }
  w = f32x4.sub(w, f32x4.mul(w, v128.load32_splat(settings, 8)));
  const first = f32x4.add(
    f32x4.mul(v128.load(m), v128.load32_splat(settings, 12)),
    f32x4.mul(g, v128.load32_splat(settings, 16)),
  );
  v128.store(m, first);
  const second = f32x4.add(
    f32x4.mul(v128.load(v), v128.load32_splat(settings, 20)),
    f32x4.mul(f32x4.mul(g, g), v128.load32_splat(settings, 24)),
  );
  v128.store(v, second);
  const deviation = f32x4.add(
    f32x4.mul(f32x4.sqrt(second), v128.load32_splat(settings, 28)),
    v128.load32_splat(settings, 32),
  );
  return f32x4.sub(w, f32x4.mul(f32x4.div(first, deviation), v128.load32_splat(settings)));
}

/**
 * A 4 × 4 half of a tile (4 inputs × 4 outputs): its rows are neighbours in the output quads, its columns, after
 * transposing, in the input quads.
 */
@inline
function updateHalf(kind: i32, w: usize, turned: usize, g: usize, m: usize, v: usize, settings: usize): void {
  const r0 = updated(kind, v128.load(w), v128.load(g), m, v, settings);
  const r1 = updated(kind, v128.load(w, 16), v128.load(g, 32), m + 32, v + 32, settings);
  const r2 = updated(kind, v128.load(w, 32), v128.load(g, 64), m + 64, v + 64, settings);
  const r3 = updated(kind, v128.load(w, 48), v128.load(g, 96), m + 96, v + 96, settings);
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
  settings: usize,
): void {
  const next = inputUnits * QUAD;
  do {
    let weights = w;
    let columns = turned;
    let quad = quads;
    do {
      updateHalf(kind, weights, columns, g, m, v, settings);
      updateHalf(kind, weights + next, columns + 4 * QUAD, g + 16, m + 16, v + 16, settings);
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
function updateBiases(kind: i32, b: usize, g: usize, m: usize, v: usize, octets: i32, settings: usize): void {
  do {
    v128.store(b, updated(kind, v128.load(b), v128.load(g), m, v, settings));
    v128.store(b, updated(kind, v128.load(b, 16), v128.load(g, 16), m + 16, v + 16, settings), 16);
    b += OCTET;
    g += OCTET;
    m += OCTET;
    v += OCTET;
  } while (--octets);
}

/**
 * Updates a layer's weights.
 *
 * @param w output quads, `inputUnits` padded inputs; both layouts are written
 * @param turned input quads, `outputUnits` padded outputs
 * @param g tiles: the gradient
 * @param m tiles: the first moment or velocity
 * @param v tiles: the second moment
 * @param quads quads of inputs
 * @param octets octets of outputs
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
  settings: usize,
): void {
  updateWeights(ADAM, w, turned, g, m, v, inputUnits, outputUnits, quads, octets, settings);
}

/** Parameters as in `adam`. */
export function momentum(
  w: usize,
  turned: usize,
  g: usize,
  m: usize,
  v: usize,
  inputUnits: usize,
  outputUnits: usize,
  quads: i32,
  octets: i32,
  settings: usize,
): void {
  updateWeights(MOMENTUM, w, turned, g, m, v, inputUnits, outputUnits, quads, octets, settings);
}

/** Parameters as in `adam`. */
export function sgd(
  w: usize,
  turned: usize,
  g: usize,
  m: usize,
  v: usize,
  inputUnits: usize,
  outputUnits: usize,
  quads: i32,
  octets: i32,
  settings: usize,
): void {
  updateWeights(SGD, w, turned, g, m, v, inputUnits, outputUnits, quads, octets, settings);
}

/** Updates a layer's biases: `octets` × 8 neighbours at each address. */
export function adamBiases(b: usize, g: usize, m: usize, v: usize, octets: i32, settings: usize): void {
  updateBiases(ADAM, b, g, m, v, octets, settings);
}

export function momentumBiases(b: usize, g: usize, m: usize, v: usize, octets: i32, settings: usize): void {
  updateBiases(MOMENTUM, b, g, m, v, octets, settings);
}

export function sgdBiases(b: usize, g: usize, m: usize, v: usize, octets: i32, settings: usize): void {
  updateBiases(SGD, b, g, m, v, octets, settings);
}
