/**
 * A percentile with linear interpolation between neighbours (type 7 of Hyndman & Fan, NumPy's default).
 *
 * @param sorted ascending, at least one number
 * @param share from 0 to 1
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
