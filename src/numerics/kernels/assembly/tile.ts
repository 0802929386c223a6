/**
 * The inner loop of all products of the training step: one 4 × 8 tile, the sum over k of a column of 4 times a row of 8.
 *
 * Why 4 × 8: eight accumulators, two registers of the octet and one for the broadcast of a quad's element stay within
 * the 16 SIMD registers of x86-64, and eight independent sums hide the latency of addition. Why one k-step a loop body:
 * with more, V8 keeps later loads alive and spills accumulators (measured: 41 → 16 GFLOP/s). Multiplication and addition
 * are two roundings on every machine; a fused one would be relaxed SIMD, whose bits differ between processors.
 *
 * `tile` is inlined into each product, and always ends by storing its sums. What a product does with them (activation
 * function, slopes) it does to the 128 bytes just stored, which are still in the first-level cache: doing it in registers
 * instead makes V8 spill inside the loop (measured: 39 → 36 GFLOP/s, and 17 with a function for each tile).
 */
import { fused32 } from './fused';
import { OCTET, QUAD } from './layout';

/** The accumulators begin at 0; at a bias for each unit (4 numbers at `from`); at a tile of earlier sums at `from`. */
export const START_ZERO = 0;
export const START_BIAS = 1;
export const START_TILE = 2;

/**
 * @param a quads, from their first k-step
 * @param b octets, from their first k-step
 * @param k length of the sums, at least 1; added in order
 * @param start a constant, of which the compiler keeps one branch
 * @param from where the accumulators come from, by `start`
 * @param to 32 neighbours: the tile, row by row
 */
@inline
export function tile(a: usize, b: usize, k: i32, start: i32, from: usize, to: usize): void {
  let c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128;
  if (start == START_BIAS) {
    c00 = v128.load32_splat(from);
    c01 = c00;
    c10 = v128.load32_splat(from, 4);
    c11 = c10;
    c20 = v128.load32_splat(from, 8);
    c21 = c20;
    c30 = v128.load32_splat(from, 12);
    c31 = c30;
  } else if (start == START_TILE) {
    c00 = v128.load(from);
    c01 = v128.load(from, 16);
    c10 = v128.load(from, 32);
    c11 = v128.load(from, 48);
    c20 = v128.load(from, 64);
    c21 = v128.load(from, 80);
    c30 = v128.load(from, 96);
    c31 = v128.load(from, 112);
  } else {
    c00 = f32x4.splat(0);
    c01 = f32x4.splat(0);
    c10 = f32x4.splat(0);
    c11 = f32x4.splat(0);
    c20 = f32x4.splat(0);
    c21 = f32x4.splat(0);
    c30 = f32x4.splat(0);
    c31 = f32x4.splat(0);
  }

  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = fused32(a0, b0, c00);
    c01 = fused32(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = fused32(a1, b0, c10);
    c11 = fused32(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = fused32(a2, b0, c20);
    c21 = fused32(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = fused32(a3, b0, c30);
    c31 = fused32(a3, b1, c31);
    a += QUAD;
    b += OCTET;
  } while (--k);

  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(to, c10, 32);
  v128.store(to, c11, 48);
  v128.store(to, c20, 64);
  v128.store(to, c21, 80);
  v128.store(to, c30, 96);
  v128.store(to, c31, 112);
}
