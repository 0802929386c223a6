/**
 * Sums of products of a symmetric matrix with another one whose rows and columns stand in other orders: what similarities are when their stimuli
 * are permuted (src/analysis/symmetric.ts). Float64.
 *
 *   above    the first without its diagonal, its upper triangle row by row: size · (size − 1) / 2
 *   square   the second, whole: size × size
 *   orders   orders × size: u32, each below size
 */
import { fused64 } from './fused';

/** Two numbers of a row of the square. */
@inline
function pair(row: usize, order: usize): v128 {
  const first = v128.load64_zero(row + (<usize>load<u32>(order) << 3));
  return v128.load64_lane(row + (<usize>load<u32>(order, 4) << 3), first, 1);
}

/**
 * Σ a_ij b_o(i)o(j) over i < j, for each order o. The terms of a row go to eight sums in turn, the last of them, fewer than eight, to a ninth; lines are added up in the
 * order of the square's rows, each of which stays in the first-level cache while all orders pass.
 *
 * @param places orders × size: where each stimulus stands in the order, u32
 * @param size at least 1
 * @param count orders, at least 1
 * @param sums receives one number for each order
 */
export function permutedProducts(
  above: usize,
  square: usize,
  orders: usize,
  places: usize,
  size: i32,
  count: i32,
  sums: usize,
): void {
  for (let k: i32 = 0; k < count; k++) store<f64>(sums + (<usize>k << 3), 0);
  const line = <usize>size << 2;
  for (let b: i32 = 0; b < size; b++) {
    let order = orders;
    let place = places + (<usize>b << 2);
    for (let k: i32 = 0; k < count; k++) {
      const i = <usize>load<u32>(place);
      const sum = sums + (<usize>k << 3);
      const start = i * (2 * <usize>size - i - 1) << 2;
      store<f64>(sum, load<f64>(sum) + rowProduct(above + start, square, order + (i + 1 << 2), size - 1 - <i32>i));
      order += line;
      place += line;
    }
    square += line << 1;
  }
}

@inline
function rowProduct(a: usize, row: usize, order: usize, left: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, rest = s0;
  for (; left >= 8; left -= 8, a += 64, order += 32) {
    s0 = fused64(v128.load(a), pair(row, order), s0);
    s1 = fused64(v128.load(a, 16), pair(row, order + 8), s1);
    s2 = fused64(v128.load(a, 32), pair(row, order + 16), s2);
    s3 = fused64(v128.load(a, 48), pair(row, order + 24), s3);
  }
  for (; left > 0; left--, a += 8, order += 4)
    rest = fused64(v128.load64_splat(a), v128.load64_splat(row + (<usize>load<u32>(order) << 3)), rest);
  const four = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(four, 0) + f64x2.extract_lane(four, 1) + f64x2.extract_lane(rest, 0);
}
