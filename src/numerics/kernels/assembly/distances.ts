/**
 * From sums of products between rows to their distances (src/analysis/rdm/rdm.ts), float64 in two lanes.
 *
 *   panels   [block of terms][rows / 4][terms of the block][4], as `multiply64` reads them
 */

/** Bytes of four numbers. */
const STEP: usize = 32;

/** Below this share of its terms a distance has lost too many digits to |a|² + |b|² − 2ab, and is computed from the rows. */
const CANCELLED: f64 = 1e-5;

/** What becomes of a squared distance. */
const HALVED: i32 = 1;
const ROOT: i32 = 2;

/**
 * Distances of one row from those after it.
 *
 * @param products of the row with each of the later ones
 * @param squares sums of squares of all rows
 * @param row number of the row
 * @param rows how many there are
 * @param quads rows / 4, rounded up
 * @param terms of a row
 * @param depth terms of each block but the last
 * @param finish 0: squared, 1: half of that, 2: its root
 * @param to receives rows − row − 1 numbers
 */
export function rowDistances(
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
): void {
  const own = load<f64>(squares + (<usize>row << 3));
  const both = f64x2.splat(own), share = f64x2.splat(CANCELLED), half = f64x2.splat(0.5);
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
  }
  if (j < rows) {
    const scale = own + load<f64>(square);
    let squared = scale - 2 * load<f64>(products);
    if (squared < CANCELLED * scale) squared = squaredDistance(panels, quads, row, j, terms, depth);
    if (finish == HALVED) squared *= 0.5;
    else if (finish == ROOT) squared = sqrt(squared);
    store<f64>(to, squared);
  }
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
