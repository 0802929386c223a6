/** Weight decay: passes of their own before the optimiser, so that training without decay pays nothing. Biases are not decayed. */
import { QUAD, TILE } from './layout';

/**
 * The L2 penalty of sgd, momentum and adam: gradient += decay · w.
 *
 * @param w output quads, `inputUnits` padded inputs
 * @param g tiles
 * @param quads quads of inputs, at least 1
 * @param octets octets of outputs, at least 1
 */
export function decayGradient(w: usize, g: usize, inputUnits: usize, quads: i32, octets: i32, decay: f32): void {
  const factor = f32x4.splat(decay);
  const next = inputUnits * QUAD;
  do {
    let weights = w;
    let quad = quads;
    do {
      let row: i32 = 4;
      do {
        v128.store(g, f32x4.add(v128.load(g), f32x4.mul(factor, v128.load(weights))));
        v128.store(g, f32x4.add(v128.load(g, 16), f32x4.mul(factor, v128.load(weights + next))), 16);
        weights += QUAD;
        g += TILE / 4;
      } while (--row);
    } while (--quad);
    w += 2 * next;
  } while (--octets);
}

/**
 * The decoupled decay of adamW: w −= shrinkage · w.
 *
 * @param w output quads; the input quads are left to the optimiser, which writes both
 * @param count registers of four numbers, padding included, at least 1
 * @param shrinkage learning rate × decay
 */
export function shrink(w: usize, count: i32, shrinkage: f32): void {
  const factor = f32x4.splat(shrinkage);
  do {
    const weights = v128.load(w);
    v128.store(w, f32x4.sub(weights, f32x4.mul(weights, factor)));
    w += 16;
  } while (--count);
}
