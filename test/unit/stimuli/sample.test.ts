import { describe, expect, it } from 'vitest';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { normalQuantile } from '../../../src/numerics/normal-quantile';
import { StimuliError } from '../../../src/stimuli/stimuli-error';
import {
  binary,
  bit,
  bits,
  build,
  categorical,
  gaussian,
  is,
  mean,
  parity,
  pearson,
  shareTolerance,
  valuesOf,
  type Part,
} from './builder';

const N = 20_000;
/** Noise bits make the inputs many, so that rows are independent draws. */
const train = (parts: readonly Part[]) =>
  drawStimuli(build([...parts, bits('filler', 48)], { counts: [N, 10, 10] })).train;
const agree = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  mean(Array.from(a, (value, i) => (value === b[i] ? 1 : 0)));

describe('prevalence', () => {
  it('of a binary feature, of bits and of categories is the stated one', () => {
    const set = train([
      binary('e', { draw: { prevalence: [0.9, 0.1] } }),
      bits('h', 3, { draw: { prevalence: [0.3, 0.7] } }),
      categorical('c', ['a', 'b', 'c'], { draw: { prevalence: [0.2, 0.5, 0.3] } }),
    ]);
    expect(Math.abs(mean(valuesOf(set, 'e')) - 0.1)).toBeLessThan(shareTolerance(0.1, N));
    const h = valuesOf(set, 'h');
    for (let i = 0; i < 3; i++) {
      const column = Array.from({ length: N }, (_, row) => h[row * 3 + i]);
      expect(Math.abs(mean(column) - 0.7)).toBeLessThan(shareTolerance(0.7, N));
    }
    [0.2, 0.5, 0.3].forEach((share, value) => {
      const found = mean(Array.from(valuesOf(set, 'c'), (v) => (v === value ? 1 : 0)));
      expect(Math.abs(found - share)).toBeLessThan(shareTolerance(share, N));
    });
  });

  it('never draws a value of probability 0', () => {
    const set = train([categorical('c', ['a', 'b', 'c', 'd'], { draw: { prevalence: [0, 0.7, 0.3, 0] } })]);
    expect(new Set(valuesOf(set, 'c'))).toEqual(new Set([1, 2]));
  });

  it('of independent features leaves them uncorrelated', () => {
    const set = train([binary('a'), binary('b')]);
    expect(Math.abs(pearson(valuesOf(set, 'a'), valuesOf(set, 'b')))).toBeLessThan(6 / Math.sqrt(N));
  });
});

describe('agreement with a formula', () => {
  const label = binary('label', { units: 0 });
  const withLabel = (probability: number) =>
    ({ by: 'formula', with: is('label'), probability, as: null }) as const;

  it.each([0, 0.5, 0.9, 1])('of a binary feature has probability %d', (p) => {
    const set = train([label, binary('e', { draw: { agrees: withLabel(p) } })]);
    expect(Math.abs(agree(valuesOf(set, 'label'), valuesOf(set, 'e')) - p)).toBeLessThanOrEqual(
      shareTolerance(p, N),
    );
  });

  it('is independent for each bit', () => {
    const set = train([label, bits('h', 2, { draw: { agrees: withLabel(0.8) } })]);
    const h = valuesOf(set, 'h');
    const right = Array.from(valuesOf(set, 'label'), (value, row) => [
      h[2 * row] === value,
      h[2 * row + 1] === value,
    ]);
    const both = mean(right.map(([a, b]) => (a && b ? 1 : 0)));
    expect(Math.abs(both - 0.64)).toBeLessThan(shareTolerance(0.64, N));
    expect(Math.abs(mean(right.map(([a]) => (a ? 1 : 0))) - 0.8)).toBeLessThan(shareTolerance(0.8, N));
  });

  it.each([4, 20])('by parity of %d bits holds with its probability and keeps the bits uniform', (width) => {
    const as = parity(...Array.from({ length: width }, (_, i) => bit('h', i)));
    const set = train([
      label,
      bits('h', width, { draw: { agrees: { by: 'formula', with: is('label'), probability: 0.9, as } } }),
    ]);
    const h = valuesOf(set, 'h');
    const odd = Array.from(
      { length: N },
      (_, row) => h.subarray(row * width, (row + 1) * width).reduce((a, b) => a + b, 0) % 2,
    );
    expect(Math.abs(agree(odd, valuesOf(set, 'label')) - 0.9)).toBeLessThan(shareTolerance(0.9, N));
    for (let i = 0; i < width; i++) {
      const column = Array.from({ length: N }, (_, row) => h[row * width + i]);
      expect(Math.abs(mean(column) - 0.5)).toBeLessThan(shareTolerance(0.5, N));
    }
  });

  it('draws a categorical feature from its own distribution given the truth of "as"', () => {
    // c is a or not: given not a, b and d occur as 1 to 3.
    const agrees = { by: 'formula', with: is('label'), probability: 1, as: is('c', 0) } as const;
    const set = train([
      label,
      categorical('c', ['a', 'b', 'd'], { draw: { prevalence: [0.6, 0.1, 0.3], agrees } }),
    ]);
    const c = valuesOf(set, 'c');
    const off = Array.from(valuesOf(set, 'label')).flatMap((value, row) => (value === 0 ? [c[row]] : []));
    expect(off).not.toContain(0);
    const share = mean(off.map((value) => (value === 1 ? 1 : 0)));
    expect(Math.abs(share - 0.25)).toBeLessThan(shareTolerance(0.25, off.length));
  });

  it('of a Gaussian feature: unit variance within a truth value, mean ±Φ⁻¹(p), sign right with p', () => {
    const set = train([label, gaussian('z', 2, { draw: { agrees: withLabel(0.9) } })]);
    const z = valuesOf(set, 'z');
    const signed = Array.from(
      valuesOf(set, 'label'),
      (value, row) => (value === 1 ? 1 : -1) * z[2 * row + 1],
    );
    expect(Math.abs(mean(signed.map((v) => (v > 0 ? 1 : 0))) - 0.9)).toBeLessThan(shareTolerance(0.9, N));
    const mu = 1.2815515655446004; // Φ⁻¹(.9)
    expect(Math.abs(mean(signed) - mu)).toBeLessThan(6 / Math.sqrt(N));
    expect(Math.abs(mean(signed.map((v) => (v - mu) ** 2)) - 1)).toBeLessThan(6 * Math.sqrt(2 / N));
  });

  it.each([0, 1])('of a Gaussian feature with probability %d is without exception', (p) => {
    const set = train([label, gaussian('z', 1, { draw: { agrees: withLabel(p) } })]);
    const z = valuesOf(set, 'z');
    expect(
      agree(
        Array.from(z, (v) => (v > 0 ? 1 : 0)),
        valuesOf(set, 'label'),
      ),
    ).toBe(p);
    expect(Math.abs(mean(z.map((v) => v * v)) - 1)).toBeLessThan(6 * Math.sqrt(2 / N));
  });

  it('says so when no value can agree', () => {
    const as = { kind: 'and', of: [bit('h', 0), { kind: 'not', of: bit('h', 0) }] } as const;
    const parts = [
      label,
      bits('h', 2, { draw: { agrees: { by: 'formula', with: is('label'), probability: 1, as } } }),
    ];
    expect(() => train(parts)).toThrow(StimuliError);
    expect(() => train(parts)).toThrow(/'h'.*'as'/);
  });
});

