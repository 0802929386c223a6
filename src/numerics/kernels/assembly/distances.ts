/**
 * From rows to their distances (src/analysis/rdm/rdm.ts), float64 in two lanes.
 *
 *   panels   [block of terms][rows / 4][terms of the block][4], as `multiply64` reads them: four rows are four lanes
 */
import { fused64 } from './fused';

/** Bytes of four numbers. */
const STEP: usize = 32;

/** What becomes of rows before they are multiplied: as far from the means of all, centred and of length 1, or of length 1. */
const SHIFTED: i32 = 0;
const CENTRED: i32 = 1;

/** Where the terms of four rows begin that follow `top`, up to the end of their block. */
@inline
function blockOf(panels: usize, quads: usize, quad: usize, top: i32, height: i32): usize {
  return panels + (<usize>top * quads + quad * <usize>height) * STEP;
}

/** Two numbers of a column, one of each of two rows. */
@inline
function two(x: usize, row: usize, wide: bool): v128 {
  if (wide) return v128.load64_lane(x + row, v128.load64_zero(x), 1);
  return f64x2.promote_low_f32x4(v128.load32_lane(x + row, v128.load32_zero(x), 1));
}

/** The length by which to divide: 1 for rows of nothing. */
@inline
function divisor(length: v128): v128 {
  return v128.bitselect(f64x2.splat(1), length, f64x2.eq(length, f64x2.splat(0)));
}

/**
 * Packs rows into panels, each brought to the form in which distances follow from products, and sums their squares as products are
 * summed. A row is first divided by its largest entry, so that no square overflows or vanishes.
 *
 * @param x rows × terms, row-major, followed by rows of zeros up to a multiple of 4
 * @param wide whether x is float64
 * @param quads rows / 4, rounded up
 * @param terms of a row, at least 1
 * @param depth terms of each block but the last
 * @param how 0: less `means`, 1: less its own mean and of length 1, 2: of length 1
 * @param means of the terms, read for 0
 * @param squares receives quads × 4 numbers
 * @param largest receives, but for 0, the largest absolute value of each row before it was scaled: 0 where it has no length
 */
export function packRows(
  x: usize,
  wide: bool,
  quads: i32,
  terms: i32,
  depth: i32,
  how: i32,
  means: usize,
  panels: usize,
  squares: usize,
  largest: usize,
): void {
  const size: usize = wide ? 8 : 4;
  const row = <usize>terms * size;
  for (let quad: usize = 0; quad < <usize>quads; quad++, x += 4 * row, squares += STEP, largest += STEP) {
    // Two rows at a time: nothing is between rows.
    for (let pair: usize = 0; pair < 32; pair += 16) {
      let from = x + (pair >> 3) * row;
      const first = two(from, row, wide);
      let sum = f64x2.splat(0), norm = f64x2.splat(1), total = sum;
      let same = f64x2.eq(sum, sum);
      let mean = means;
      for (let top: i32 = 0; top < terms; top += depth) {
        const height = min(depth, terms - top);
        let at = blockOf(panels, quads, quad, top, height) + pair;
        for (let left = height; left > 0; left--, at += STEP, from += size) {
          let value = two(from, row, wide);
          if (how == SHIFTED) {
            value = f64x2.sub(value, v128.load64_splat(mean));
            mean += 8;
          }
          sum = f64x2.add(sum, value);
          same = v128.and(same, f64x2.eq(value, first));
          v128.store(at, value);
        }
      }
      if (how != SHIFTED) {
        // A constant row is centred to exact zeros.
        const centre = how == CENTRED ? v128.bitselect(first, f64x2.div(sum, f64x2.splat(terms)), same) : f64x2.splat(0);
        let most = f64x2.splat(0);
        for (let top: i32 = 0; top < terms; top += depth) {
          const height = min(depth, terms - top);
          let at = blockOf(panels, quads, quad, top, height) + pair;
          for (let left = height; left > 0; left--, at += STEP) {
            const value = f64x2.sub(v128.load(at), centre);
            v128.store(at, value);
            const length = f64x2.abs(value);
            most = v128.bitselect(most, length, f64x2.le(length, most));
          }
        }
        v128.store(largest + pair, most);
        const scale = divisor(most);
        let length = f64x2.splat(0);
        for (let top: i32 = 0; top < terms; top += depth) {
          const height = min(depth, terms - top);
          let at = blockOf(panels, quads, quad, top, height) + pair;
          for (let left = height; left > 0; left--, at += STEP) {
            const value = f64x2.div(v128.load(at), scale);
            v128.store(at, value);
            length = f64x2.add(length, f64x2.mul(value, value));
          }
        }
        norm = divisor(f64x2.sqrt(length));
      }
      for (let top: i32 = 0; top < terms; top += depth) {
        const height = min(depth, terms - top);
        let at = blockOf(panels, quads, quad, top, height) + pair;
        let block = f64x2.splat(0);
        for (let left = height; left > 0; left--, at += STEP) {
          const value = f64x2.div(v128.load(at), norm);
          v128.store(at, value);
          block = fused64(value, value, block);
        }
        total = top > 0 ? f64x2.add(total, block) : block;
      }
      v128.store(squares + pair, total);
    }
  }
}

