import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { log } from './elementary';

/** One reproducible sequence of random numbers. */
export class Stream {
  private readonly generator: RandomGenerator;
  private spare: number | undefined;

  /** @param state 128 bits, as four whole numbers */
  constructor(state: readonly number[]) {
    this.generator = xoroshiro128plusFromState(state);
  }

  /** 32 random bits, as an unsigned whole number. */
  bits(): number {
    return this.generator.next() >>> 0;
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** Uniform whole number in [0, n), 1 ≤ n ≤ 2³²; without bias. */
  below(n: number): number {
    // The high bits decide: the generator's lowest one is weak. Values past the last whole share are drawn again.
    const share = Math.floor(2 ** 32 / n);
    let result = Math.floor(this.bits() / share);
    while (result >= n) result = Math.floor(this.bits() / share);
    return result;
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    if (this.spare !== undefined) {
      const value = this.spare;
      this.spare = undefined;
      return value;
    }
    let u: number, v: number, s: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * log(s)) / s);
    this.spare = v * scale;
    return u * scale;
  }

  /** The numbers 0 … n−1 in random order (Fisher–Yates). */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}

/**
 * The stream that belongs to a name. Different names give independent streams (the generator's 128 bits of state are the
 * SHA-256 of the name), so that no draw of one purpose shifts those of another.
 *
 * @param name what the numbers are for, for example `stream('weights', 'both', 3)`; strings and finite numbers
 */
export function stream(...name: readonly (string | number)[]): Stream {
  const digest = createHash('sha256').update(JSON.stringify(name)).digest();
  return new Stream([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
}
