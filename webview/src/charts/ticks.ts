/** Steps of round numbers, as multiples of a power of ten. */
const steps = [0.2, 0.5, 1, 2, 5, 10];

/** Round numbers from `low` to `high`, about `most` of them, and two at least: one alone is no scale. */
export function niceTicks(low: number, high: number, most: number): number[] {
  const least = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const chosen = steps.findIndex((factor) => factor * power >= least);
  const tried = steps.slice(0, chosen + 1).reverse();
  const all = tried.map((factor) => multiples(factor * power, low, high));
  return all.find((ticks) => ticks.length >= 2) ?? all[0] ?? [];
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
}
