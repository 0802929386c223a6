/** Fetches the stimuli of a micro-batch from the training set, in both of the orders that the first layer needs. */
import { OCTET, QUAD } from './layout';
import { storeTransposedOctets } from './transpose';

/**
 * @param set inputs of all stimuli, row-major, `units` padded units (a multiple of 4) a row
 * @param indices rows of the set, 32 bits each
 * @param rows of the micro-batch, at least 1; the last octet is filled up with copies of the last row
 * @param x batch octets
 * @param turned unit quads, `stride` rows
 */
export function gather(set: usize, units: usize, indices: usize, rows: i32, x: usize, turned: usize, stride: usize): void {
  const quads = <i32>(units >> 2);
  for (let row: i32 = 0; row < rows; row += 8) {
    const s0 = address(set, units << 2, indices, row, rows);
    const s1 = address(set, units << 2, indices, row + 1, rows);
    const s2 = address(set, units << 2, indices, row + 2, rows);
    const s3 = address(set, units << 2, indices, row + 3, rows);
    const s4 = address(set, units << 2, indices, row + 4, rows);
    const s5 = address(set, units << 2, indices, row + 5, rows);
    const s6 = address(set, units << 2, indices, row + 6, rows);
    const s7 = address(set, units << 2, indices, row + 7, rows);
    let quarter = turned + <usize>row * QUAD;
    for (let at: usize = 0, quad = quads; quad; quad--, at += 16) {
      block(quarter, x, v128.load(s0 + at), v128.load(s1 + at), v128.load(s2 + at), v128.load(s3 + at));
      block(quarter + 64, x + 16, v128.load(s4 + at), v128.load(s5 + at), v128.load(s6 + at), v128.load(s7 + at));
      quarter += stride * QUAD;
      x += 4 * OCTET;
    }
  }
}

/** Where row `row` of the micro-batch is in a set of `bytes` bytes a row; beyond the last row: the last one. */
@inline
export function address(set: usize, bytes: usize, indices: usize, row: i32, rows: i32): usize {
  return set + <usize>load<u32>(indices + (<usize>min(row, rows - 1) << 2)) * bytes;
}

/** 4 rows × 4 units: as they are into the quads, transposed into half of each octet. */
@inline
function block(quads: usize, octets: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  v128.store(quads, r0);
  v128.store(quads, r1, 16);
  v128.store(quads, r2, 32);
  v128.store(quads, r3, 48);
  storeTransposedOctets(octets, r0, r1, r2, r3);
}

/** Fetches one label per row; the last octet is filled up as in `gather`. */
export function gatherLabels(labels: usize, indices: usize, rows: i32, to: usize): void {
  const padded = (rows + 7) & ~7;
  for (let row: i32 = 0; row < padded; row++) {
    const index = <usize>load<u32>(indices + (<usize>min(row, rows - 1) << 2));
    store<f32>(to + (<usize>row << 2), load<f32>(labels + (index << 2)));
  }
}
