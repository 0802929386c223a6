import { describe, expect, it } from 'vitest';
import { dropThreshold, isDropped, maskSeed } from '../../../src/training/dropout';
import { Workspace } from '../../../src/numerics/kernels/workspace';
import { activation as plain } from '../../support/plain-stepper';
import { makeJob, XOR } from '../training/job';

const { network } = makeJob(XOR.inputs, XOR.targets);

/** Values and slopes of an activation kernel at the given points. */
function apply(name: 'activateTanh' | 'activateSigmoid' | 'activateGelu', points: readonly number[]) {
  const workspace = Workspace.take();
  const count = Math.ceil(points.length / 4);
  const values = workspace.reserve(count * 16);
  const slopes = workspace.reserve(count * 16);
  workspace.commit();
  workspace.floats.set(points, values / 4);
  workspace.kernels[name](values, slopes, count);
  const read = (at: number): number[] =>
    Array.from(workspace.floats.subarray(at / 4, at / 4 + points.length));
  const result = { values: read(values), slopes: read(slopes) };
  workspace.release();
  return result;
}

/** Points of all sizes, dense where functions bend. */
const POINTS = [
  ...Array.from({ length: 8001 }, (_, i) => (i - 4000) / 500),
  ...Array.from({ length: 400 }, (_, i) => (i % 2 ? 1 : -1) * 2 ** (i / 10 - 30)),
].map(Math.fround);

describe('activation functions in float32', () => {
  it.each([
    ['activateTanh', 'tanh', 1.5e-7, 2e-7],
    ['activateSigmoid', 'sigmoid', 4e-7, 2e-7],
    // Relative to x Φ(x), which is tiny far below 0; there the rounding of x² / 2 counts.
    ['activateGelu', 'gelu', 3e-6, 5e-7],
  ] as const)('%s is right to a few units of the last place', (kernel, activation, relative, ofSlope) => {
    const { values, slopes } = apply(kernel, POINTS);
    const at = (x: number): number => plain(x, { ...network, activation });
    const bounded = (x: number): boolean => activation !== 'gelu' || Math.abs(x) < 5;
    POINTS.forEach((x, i) => {
      const expected = at(x);
      if (bounded(x) && Math.abs(expected) > 1e-30)
        expect(Math.abs(values[i] / expected - 1), `at ${x}: ${values[i]}, ${expected}`).toBeLessThan(
          relative,
        );
      const h = 1e-4;
      if (Math.abs(x) < 8) {
        // Fourth-order central difference.
        const slope = (8 * (at(x + h) - at(x - h)) - (at(x + 2 * h) - at(x - 2 * h))) / (12 * h);
        expect(Math.abs(slopes[i] - slope), `slope at ${x}`).toBeLessThan(ofSlope);
      }
    });
  });

  it('saturate without NaN, and pass NaN on', () => {
    const extremes = [-Infinity, -1e30, -100, 100, 1e30, Infinity, NaN, 0];
    expect(apply('activateTanh', extremes).values).toEqual([-1, -1, -1, 1, 1, 1, NaN, 0]);
    expect(apply('activateTanh', extremes).slopes).toEqual([0, 0, 0, 0, 0, 0, NaN, 1]);
    const sigmoid = apply('activateSigmoid', extremes).values;
    sigmoid.slice(0, 3).forEach((value) => expect(value).toBeLessThan(2e-38));
    expect(sigmoid.slice(3)).toEqual([1, 1, 1, NaN, 0.5]);
    const gelu = apply('activateGelu', extremes).values;
    expect(Math.abs(gelu[2])).toBeLessThan(1e-35);
    expect(gelu.slice(3, 5)).toEqual([100, Math.fround(1e30)]);
    expect(gelu[6]).toBeNaN();
  });
});

describe('dropout', () => {
  it.each([1, 5, 8, 19])('drops what the hash says, %i units, in every octet of rows', (units) => {
    const workspace = Workspace.take();
    const paddedUnits = Math.ceil(units / 8) * 8;
    const octets = 3;
    const firstRow = 128;
    const values = workspace.reserve(octets * paddedUnits * 32);
    const slopes = workspace.reserve(octets * paddedUnits * 32);
    workspace.commit();
    const { floats, kernels } = workspace;
    floats.fill(1, values / 4, values / 4 + octets * paddedUnits * 8);
    floats.fill(2, slopes / 4, slopes / 4 + octets * paddedUnits * 8);
    for (const rate of [0.1, 0.5, 0.9]) {
      const seed = maskSeed(0xdeadbeef, 7, 2);
      floats.fill(1, values / 4, values / 4 + octets * paddedUnits * 8);
      floats.fill(2, slopes / 4, slopes / 4 + octets * paddedUnits * 8);
      kernels.dropout(
        values,
        slopes,
        octets,
        units,
        paddedUnits,
        firstRow,
        seed,
        dropThreshold(rate),
        1 / (1 - rate),
      );
      for (let row = 0; row < octets * 8; row++)
        for (let unit = 0; unit < units; unit++) {
          const at = ((row >> 3) * paddedUnits + unit) * 8 + (row & 7);
          const dropped = isDropped(seed, (firstRow + row) * units + unit, dropThreshold(rate));
          expect(floats[values / 4 + at]).toBe(dropped ? 0 : Math.fround(1 / (1 - rate)));
          expect(floats[slopes / 4 + at]).toBe(dropped ? 0 : 2 * Math.fround(1 / (1 - rate)));
        }
    }
    workspace.release();
  });
});
