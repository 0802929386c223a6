/** The forward product of one layer: z = x · W + b for a micro-batch, and what follows it while it is in registers. */
import { OCTET, QUAD, TILE } from './layout';
import { FINISH_RECTIFY, FINISH_STORE, START_BIAS, tile } from './tile';
import { storeTransposedQuads } from './transpose';

/**
 * z = x · W + b, nothing more: the output layer, and layers whose activation function or dropout is a pass of its own.
 *
 * @param x batch octets of the layer's inputs, `inputUnits` padded units
 * @param w output quads, `inputUnits` padded inputs
 * @param bias one number per output, padded
 * @param z batch octets, `outputUnits` padded units
 * @param inputs real inputs
 * @param octets octets of rows, at least 1
 * @param quads quads of outputs, at least 1
 */
export function forward(
  x: usize,
  w: usize,
  bias: usize,
  z: usize,
  inputs: i32,
  inputUnits: usize,
  outputUnits: usize,
  octets: i32,
  quads: i32,
): void {
  const leak = f32x4.splat(0);
  // One octet of rows of x stays in the first-level cache while all weights pass.
  do {
    let weights = w;
    let biases = bias;
    let to = z;
    let quad = quads;
    do {
      tile(weights, x, inputs, START_BIAS, biases, FINISH_STORE, to, 0, 0, leak);
      weights += inputUnits * QUAD;
      biases += 16;
      to += TILE;
    } while (--quad);
    x += inputUnits * OCTET;
    z += outputUnits * OCTET;
  } while (--octets);
}

/**
 * The forward product with an activation function that is linear on both sides of 0 (relu, leakyRelu, linear), which
 * costs next to nothing while the tile is in registers. Parameters as in `forward`, and
 *
 * @param y batch octets: activations
 * @param slopes batch octets: the derivative of the activation function, for the backward pass
 * @param turned unit quads of `rows` rows: activations once more, for the gradient
 * @param leak the slope below 0: 0 for relu, 1 for linear
 */
export function forwardRectified(
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  inputs: i32,
  inputUnits: usize,
  outputUnits: usize,
  octets: i32,
  quads: i32,
  slopes: usize,
  turned: usize,
  rows: usize,
  leak: f32,
): void {
  const leaks = f32x4.splat(leak);
  do {
    let weights = w;
    let biases = bias;
    let to = y;
    let slope = slopes;
    let quarter = turned;
    let quad = quads;
    do {
      tile(weights, x, inputs, START_BIAS, biases, FINISH_RECTIFY, to, slope, quarter, leaks);
      weights += inputUnits * QUAD;
      biases += 16;
      to += TILE;
      slope += TILE;
      quarter += rows * QUAD;
    } while (--quad);
    x += inputUnits * OCTET;
    y += outputUnits * OCTET;
    slopes += outputUnits * OCTET;
    turned += 8 * QUAD;
  } while (--octets);
}

/** Slope 1 above 0, `leak` elsewhere (at 0 itself, too, as in PyTorch). */
@inline
export function rectifiedSlope(z: v128, leak: v128): v128 {
  return v128.bitselect(f32x4.splat(1), leak, f32x4.gt(z, f32x4.splat(0)));
}

/** y = slope · z; adding 0 makes −0 (relu of a negative number) 0. */
@inline
export function rectified(z: v128, slope: v128): v128 {
  return f32x4.add(f32x4.mul(z, slope), f32x4.splat(0));
}

/** The end of a tile of 4 units × 8 rows, given as two registers a unit: stores activations, slopes and the transpose. */
@inline
export function storeRectified(
  to: usize,
  slopes: usize,
  turned: usize,
  leak: v128,
  c00: v128,
  c01: v128,
  c10: v128,
  c11: v128,
  c20: v128,
  c21: v128,
  c30: v128,
  c31: v128,
): void {
  let slope = rectifiedSlope(c00, leak);
  v128.store(slopes, slope);
  c00 = rectified(c00, slope);
  v128.store(to, c00);
  slope = rectifiedSlope(c10, leak);
  v128.store(slopes, slope, 32);
  c10 = rectified(c10, slope);
  v128.store(to, c10, 32);
  slope = rectifiedSlope(c20, leak);
  v128.store(slopes, slope, 64);
  c20 = rectified(c20, slope);
  v128.store(to, c20, 64);
  slope = rectifiedSlope(c30, leak);
  v128.store(slopes, slope, 96);
  c30 = rectified(c30, slope);
  v128.store(to, c30, 96);
  storeTransposedQuads(turned, c00, c10, c20, c30);

  slope = rectifiedSlope(c01, leak);
  v128.store(slopes, slope, 16);
  c01 = rectified(c01, slope);
  v128.store(to, c01, 16);
  slope = rectifiedSlope(c11, leak);
  v128.store(slopes, slope, 48);
  c11 = rectified(c11, slope);
  v128.store(to, c11, 48);
  slope = rectifiedSlope(c21, leak);
  v128.store(slopes, slope, 80);
  c21 = rectified(c21, slope);
  v128.store(to, c21, 80);
  slope = rectifiedSlope(c31, leak);
  v128.store(slopes, slope, 112);
  c31 = rectified(c31, slope);
  v128.store(to, c31, 112);
  storeTransposedQuads(turned + 64, c01, c11, c21, c31);
}
