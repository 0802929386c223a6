/**
 * The nearest of many rows (src/analysis/rdm/nearest.ts), from the upper triangle of their distances, row by row. Of a thousand pairs a few
 * are near: the others are told by two comparisons, two pairs at once.
 */

/** Takes a distance in among the smallest of a row, where it is one of them. */
@inline
function meet(row: usize, distance: f64, count: usize, smallest: usize, last: usize): void {
  if (!(distance < load<f64>(last + (row << 3)))) return;
  const first = smallest + ((row * count) << 3);
  const end = first + ((count - 1) << 3);
  let at = end;
  for (; at > first && load<f64>(at - 8) > distance; at -= 8) store<f64>(at, load<f64>(at - 8));
  store<f64>(at, distance);
  store<f64>(last + (row << 3), load<f64>(end));
}

/**
 * By row the smallest of its distances to others.
 *
 * @param distances rows · (rows − 1) / 2 numbers; what is no number is near nothing
 * @param count how many of each row, at least 1
 * @param smallest receives rows × count numbers, each row's ascending, infinite where it has not so many
 * @param last receives the last of each row
 */
export function smallestDistances(distances: usize, rows: i32, count: i32, smallest: usize, last: usize): void {
  for (let at: usize = 0, end = (<usize>rows * count) << 3; at < end; at += 8) store<f64>(smallest + at, Infinity);
  for (let at: usize = 0, end = <usize>rows << 3; at < end; at += 8) store<f64>(last + at, Infinity);
  for (let i: i32 = 0; i < rows; i++) {
    let j = i + 1;
    for (; j + 2 <= rows; j += 2, distances += 16) {
      const two = v128.load(distances);
      const own = v128.load64_splat(last + (<usize>i << 3)), others = v128.load(last + (<usize>j << 3));
      if (!v128.any_true(v128.or(f64x2.lt(two, own), f64x2.lt(two, others)))) continue;
      for (let lane: i32 = 0; lane < 2; lane++) {
        const distance = load<f64>(distances + (<usize>lane << 3));
        meet(i, distance, count, smallest, last);
        meet(j + lane, distance, count, smallest, last);
      }
    }
    if (j < rows) {
      const distance = load<f64>(distances);
      meet(i, distance, count, smallest, last);
      meet(j, distance, count, smallest, last);
      distances += 8;
    }
  }
}

/**
 * The pairs of rows whose distance is no more than a rounding above the bar of either.
 *
 * @param distances as above
 * @param bars of each row
 * @param pairs receives both rows of each (2 × u32), in the order of the triangle: room for all
 * @param found receives how many there are
 */
export function nearPairs(distances: usize, rows: i32, bars: usize, rounding: f64, pairs: usize, found: usize): void {
  const above = f64x2.splat(rounding);
  let count: u32 = 0;
  for (let i: i32 = 0; i < rows; i++) {
    const own = v128.load64_splat(bars + (<usize>i << 3));
    for (let j = i + 1; j < rows; ) {
      const both = j + 2 <= rows;
      const some = both ? v128.load(distances) : v128.load64_splat(distances);
      const others = both ? v128.load(bars + (<usize>j << 3)) : v128.load64_splat(bars + (<usize>j << 3));
      const near = v128.or(f64x2.le(f64x2.sub(some, own), above), f64x2.le(f64x2.sub(some, others), above));
      const width = both ? 2 : 1;
      if (v128.any_true(near)) {
        const mask = i64x2.bitmask(near);
        for (let lane: i32 = 0; lane < width; lane++) {
          if (!((mask >> lane) & 1)) continue;
          store<u32>(pairs, i);
          store<u32>(pairs, j + lane, 4);
          pairs += 8;
          count++;
        }
      }
      j += width;
      distances += <usize>width << 3;
    }
  }
  store<f64>(found, count);
}
