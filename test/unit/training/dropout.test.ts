import { describe, expect, it } from 'vitest';
import { dropThreshold, isDropped, maskSeed } from '../../../src/training/dropout';

function mask(key: number, step: number, layer: number, rate: number, count = 100_000): boolean[] {
  const seed = maskSeed(key, step, layer);
  return Array.from({ length: count }, (_, i) => isDropped(seed, i, dropThreshold(rate)));
}

const share = (dropped: readonly boolean[]): number => dropped.filter(Boolean).length / dropped.length;

describe('dropout masks', () => {
  it.each([0.1, 0.5, 0.9])('drop the wanted share (%f)', (rate) =>
    expect(Math.abs(share(mask(7, 3, 0, rate)) - rate)).toBeLessThan(
      4 * Math.sqrt((rate * (1 - rate)) / 100_000),
    ),
  );

  it('drop nothing at rate 0', () => expect(share(mask(7, 3, 0, 0))).toBe(0));

  it('are independent between steps, layers, keys and neighbours', () => {
    const one = mask(7, 3, 0, 0.5);
    const agreement = (other: readonly boolean[]) =>
      other.filter((dropped, i) => dropped === one[i]).length / one.length;
    for (const other of [
      mask(7, 4, 0, 0.5),
      mask(7, 3, 1, 0.5),
      mask(8, 3, 0, 0.5),
      [...one.slice(1), one[0]],
      [...one.slice(64), ...one.slice(0, 64)],
    ])
      expect(Math.abs(agreement(other) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 100_000));
  });
});
