/** The backward product of one layer: the deltas of the layer below, from those of this one. */
import { BLOCK_QUADS, BLOCK_TERMS, OCTET, QUAD, TILE } from './layout';
import { START_TILE, START_ZERO, tile } from './tile';
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
  // The same blocks as in forward.ts.
  for (let term: i32 = 0; term < outputs; term += BLOCK_TERMS) {
    const terms = min(BLOCK_TERMS, outputs - term);
    const last = term + terms == outputs;
    for (let first: i32 = 0; first < quads; first += BLOCK_QUADS) {
      const end = min(first + BLOCK_QUADS, quads);
      const blockWeights = w + (<usize>first * outputUnits + <usize>term) * QUAD;
      for (let octet: i32 = 0; octet < octets; octet++) {
        const columns = dz + (<usize>octet * outputUnits + <usize>term) * OCTET;
        const offset = <usize>octet * inputUnits * OCTET + <usize>first * TILE;
        const lines = turned + <usize>octet * 8 * OCTET;
        let weights = blockWeights;
        let to = delta + offset;
        let slope = slopes + offset;
        let quad = first;
        do {
          if (term) tile(weights, columns, terms, START_TILE, to, to);
          else tile(weights, columns, terms, START_ZERO, 0, to);
          if (last) scaleTile(to, slope, lines + <usize>(quad >> 1) * rows * OCTET + <usize>(quad & 1) * 16);
          weights += outputUnits * QUAD;
          to += TILE;
          slope += TILE;
        } while (++quad < end);
      }
    }
  }
}

/** Half a unit of a tile: multiplied by its slope. */
@inline
function scaleQuad(to: usize, slopes: usize): v128 {
  const delta = f32x4.mul(v128.load(to), v128.load(slopes));
  v128.store(to, delta);
  return delta;
}

/** A tile of 4 units × 8 rows: multiplied by slopes; its transpose is stored, too. */
@inline
function scaleTile(to: usize, slopes: usize, turned: usize): void {
  storeTransposedOctets(
    turned,
    scaleQuad(to, slopes),
    scaleQuad(to + 32, slopes + 32),
    scaleQuad(to + 64, slopes + 64),
    scaleQuad(to + 96, slopes + 96),
  );
  storeTransposedOctets(
    turned + 4 * OCTET,
    scaleQuad(to + 16, slopes + 16),
    scaleQuad(to + 48, slopes + 48),
    scaleQuad(to + 80, slopes + 80),
    scaleQuad(to + 112, slopes + 112),
  );
}
