/** Fetches the stimuli of a micro-batch as entries of tables (bit-table.ts), in both of the orders that a first layer needs. */
import { PATTERN_SHIFT, TABLE } from './bit-table';
import { address } from './gather';
import { QUAD } from './layout';
import { storeTransposedQuads, storeTransposedRows } from './transpose';

/** A group's pattern, and the four of them that a block of 4 rows × 4 inputs has: row r's in bits 4r … 4r + 3. */
const PATTERN_BITS: i32 = 0xf;
const BLOCK_BITS: i32 = 0xffff;

/**
 * @param set for each stimulus and group of 4 inputs where its pattern is, from the beginning of the tables: 16 bits
 *   each, row-major, `groupUnits` padded groups (a multiple of 4) a row
 * @param indices rows of the set, 32 bits each
 * @param rows of the micro-batch, at least 1; the last octet is filled up with copies of the last row
 * @param tables address of the tables
 * @param entries [rows / 4][groupUnits][4]: groups of inputs, for the forward product
 * @param turned [groupUnits][stride / 4][4]: groups of rows by input, for the gradient; rows beyond `rows` have no bits
 */
export function gatherBits(
  set: usize,
  groupUnits: usize,
  indices: usize,
  rows: i32,
  tables: usize,
  entries: usize,
  turned: usize,
  stride: usize,
): void {
  touch(set, groupUnits << 1, indices, rows, entries);
  const base = i32x4.splat(<i32>tables);
  const line = (stride >> 2) * QUAD;
  for (let row: i32 = 0; row < rows; row += 8) {
    for (let half: i32 = row; half < row + 8; half += 4) {
      const s0 = address(set, groupUnits << 1, indices, half, rows);
      const s1 = address(set, groupUnits << 1, indices, half + 1, rows);
      const s2 = address(set, groupUnits << 1, indices, half + 2, rows);
      const s3 = address(set, groupUnits << 1, indices, half + 3, rows);
      const real = i32x4.splat(BLOCK_BITS >> (4 * max(0, min(4, half + 4 - rows))));
      const table = i32x4.splat(<i32>tables + (half >> 2) * <i32>TABLE);
      let to = turned + <usize>(half >> 2) * QUAD;
      for (let at: usize = 0; at < groupUnits << 1; at += 8) {
        const r0 = v128.load16x4_u(s0 + at);
        const r1 = v128.load16x4_u(s1 + at);
        const r2 = v128.load16x4_u(s2 + at);
        const r3 = v128.load16x4_u(s3 + at);
        storeTransposedQuads(entries, i32x4.add(r0, base), i32x4.add(r1, base), i32x4.add(r2, base), i32x4.add(r3, base));
        const bits = turnBits(
          v128.and(real, v128.or(v128.or(patterns(r0, 0), patterns(r1, 4)), v128.or(patterns(r2, 8), patterns(r3, 12)))),
        );
        storeTransposedRows(to, line, entry(bits, 0, table), entry(bits, 4, table), entry(bits, 8, table), entry(bits, 12, table));
        entries += 4 * QUAD;
        to += 4 * line;
      }
    }
  }
}

/**
 * Reads a byte of every row, all at once as nothing waits for them: rows are all over the set, and mostly not in a near cache
 * (measured with 128 rows: gathering takes 3 in place of 7 µs). WebAssembly has no prefetching; what is read must be stored, and
 * is overwritten.
 */
@inline
function touch(set: usize, bytes: usize, indices: usize, rows: i32, to: usize): void {
  let touched: u32 = 0;
  for (let row: i32 = 0; row < rows; row++) touched ^= load<u8>(address(set, bytes, indices, row, rows));
  store<u8>(to, touched);
}

/** The patterns of one row's four groups, moved to where they are in a block. */
@inline
function patterns(places: v128, to: i32): v128 {
  return i32x4.shl(v128.and(i32x4.shr_u(places, PATTERN_SHIFT), i32x4.splat(PATTERN_BITS)), to);
}

/** Transposes 4 × 4 bits in each lane: bit 4r + j becomes bit 4j + r. */
@inline
function turnBits(bits: v128): v128 {
  // Single bits across the diagonal of each 2 × 2 block, then the blocks.
  let moved = v128.and(v128.xor(bits, i32x4.shr_u(bits, 3)), i32x4.splat(0x0a0a));
  bits = v128.xor(bits, v128.xor(moved, i32x4.shl(moved, 3)));
  moved = v128.and(v128.xor(bits, i32x4.shr_u(bits, 6)), i32x4.splat(0x00cc));
  return v128.xor(bits, v128.xor(moved, i32x4.shl(moved, 6)));
}

/** The entries of one input of each of four groups. */
@inline
function entry(bits: v128, place: i32, table: v128): v128 {
  const pattern = v128.and(i32x4.shr_u(bits, place), i32x4.splat(PATTERN_BITS));
  return i32x4.add(i32x4.shl(pattern, PATTERN_SHIFT), table);
}