describe('agreement by value', () => {
  it('matches names with the stated probability and else takes each other value equally often', () => {
    const pairs = [
      [0, 2],
      [1, 0],
      [2, 1],
    ] as const; // own a, b, c are the other's third, first and second value
    const set = train([
      categorical('other', ['b', 'c', 'a']),
      categorical('c', ['a', 'b', 'c'], {
        draw: { agrees: { by: 'value', with: 'other', probability: 0.7, pairs } },
      }),
    ]);
    const own = valuesOf(set, 'c');
    const shift = Array.from(valuesOf(set, 'other'), (value, row) => (own[row] - [1, 2, 0][value] + 3) % 3);
    [0.7, 0.15, 0.15].forEach((share, s) => {
      const found = mean(shift.map((value) => (value === s ? 1 : 0)));
      expect(Math.abs(found - share)).toBeLessThan(shareTolerance(share, N));
    });
  });
});

describe('correlation', () => {
  it.each([
    [0.5, 0.5, 0.6],
    [0.3, 0.4, -0.4],
    [0.2, 0.5, 0.5],
    [0.5, 0.5, 1],
    [0.5, 0.5, -1],
  ])('of binary features with prevalences %d and %d is %d', (q, p, r) => {
    const set = train([
      binary('a', { draw: { prevalence: [1 - q, q] } }),
      binary('b', { draw: { prevalence: [1 - p, p], correlates: { with: 'a', r } } }),
    ]);
    const a = valuesOf(set, 'a');
    const b = valuesOf(set, 'b');
    const p11 = p * q + r * Math.sqrt(p * (1 - p) * q * (1 - q));
    expect(Math.abs(mean(b) - p)).toBeLessThan(shareTolerance(p, N));
    const both = mean(Array.from(a, (value, i) => value * b[i]));
    expect(Math.abs(both - p11)).toBeLessThanOrEqual(shareTolerance(p11, N) + 1e-12);
    expect(Math.abs(pearson(a, b) - r)).toBeLessThan(0.05);
  });

  it('of Gaussian features keeps unit variance', () => {
    const set = train([gaussian('y', 2), gaussian('z', 2, { draw: { correlates: { with: 'y', r: -0.7 } } })]);
    const column = (name: string, i: number) =>
      Array.from({ length: N }, (_, row) => valuesOf(set, name)[2 * row + i]);
    for (const i of [0, 1]) {
      expect(Math.abs(pearson(column('y', i), column('z', i)) + 0.7)).toBeLessThan(
        (6 * (1 - 0.49)) / Math.sqrt(N),
      );
      expect(Math.abs(mean(column('z', i).map((v) => v * v)) - 1)).toBeLessThan(6 * Math.sqrt(2 / N));
    }
    expect(Math.abs(pearson(column('y', 0), column('z', 1)))).toBeLessThan(6 / Math.sqrt(N));
  });

  it('that the prevalences forbid is refused with the possible range', () => {
    const parts = [
      binary('a', { draw: { prevalence: [0.9, 0.1] } }),
      binary('b', { draw: { prevalence: [0.5, 0.5], correlates: { with: 'a', r: 0.9 } } }),
    ];
    // p11 ≤ .1, so r ≤ (.1 − .05) / √(.09 · .25) = 1/3
    expect(() => train(parts)).toThrow(/between −0\.333 and 0\.333/);
  });
});

it('a draw that only one set has is blamed on that set', () => {
  const impossible = {
    feature: 'b',
    prevalence: [0.9, 0.1],
    agrees: null,
    correlates: { with: 'a', r: 0.9 },
  };
  const run = () =>
    drawStimuli(build([binary('a'), binary('b'), bits('filler', 40)], { sets: { test: [impossible] } }));
  expect(run).toThrow(
    expect.objectContaining({ path: ['stimuli', 'sets', 'test', 'draw', 'b', 'correlates'] }),
  );
});

it('normalQuantile agrees with tabled values of Φ⁻¹', () => {
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 13);
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798408, 12);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(normalQuantile(0)).toBe(-Infinity);
});
