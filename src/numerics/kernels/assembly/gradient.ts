/** The gradients of one layer's weights and biases over a micro-batch. Micro-batches are added in their order. */
import { BLOCK_QUADS, OCTET, QUAD, TILE } from './layout';
import { START_TILE, START_ZERO, tile } from './tile';

/**
 * dW (+)= xᵀ · dz.
 *
 * @param x unit quads of the layer's inputs, `stride` rows
 * @param dz unit octets of the layer's deltas, `stride` rows
 * @param gradient tiles
 * @param rows real rows of the micro-batch, at least 1
 * @param quads quads of inputs, at least 1
 * @param octets octets of outputs, at least 1
 * @param add false for the first micro-batch of a step
 */
export function gradient(
  x: usize,
  dz: usize,
  gradient: usize,
  rows: i32,
  stride: usize,
  quads: i32,
  octets: i32,
  add: bool,
): void {
  // A block of x stays in the second-level cache while all deltas pass.
  for (let first: i32 = 0; first < quads; first += BLOCK_QUADS) {
    const block = min(BLOCK_QUADS, quads - first);
    const blockInputs = x + <usize>first * stride * QUAD;
    for (let octet: i32 = 0; octet < octets; octet++) {
      const deltas = dz + <usize>octet * stride * OCTET;
      let inputs = blockInputs;
      let to = gradient + (<usize>octet * quads + <usize>first) * TILE;
      let quad = block;
      do {
        if (add) tile(inputs, deltas, rows, START_TILE, to, to);
        else tile(inputs, deltas, rows, START_ZERO, 0, to);
        inputs += stride * QUAD;
        to += TILE;
      } while (--quad);
    }
  }
}

/** db (+)= the sum of dz over rows; parameters as in `gradient`, which is one number per output here. */
export function biasGradient(dz: usize, gradient: usize, rows: i32, stride: usize, octets: i32, add: bool): void {
  do {
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    if (add) {
      low = v128.load(gradient);
      high = v128.load(gradient, 16);
    }
    let from = dz;
    let row = rows;
    do {
      low = f32x4.add(low, v128.load(from));
      high = f32x4.add(high, v128.load(from, 16));
      from += OCTET;
    } while (--row);
    v128.store(gradient, low);
    v128.store(gradient, high, 16);
    gradient += OCTET;
    dz += stride * OCTET;
  } while (--octets);
}