/** Below this share of its terms a distance has lost too many digits to |a|² + |b|² − 2ab, and is computed from the rows. */
const CANCELLED: f64 = 1e-5;

/** What becomes of a squared distance. */
const HALVED: i32 = 1;
const ROOT: i32 = 2;

/**
 * Distances of neighbouring rows from all that come after each.
 *
 * @param products of the first of these rows with itself and those after it, then of the others with the same
 * @param stride numbers from one line of products to the next
 * @param squares sums of squares of all rows
 * @param top number of the first row
 * @param count of these rows
 * @param rows how many there are
 * @param quads rows / 4, rounded up
 * @param terms of a row
 * @param depth terms of each block but the last
 * @param finish 0: squared, 1: half of that, 2: its root
 * @param to receives rows − row − 1 numbers for each row
 * @param most a number, raised to the largest of them
 */
export function laterDistances(
  products: usize,
  stride: usize,
  squares: usize,
  top: i32,
  count: i32,
  rows: i32,
  panels: usize,
  quads: i32,
  terms: i32,
  depth: i32,
  finish: i32,
  to: usize,
  most: usize,
): void {
  for (let i: i32 = 0; i < count; i++, products += (stride + 1) << 3) {
    const row = top + i;
    const largest = rowDistances(products + 8, squares, row, rows, panels, quads, terms, depth, finish, to);
    if (largest > load<f64>(most)) store<f64>(most, largest);
    to += <usize>(rows - row - 1) << 3;
  }
}

/** @returns the largest of them, 0 at least */
function rowDistances(
  products: usize,
  squares: usize,
  row: i32,
  rows: i32,
  panels: usize,
  quads: i32,
  terms: i32,
  depth: i32,
  finish: i32,
  to: usize,
): f64 {
  const own = load<f64>(squares + (<usize>row << 3));
  const both = f64x2.splat(own), share = f64x2.splat(CANCELLED), half = f64x2.splat(0.5);
  let most = f64x2.splat(0);
  let square = squares + (<usize>(row + 1) << 3);
  let j = row + 1;
  for (; j + 2 <= rows; j += 2, square += 16, products += 16, to += 16) {
    const scale = f64x2.add(both, v128.load(square));
    const product = v128.load(products);
    let squared = f64x2.sub(scale, f64x2.add(product, product));
    const cancelled = f64x2.lt(squared, f64x2.mul(share, scale));
    if (v128.any_true(cancelled)) {
      if (i64x2.extract_lane(cancelled, 0))
        squared = f64x2.replace_lane(squared, 0, squaredDistance(panels, quads, row, j, terms, depth));
      if (i64x2.extract_lane(cancelled, 1))
        squared = f64x2.replace_lane(squared, 1, squaredDistance(panels, quads, row, j + 1, terms, depth));
    }
    if (finish == HALVED) squared = f64x2.mul(squared, half);
    else if (finish == ROOT) squared = f64x2.sqrt(squared);
    v128.store(to, squared);
    most = f64x2.pmax(most, squared);
  }
  let largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (j < rows) {
    const scale = own + load<f64>(square);
    let squared = scale - 2 * load<f64>(products);
    if (squared < CANCELLED * scale) squared = squaredDistance(panels, quads, row, j, terms, depth);
    if (finish == HALVED) squared *= 0.5;
    else if (finish == ROOT) squared = sqrt(squared);
    store<f64>(to, squared);
    if (squared > largest) largest = squared;
  }
  return largest;
}

function squaredDistance(panels: usize, quads: i32, i: i32, j: i32, terms: i32, depth: i32): f64 {
  const a = (<usize>(i & 3)) << 3, b = (<usize>(j & 3)) << 3;
  let sum: f64 = 0;
  for (let left = terms; left > 0; left -= depth) {
    const height = min(left, depth);
    const size = <usize>height * STEP;
    let x = panels + <usize>(i >> 2) * size + a;
    let y = panels + <usize>(j >> 2) * size + b;
    for (let k = height; k > 0; k--, x += STEP, y += STEP) {
      const difference = load<f64>(x) - load<f64>(y);
      sum += difference * difference;
    }
    panels += <usize>quads * size;
  }
  return sum;
}
