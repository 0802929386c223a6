/** The forward product of one layer: z = x · W + b for a micro-batch, and the activation function where it is a simple one. */
import { OCTET, QUAD, TILE } from './layout';
import { START_BIAS, tile } from './tile';
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
  // One octet of rows of x stays in the first-level cache while all weights pass.
  do {
    let weights = w;
    let biases = bias;
    let to = z;
    let quad = quads;
    do {
      tile(weights, x, inputs, START_BIAS, biases, to);
      weights += inputUnits * QUAD;
      biases += 16;
      to += TILE;
    } while (--quad);
    x += inputUnits * OCTET;
    z += outputUnits * OCTET;
  } while (--octets);
}

/**
 * The forward product with an activation function that is linear on both sides of 0 (relu, leakyRelu, linear), applied
 * to each tile while it is in the first-level cache. Parameters as in `forward`, and
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
  do {
    let weights = w;
    let biases = bias;
    let to = y;
    let slope = slopes;
    let quarter = turned;
    let quad = quads;
    do {
      tile(weights, x, inputs, START_BIAS, biases, to);
      rectifyTile(to, slope, quarter, leak);
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

/** Half a unit of a tile: z at `to` becomes y, and its slope is stored. */
@inline
function rectifyQuad(to: usize, slopes: usize, leak: v128): v128 {
  const z = v128.load(to);
  const slope = rectifiedSlope(z, leak);
  const y = rectified(z, slope);
  v128.store(slopes, slope);
  v128.store(to, y);
  return y;
}

/** A tile of 4 units × 8 rows: z at `to` becomes y, and slopes and the transpose are stored. */
@inline
function rectifyTile(to: usize, slopes: usize, turned: usize, leak: f32): void {
  const leaks = f32x4.splat(leak);
  storeTransposedQuads(
    turned,
    rectifyQuad(to, slopes, leaks),
    rectifyQuad(to + 32, slopes + 32, leaks),
    rectifyQuad(to + 64, slopes + 64, leaks),
    rectifyQuad(to + 96, slopes + 96, leaks),
  );
  storeTransposedQuads(
    turned + 64,
    rectifyQuad(to + 16, slopes + 16, leaks),
    rectifyQuad(to + 48, slopes + 48, leaks),
    rectifyQuad(to + 80, slopes + 80, leaks),
    rectifyQuad(to + 112, slopes + 112, leaks),
  );
}
