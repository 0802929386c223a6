/**
 * A quantile of numbers, interpolated linearly between neighbours (type 7 of Hyndman & Fan 1996, as of numpy).
 *
 * @param sorted ascending, one at least
 * @param share of them that lie below, 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const at = Math.floor(place);
  const next = Math.min(at + 1, sorted.length - 1);
  return sorted[at] + (place - at) * (sorted[next] - sorted[at]);
}
