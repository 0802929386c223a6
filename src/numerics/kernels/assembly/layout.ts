/**
 * How the fused training step keeps its matrices, so that every product reads both operands strictly forwards and nothing
 * is packed twice. All numbers are float32; a "quad" is 4 neighbours, an "octet" 8.
 *
 *   batch octets   [rows / 8][units][8]     (r, u) at ((r >> 3) * units + u) * 8 + (r & 7)     activations, deltas
 *   unit quads     [units / 4][rows][4]     (r, u) at ((u >> 2) * rows + r) * 4 + (u & 3)      activations once more
 *   unit octets    [units / 8][rows][8]     (r, u) at ((u >> 3) * rows + r) * 8 + (u & 7)      deltas once more
 *   output quads   [outputs / 4][inputs][4] (i, o) at ((o >> 2) * inputs + i) * 4 + (o & 3)    weights
 *   input quads    [inputs / 4][outputs][4] (i, o) at ((i >> 2) * outputs + o) * 4 + (i & 3)   weights once more
 *   tiles          [outputs / 8][inputs / 4][4][8]                                             gradients, moments
 *
 * Every product is then "quads times octets", k running over the middle index of both:
 *
 *   forward    z    = output quads of W · batch octets of x      k over inputs
 *   backward   dx   = input quads of W · batch octets of dz      k over outputs
 *   gradient   dW   = unit quads of x · unit octets of dz        k over the rows of the batch
 *
 * and a 4 × 8 tile of the first two is 4 units of 8 rows: 32 neighbours in the batch octets, which the next layer's
 * product reads. The copies with units side by side, which the gradient needs, are the transposed tile.
 *
 * Units and rows are padded to a multiple of 8. What stands in the padding is never read into anything else: padded
 * units and rows are lanes of their own, and k counts real ones only.
 */

/** Bytes of one k-step of quads and of octets, and of a 4 × 8 tile. */
export const QUAD: usize = 16;
export const OCTET: usize = 32;
export const TILE: usize = 128;

/**
 * What passes at once where layers are wide: 256 k-steps of 16 quads are 64 kB of weights, and an octet of as many k-steps is
 * 8 kB, so that weights stay in the second-level cache and the octet in the first. Sums go on from where they stopped: blocks
 * do not change their order, nor any bit.
 */
export const BLOCK_TERMS: i32 = 256;
export const BLOCK_QUADS: i32 = 16;
