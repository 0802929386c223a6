/** The mean of numbers; 0 of none. */
export function mean(values: Uint8Array | Uint32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / Math.max(1, values.length);
}
