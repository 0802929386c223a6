/**
 * Dropout masks by counting instead of by drawing: whether a unit is dropped is a hash of (key, step, layer, row, unit),
 * so that both engines see the same masks in whatever order they compute, and the fused kernel needs no stored mask.
 */

/** A bijective mix of 32 bits with good avalanche (the constants are the `lowbias32` of C. Wellons' hash-prospector, public domain). */
function mix32(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * The 32-bit seed of one layer's mask in one step.
 *
 * @param key 32 bits from `stream('dropout', network, seed)`
 * @param step step of the training, from 0
 * @param layer hidden layer, from 0
 */
export function maskSeed(key: number, step: number, layer: number): number {
  return mix32(key ^ mix32(Math.imul(step, 0x9e3779b1) + layer));
}

/**
 * Whether the element is dropped: the hash of its index (row in the batch × units + unit) falls below rate × 2³².
 *
 * @param threshold `dropThreshold(rate)`
 */
export function isDropped(seed: number, element: number, threshold: number): boolean {
  return mix32(seed + Math.imul(element, 0x9e3779b1)) < threshold;
}

/** The rate as an unsigned 32-bit threshold. Kept activations are multiplied by 1 / (1 − rate), rounded to float32. */
export function dropThreshold(rate: number): number {
  return Math.min(2 ** 32 - 1, Math.round(rate * 2 ** 32));
}
