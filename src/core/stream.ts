import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { log } from './elementary';

/** One reproducible sequence of random numbers. */
export interface Stream {
  /** 32 random bits, as an unsigned whole number. */
  bits(): number;
  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Uniform whole number in [0, n), 1 ≤ n ≤ 2³²; without bias. */
  below(n: number): number;
  /** The numbers 0 … n−1 in random order (Fisher–Yates). */
  permutation(n: number): Uint32Array;
}

/**
 * The stream that belongs to a name. Different names give independent streams (the generator's 128 bits of state are the
 * SHA-256 of the name), so that no draw of one purpose shifts those of another.
 *
 * @param name what the numbers are for, for example `stream('weights', 'both', 3)`; strings and finite numbers
 */
export function stream(...name: readonly (string | number)[]): Stream {
  const digest = createHash('sha256').update(JSON.stringify(name)).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
  let spare: number | undefined;

  const bits = (): number => generator.next() >>> 0;
  const uniform = (): number => uniformFloat64(generator);
  const below = (n: number): number => {
    // The high bits decide: the generator's lowest one is weak. Values past the last whole share are drawn again.
    const share = Math.floor(2 ** 32 / n);
    let result = Math.floor(bits() / share);
    while (result >= n) result = Math.floor(bits() / share);
    return result;
  };

  return {
    bits,
    uniform,
    below,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      let u: number, v: number, s: number;
      do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
      } while (s >= 1 || s === 0);
      const scale = Math.sqrt((-2 * log(s)) / s);
      spare = v * scale;
      return u * scale;
    },
    permutation(n) {
      const order = new Uint32Array(n);
      for (let i = 0; i < n; i++) order[i] = i;
      for (let i = n - 1; i > 0; i--) {
        const j = below(i + 1);
        const swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      return order;
    },
  };
}
