/**
 * Float64 matrix products for the analyses: C (+)= A · B on one block of each matrix.
 *
 * The caller packs its blocks so that the inner loop reads both operands strictly forwards:
 *
 *   A, m × k, in panels of 4 rows:     [m / 4][k][4]   element (i, p) at ((i >> 2) * k + p) * 4 + (i & 3)
 *   B, k × n, in panels of 4 columns:  [n / 4][k][4]   element (p, j) at ((j >> 2) * k + p) * 4 + (j & 3)
 *   C, m × n, row-major with `stride` elements a row
 *
 * Rows and columns beyond the matrix are packed as zeros. One tile is 4 × 4: eight accumulators of two lanes, two
 * registers of B and one of A stay within the 16 SIMD registers of x86-64; a larger tile, or two k-steps a loop body, spills.
 */
import { fused64 } from './fused';

/** Bytes of one k-step of a panel: four numbers of 8 bytes. */
const STEP: usize = 32;

/**
 * Multiplies one packed block. Each element is a sum over p = 0 … k−1 in that order, added to C once: the order of sums
 * depends on the caller's blocks alone.
 *
 * @param a address of A's panels
 * @param b address of B's panels
 * @param c address of C
 * @param aPanels m / 4, at least 1
 * @param bPanels n / 4, at least 1
 * @param k length of the sums, at least 1
 * @param stride elements from one row of C to the next
 * @param add whether C is added to (true) or written
 * @param diagonal position of the matrix diagonal: tiles with row > column + diagonal throughout are left out, for
 *   symmetric results. A large number computes all.
 */
export function multiply64(
  a: usize,
  b: usize,
  c: usize,
  aPanels: i32,
  bPanels: i32,
  k: i32,
  stride: usize,
  add: bool,
  diagonal: i32,
): void {
  const panel = <usize>k * STEP;
  const row = stride << 3;
  // One panel of B (k × 4 numbers) stays in the first-level cache while all panels of A pass.
  let j: i32 = 0;
  do {
    const bPanel = b + <usize>j * panel;
    const cColumn = c + <usize>j * STEP;
    let i: i32 = 0;
    do {
      if (i * 4 > j * 4 + 3 + diagonal) break;
      tile(a + <usize>i * panel, bPanel, k, cColumn + <usize>i * 4 * row, row, add);
    } while (++i < aPanels);
  } while (++j < bPanels);
}

/** One 4 × 4 tile of C: one row of C is two registers. */
function tile(a: usize, b: usize, k: i32, c: usize, row: usize, add: bool): void {
  let c00 = f64x2.splat(0), c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0), c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0), c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0), c31 = f64x2.splat(0);
  do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load64_splat(a);
    c00 = fused64(a0, b0, c00);
    c01 = fused64(a0, b1, c01);
    const a1 = v128.load64_splat(a, 8);
    c10 = fused64(a1, b0, c10);
    c11 = fused64(a1, b1, c11);
    const a2 = v128.load64_splat(a, 16);
    c20 = fused64(a2, b0, c20);
    c21 = fused64(a2, b1, c21);
    const a3 = v128.load64_splat(a, 24);
    c30 = fused64(a3, b0, c30);
    c31 = fused64(a3, b1, c31);
    a += STEP;
    b += STEP;
  } while (--k);

  const r1 = c + row, r2 = r1 + row, r3 = r2 + row;
  if (add) {
    c00 = f64x2.add(v128.load(c), c00);
    c01 = f64x2.add(v128.load(c, 16), c01);
    c10 = f64x2.add(v128.load(r1), c10);
    c11 = f64x2.add(v128.load(r1, 16), c11);
    c20 = f64x2.add(v128.load(r2), c20);
    c21 = f64x2.add(v128.load(r2, 16), c21);
    c30 = f64x2.add(v128.load(r3), c30);
    c31 = f64x2.add(v128.load(r3, 16), c31);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(r1, c10);
  v128.store(r1, c11, 16);
  v128.store(r2, c20);
  v128.store(r2, c21, 16);
  v128.store(r3, c30);
  v128.store(r3, c31, 16);
}

/**
 * Packs four lines into a panel.
 *
 * @param from the first line; the others are `stride` bytes apart
 * @param terms of each line, at least 1
 * @param panel receives terms × 4
 */
export function packFour(from: usize, stride: usize, terms: i32, panel: usize): void {
  let a = from, b = a + stride, c = b + stride, d = c + stride;
  for (; terms >= 2; terms -= 2, a += 16, b += 16, c += 16, d += 16, panel += 2 * STEP) {
    const va = v128.load(a), vb = v128.load(b), vc = v128.load(c), vd = v128.load(d);
    v128.store(panel, f64x2.shuffle(va, vb, 0, 2));
    v128.store(panel, f64x2.shuffle(vc, vd, 0, 2), 16);
    v128.store(panel, f64x2.shuffle(va, vb, 1, 3), 32);
    v128.store(panel, f64x2.shuffle(vc, vd, 1, 3), 48);
  }
  if (terms > 0) {
    store<f64>(panel, load<f64>(a));
    store<f64>(panel, load<f64>(b), 8);
    store<f64>(panel, load<f64>(c), 16);
    store<f64>(panel, load<f64>(d), 24);
  }
}

/**
 * The dot product of two vectors, in the blocks of the products: each block's sum is taken by itself, and sums of blocks are added in
 * their order. Four blocks pass side by side, as each term waits for the one before.
 *
 * @param a address of the first vector
 * @param b address of the second
 * @param terms of both, at least 1
 * @param depth terms of a block
 * @param total of what came before
 */
export function addDot64(a: usize, b: usize, terms: i32, depth: i32, total: f64): f64 {
  const block = <usize>depth << 3;
  for (; terms >= 4 * depth; terms -= 4 * depth, a += 4 * block, b += 4 * block) {
    let low = f64x2.splat(0), high = low;
    for (let at: usize = 0; at < block; at += 8) {
      const x = a + at, y = b + at;
      low = fused64(lanes(x, block), lanes(y, block), low);
      high = fused64(lanes(x + 2 * block, block), lanes(y + 2 * block, block), high);
    }
    total = total + f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
    total = total + f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1);
  }
  for (; terms > 0; terms -= depth) {
    let sum = f64x2.splat(0);
    for (let k = min(depth, terms); k > 0; k--, a += 8, b += 8) sum = fused64(v128.load64_splat(a), v128.load64_splat(b), sum);
    total += f64x2.extract_lane(sum, 0);
  }
  return total;
}

/** Two numbers, `apart` bytes from each other. */
@inline
function lanes(at: usize, apart: usize): v128 {
  return v128.load64_lane(at + apart, v128.load64_zero(at), 1);
}
