/** The backward product of one layer: the deltas of the layer below, from those of this one. */
import { OCTET, QUAD, TILE } from './layout';
import { FINISH_SCALE, START_ZERO, tile } from './tile';
import { storeTransposedOctets } from './transpose';

/**
 * delta = (dz · Wᵀ) × slopes, the gradient of the loss with respect to what the layer below put into its activation function.
 * The first layer needs none: its inputs are data.
 *
 * @param dz batch octets of this layer's deltas, `outputUnits` padded units
 * @param w input quads, `outputUnits` padded outputs
 * @param slopes batch octets of the layer below, `inputUnits` padded units: its derivatives, dropout included
 * @param delta batch octets like `slopes`
 * @param turned unit octets of `rows` rows: the deltas once more, for the gradient
 * @param outputs real outputs of this layer
 * @param octets octets of rows, at least 1
 * @param quads quads of inputs of this layer, at least 1
 */
export function backward(
  dz: usize,
  w: usize,
  slopes: usize,
  delta: usize,
  turned: usize,
  outputs: i32,
  outputUnits: usize,
  inputUnits: usize,
  octets: i32,
  quads: i32,
  rows: usize,
): void {
  const none = f32x4.splat(0);
  do {
    let weights = w;
    let to = delta;
    let slope = slopes;
    let quad: i32 = 0;
    do {
      const half = turned + <usize>(quad >> 1) * rows * OCTET + <usize>(quad & 1) * 16;
      tile(weights, dz, outputs, START_ZERO, 0, FINISH_SCALE, to, slope, half, none);
      weights += outputUnits * QUAD;
      to += TILE;
      slope += TILE;
    } while (++quad < quads);
    dz += outputUnits * OCTET;
    delta += inputUnits * OCTET;
    slopes += inputUnits * OCTET;
    turned += 8 * OCTET;
  } while (--octets);
}

/** The end of a tile of 4 units × 8 rows, given as two registers a unit: multiplies by slopes, stores it and its transpose. */
@inline
export function storeScaled(
  to: usize,
  slopes: usize,
  turned: usize,
  c00: v128,
  c01: v128,
  c10: v128,
  c11: v128,
  c20: v128,
  c21: v128,
  c30: v128,
  c31: v128,
): void {
  c00 = f32x4.mul(c00, v128.load(slopes));
  v128.store(to, c00);
  c10 = f32x4.mul(c10, v128.load(slopes, 32));
  v128.store(to, c10, 32);
  c20 = f32x4.mul(c20, v128.load(slopes, 64));
  v128.store(to, c20, 64);
  c30 = f32x4.mul(c30, v128.load(slopes, 96));
  v128.store(to, c30, 96);
  storeTransposedOctets(turned, c00, c10, c20, c30);

  c01 = f32x4.mul(c01, v128.load(slopes, 16));
  v128.store(to, c01, 16);
  c11 = f32x4.mul(c11, v128.load(slopes, 48));
  v128.store(to, c11, 48);
  c21 = f32x4.mul(c21, v128.load(slopes, 80));
  v128.store(to, c21, 80);
  c31 = f32x4.mul(c31, v128.load(slopes, 112));
  v128.store(to, c31, 112);
  storeTransposedOctets(turned + 4 * OCTET, c01, c11, c21, c31);
}
