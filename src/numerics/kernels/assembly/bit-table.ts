/**
 * The inner loop of products with a matrix of bits, by the method of the four Russians: where each of four neighbouring
 * numbers has two values, their part of a sum has only 16. These 16 are computed once, and each row of the bit matrix then
 * looks up one of them, which is one addition in place of four multiplications and four additions.
 *
 *   group   four neighbours along k: four inputs in the forward product, four rows in the gradient
 *   table   [16][8]: for each of the 16 patterns of a group's bits, the part of the sum of 8 neighbouring outputs;
 *           bit j of the pattern is the group's element j
 *   entry   the address of the 8 numbers of one pattern: what a bit matrix is kept as, and all that the loop reads of it
 *
 * Entries are kept like quads, [m / 4][groups][4], so that a tile of 4 × 8 sums reads them strictly forwards. Why four bits a
 * group: for 64 to 128 rows or inputs, additions of filling and of looking up together are fewest with four and five, and
 * tables of five would be half as large again.
 */
import { QUAD } from './layout';
import { START_BIAS, START_TILE } from './tile';

/** Bytes of one pattern of a table, its logarithm, and bytes of a table. */
export const PATTERN: usize = 32;
export const PATTERN_SHIFT: i32 = 5;
export const TABLE: usize = 16 * PATTERN;

/** Tables at once: 16 kB, half of a first-level cache. */
export const BLOCK_GROUPS: i32 = 32;

/** Where two tiles may be kept for a moment: `tables` has room for them behind its tables. */
export const SCRATCH: usize = <usize>BLOCK_GROUPS * TABLE;

/**
 * Fills half of a table: 4 of the 8 outputs.
 *
 * @param a0 and a1 … a3: the part of a group's elements 0 and 1, by the pattern of these two
 * @param b0 and b1 … b3: the part of its elements 2 and 3
 */
@inline
export function storeHalf(
  table: usize,
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
  b0: v128,
  b1: v128,
  b2: v128,
  b3: v128,
): void {
  v128.store(table, f32x4.add(a0, b0));
  v128.store(table, f32x4.add(a1, b0), 32);
  v128.store(table, f32x4.add(a2, b0), 64);
  v128.store(table, f32x4.add(a3, b0), 96);
  v128.store(table, f32x4.add(a0, b1), 128);
  v128.store(table, f32x4.add(a1, b1), 160);
  v128.store(table, f32x4.add(a2, b1), 192);
  v128.store(table, f32x4.add(a3, b1), 224);
  v128.store(table, f32x4.add(a0, b2), 256);
  v128.store(table, f32x4.add(a1, b2), 288);
  v128.store(table, f32x4.add(a2, b2), 320);
  v128.store(table, f32x4.add(a3, b2), 352);
  v128.store(table, f32x4.add(a0, b3), 384);
  v128.store(table, f32x4.add(a1, b3), 416);
  v128.store(table, f32x4.add(a2, b3), 448);
  v128.store(table, f32x4.add(a3, b3), 480);
}

/**
 * A tile of 4 × 8 sums over groups: 4 neighbours of the bit matrix, 8 outputs. It is written as tile.ts is, for the same
 * reasons: eight accumulators, one group a loop body, and always ending in memory.
 *
 * @param entries from their first group
 * @param groups at least 1; added in order
 * @param start a constant, of which the compiler keeps one branch; START_BIAS takes 8 numbers at `from` for all four
 * @param to 32 neighbours: the tile, row by row
 */
@inline
export function lookUpTile(entries: usize, groups: i32, start: i32, from: usize, to: usize): void {
  let c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128;
  if (start == START_BIAS) {
    c00 = v128.load(from);
    c01 = v128.load(from, 16);
    c10 = c00;
    c11 = c01;
    c20 = c00;
    c21 = c01;
    c30 = c00;
    c31 = c01;
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
    // Two entries a load: loads are what there is most of (measured: 8 % faster).
    const e01 = load<u64>(entries);
    const e0 = <usize>e01;
    c00 = f32x4.add(c00, v128.load(e0));
    c01 = f32x4.add(c01, v128.load(e0, 16));
    const e1 = <usize>(e01 >> 32);
    c10 = f32x4.add(c10, v128.load(e1));
    c11 = f32x4.add(c11, v128.load(e1, 16));
    const e23 = load<u64>(entries, 8);
    const e2 = <usize>e23;
    c20 = f32x4.add(c20, v128.load(e2));
    c21 = f32x4.add(c21, v128.load(e2, 16));
    const e3 = <usize>(e23 >> 32);
    c30 = f32x4.add(c30, v128.load(e3));
    c31 = f32x4.add(c31, v128.load(e3, 16));
    entries += QUAD;
  } while (--groups);

  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(to, c10, 32);
  v128.store(to, c11, 48);
  v128.store(to, c20, 64);
  v128.store(to, c21, 80);
  v128.store(to, c30, 96);
  v128.store(to, c31, 112);
}
