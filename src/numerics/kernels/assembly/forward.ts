/** The forward product of one layer: z = x · W + b for a micro-batch, and the activation function where it is a simple one. */
import { BLOCK_QUADS, BLOCK_TERMS, OCTET, QUAD, TILE } from './layout';
import { START_BIAS, START_TILE, tile } from './tile';
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
  layer(false, x, w, bias, z, inputs, inputUnits, outputUnits, octets, quads, 0, 0, 0, 0);
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
  layer(true, x, w, bias, y, inputs, inputUnits, outputUnits, octets, quads, slopes, turned, rows, leak);
}

/** The loops of both, from the outside in: terms, weights (blocks of quads), rows (octets), quads of the block. */
@inline
function layer(
  rectify: bool,
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
  for (let term: i32 = 0; term < inputs; term += BLOCK_TERMS) {
    const terms = min(BLOCK_TERMS, inputs - term);
    const last = term + terms == inputs;
    for (let first: i32 = 0; first < quads; first += BLOCK_QUADS) {
      const block = min(BLOCK_QUADS, quads - first);
      const blockWeights = w + (<usize>first * inputUnits + <usize>term) * QUAD;
      for (let octet: i32 = 0; octet < octets; octet++) {
        const columns = x + (<usize>octet * inputUnits + <usize>term) * OCTET;
        const offset = <usize>octet * outputUnits * OCTET + <usize>first * TILE;
        let weights = blockWeights;
        let biases = bias + <usize>first * 16;
        let to = y + offset;
        let slope = slopes + offset;
        let quarter = turned + (<usize>first * rows + <usize>octet * 8) * QUAD;
        let quad = block;
        do {
          if (term) tile(weights, columns, terms, START_TILE, to, to);
          else tile(weights, columns, terms, START_BIAS, biases, to);
          if (rectify) {
            if (last) rectifyTile(to, slope, quarter, leak);
            slope += TILE;
            quarter += rows * QUAD;
          }
          weights += inputUnits * QUAD;
          biases += 16;
          to += TILE;
        } while (--quad);
      }
    }
  }
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
export function rectifyTile(to: usize, slopes: usize, turned: usize, leak: f32): void {
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
