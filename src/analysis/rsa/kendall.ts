import type { Ranking } from '../../numerics/ranks';

/**
 * Kendall's tau-a: (concordant − discordant pairs) / all pairs; pairs that are tied in either count as neither. In O(n log n)
 * (Knight 1966).
 *
 * @returns null for fewer than two numbers
 */
export function kendallTauA(a: Ranking, b: Ranking): number | null {
  const n = a.dense.length;
  if (n < 2) return null;
  // Stimuli in the order of a, and of b where a is tied: a stable counting sort of the order of b by a's ranks.
  const places = new Uint32Array(a.ties.length);
  for (let k = 1; k < places.length; k++) places[k] = places[k - 1] + a.ties[k - 1];
  const sequence = new Uint32Array(n);
  const leader = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const index = b.order[i];
    const at = places[a.dense[index]]++;
    sequence[at] = b.dense[index];
    leader[at] = a.dense[index];
  }
  let tiedInBoth = 0;
  for (let i = 1, run = 1; i <= n; i++) {
    if (i < n && leader[i] === leader[i - 1] && sequence[i] === sequence[i - 1]) run++;
    else {
      tiedInBoth += pairs(run);
      run = 1;
    }
  }
  const all = pairs(n);
  const discordant = inversions(sequence);
  return (all - tiedPairs(a) - tiedPairs(b) + tiedInBoth - 2 * discordant) / all;
}

function tiedPairs({ ties }: Ranking): number {
  let sum = 0;
  for (const count of ties) sum += pairs(count);
  return sum;
}

function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}

/** Pairs that stand in the wrong order, counted while they are merged; `values` is used up. */
function inversions(values: Uint32Array): number {
  const n = values.length;
  let from: Uint32Array = values;
  let to: Uint32Array = new Uint32Array(n);
  let count = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      for (let k = start; k < end; k++) {
        if (left < middle && (right >= end || from[left] <= from[right])) to[k] = from[left++];
        else {
          count += middle - left;
          to[k] = from[right++];
        }
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
