import { describe, expect, it } from 'vitest';
import { mutualNeighbours, neighbourhoods } from '../../../src/analysis/pairs/mutual-neighbours';
import { pairMatrix } from '../../../src/analysis/pairs/pair-matrix';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';
import type { PairMeasure } from '../../../src/measures/measure';
import { pairMeasuresOf } from '../../../src/measures/measures';
import { TestView } from '../../../src/measures/site-view';

type Layer = Matrix<Float32Array>;

const rdm = { metric: 'euclidean', comparison: 'pearson', over: 'stimuli' } as const;
const measures = pairMeasuresOf({ rdm });
const byName = (name: string): PairMeasure => {
  const found = measures.find((one) => one.name === name);
  if (!found) throw new Error(`There is no measure ${name}.`);
  return found;
};
const others = ['linearCka', 'linearCkaDebiased', 'angularProcrustes', 'mutualNeighbours'];
/** Those that change with the shape of a layer alone, not with how its axes lie. */
const invariant = ['rsa(euclidean, pearson)', ...others];

function view(test: Layer): TestView {
  const labels = { analyses: { rdm }, conditions: { counts: [], of: new Uint16Array() } };
  return new TestView(labels as unknown as TestView['labels'], test);
}

/** The value of two layers, and why there is none. */
async function found(name: string, ...layers: Layer[]) {
  const all = layers.map(view);
  const { matrix, undefinedValues } = await pairMatrix(byName(name), all.length, (at) => all[at], Infinity);
  return { value: matrix[0][1], own: matrix[0][0], matrix, undefinedValues };
}

function normal(name: string, rows: number, cols: number): Layer {
  const source = stream(name);
  return { rows, cols, data: Float32Array.from({ length: rows * cols }, () => source.normal()) };
}

/** Of each element from its row and column. */
function layer(rows: number, cols: number, of: (i: number, j: number) => number): Layer {
  const data = Float32Array.from({ length: rows * cols }, (_, at) => of(Math.floor(at / cols), at % cols));
  return { rows, cols, data };
}

/** Rotated in the planes of units 0 and 1 and of 1 and 2 by 3-4-5 triangles, doubled and moved. */
function turned(of: Layer): Layer {
  const at = (i: number, j: number): number => of.data[i * of.cols + j];
  const once = layer(of.rows, of.cols, (i, j) =>
    j === 0 ? 0.6 * at(i, 0) - 0.8 * at(i, 1) : j === 1 ? 0.8 * at(i, 0) + 0.6 * at(i, 1) : at(i, j),
  );
  return layer(of.rows, of.cols, (i, j) => 2 * (once.data[i * of.cols + ((j + 1) % of.cols)] - j));
}

/** Its two units exchanged: distances stay to the bit. */
function turnedPlane(of: Layer): Layer {
  return layer(of.rows, of.cols, (i, j) => of.data[i * of.cols + (1 - j)]);
}

describe('measures of pairs', () => {
  const x = normal('x', 60, 5);

  it.each(invariant)(
    '%s: a layer is the same as itself, rotated, scaled, moved and with its units in another order',
    async (name) => {
      const same = byName(name).more === 'alike' ? 1 : 0;
      const { value, own } = await found(name, x, turned(x));
      expect(own).toBe(same);
      // An angle is the root of what is lost to the rounding of 32-bit activations.
      expect(value).toBeCloseTo(same, byName(name).more === 'alike' ? 5 : 2);
    },
  );

  it.each(invariant)('%s: the same in either order, and in whatever order stimuli are', async (name) => {
    const y = normal('y', 60, 3);
    const moved = (of: Layer): Layer =>
      layer(of.rows, of.cols, (i, j) => of.data[((i * 7) % of.rows) * of.cols + j]);
    const { value } = await found(name, x, y);
    expect((await found(name, y, x)).value).toBeCloseTo(value ?? NaN, 12);
    expect((await found(name, moved(x), moved(y))).value).toBeCloseTo(value ?? NaN, 6);
    // Stimuli that do not correspond: no more than chance.
    const chance = name === 'mutualNeighbours' ? 10 / 59 : 0;
    const apart = (await found(name, x, moved(x))).value ?? NaN;
    if (name === 'angularProcrustes') expect(apart).toBeGreaterThan(1);
    else expect(Math.abs(apart - chance)).toBeLessThan(0.15);
  });

  it('follow from closed forms', async () => {
    // One balanced feature, and the same with another one orthogonal to it: variance shares a and b.
    const both = (a: number, b: number): Layer =>
      layer(64, 2, (i, j) => (j === 0 ? Math.sqrt(a) * (i % 2) : Math.sqrt(b) * (Math.floor(i / 2) % 2)));
    // Gram matrices a·K + b·L with K and L orthogonal and of equal length: their cosine.
    const cosine = (55 * 55) / (55 * Math.hypot(55, 5));
    expect((await found('linearCka', both(55, 0), both(55, 5))).value).toBeCloseTo(cosine, 6);
    expect((await found('linearCka', both(5, 55), both(55, 5))).value).toBeCloseTo(
      550 / (55 ** 2 + 5 ** 2),
      6,
    );
    // Singular values √(aa′) and √(bb′) over the lengths.
    expect((await found('angularProcrustes', both(55, 0), both(55, 5))).value).toBeCloseTo(
      Math.acos(Math.sqrt(55 / 60)),
      6,
    );
    // Orthogonal: a right angle.
    expect((await found('angularProcrustes', both(1, 0), both(0, 1))).value).toBeCloseTo(Math.PI / 2, 9);
    expect((await found('linearCka', both(1, 0), both(0, 1))).value).toBeCloseTo(0, 12);
  });

  it('debiased CKA of unrelated layers is around 0, whatever the number of stimuli; the biased one is not', async () => {
    const mean = async (name: string): Promise<number> => {
      let sum = 0;
      for (let k = 0; k < 40; k++)
        sum += (await found(name, normal(`a ${k}`, 16, 16), normal(`b ${k}`, 16, 16))).value ?? NaN;
      return sum / 40;
    };
    expect(Math.abs(await mean('linearCkaDebiased'))).toBeLessThan(0.03);
    expect(await mean('linearCka')).toBeGreaterThan(0.4);
  });

  it.each(others)('%s: says of what it is not defined', async (name) => {
    const constant = layer(60, 4, () => 3);
    const { matrix, undefinedValues } = await found(name, x, constant, x);
    expect(matrix[1]).toEqual([null, null, null]);
    expect(matrix[0][2]).toBeTypeOf('number');
    expect(undefinedValues).toEqual({ 'matrix.1': 'No unit varies over the test stimuli.' });
    const fewest = { linearCkaDebiased: 4, mutualNeighbours: 12 }[name];
    if (fewest === undefined) return;
    const few = await found(name, normal('few', fewest - 1, 3), normal('more', fewest - 1, 3));
    expect(few.value).toBeNull();
    expect(few.undefinedValues['matrix.0']).toContain(`${fewest}`);
    expect((await found(name, normal('few', fewest, 3), normal('more', fewest, 3))).value).toBeTypeOf(
      'number',
    );
  });

  it('debiased CKA: a layer with each stimulus as far from all others has nothing to compare', async () => {
    const each = layer(8, 8, (i, j) => Number(i === j));
    expect(
      (await found('linearCkaDebiased', each, normal('other', 8, 3))).undefinedValues['matrix.0'],
    ).toMatch(/No two stimuli/);
  });
});

describe('mutual nearest neighbours', () => {
  it('share places for which several stimuli are equally near', () => {
    // Distances 1, 1 and 2 from the first: the second and third share one place.
    const a = neighbourhoods(
      layer(4, 1, (i) => [0, 1, -1, 2][i]),
      1,
    );
    const of = (i: number): [number, number][] =>
      Array.from(a.members.subarray(a.starts[i], a.starts[i + 1]), (member) => [member, a.shares[i]]);
    expect(of(0)).toEqual([
      [1, 0.5],
      [2, 0.5],
    ]);
    expect(of(3)).toEqual([[1, 1]]);
    // ½·½ + ½·½ of the first, as drawing lots in each layer would give; 1 of the third and the fourth.
    expect(of(1)).toEqual([
      [0, 0.5],
      [3, 0.5],
    ]);
    expect(mutualNeighbours(a, a)).toBeCloseTo((0.5 + 0.5 + 1 + 1) / 4, 12);
  });

  it('of layers with ties come to chance on average', () => {
    // Two unrelated layers of four patterns each, 16 stimuli of each.
    const pattern = (period: number): Layer => layer(64, 1, (i) => Math.floor(i / period) % 4);
    const [a, b] = [1, 4].map((period) => neighbourhoods(pattern(period), 10));
    // 15 stimuli with the same pattern share 10 places; 3 of them have the same pattern in the other layer, too.
    expect(mutualNeighbours(a, b)).toBeCloseTo((3 * (10 / 15) ** 2) / 10, 12);
    expect(mutualNeighbours(a, b)).toBeLessThan(10 / 63);
  });
});

it('says so where a measure of wide layers or of many stimuli would take too long or too much, and takes fewer', async () => {
  const [one, other] = [normal('wide', 4, 600), normal('wider', 4, 600)];
  const wide = await found('angularProcrustes', one, other);
  expect([wide.value, wide.own]).toEqual([null, 0]);
  expect(Object.values(wide.undefinedValues)).toEqual([expect.stringMatching(/more than 1,024 units/)]);
  // Of the same 2,048 stimuli in both.
  const many = normal('many', 3000, 2);
  expect((await found('mutualNeighbours', many, turnedPlane(many))).value).toBe(1);
});

it('reads a matrix of pairs block by block as it does at once', async () => {
  const all = Array.from({ length: 9 }, (_, at) => normal(`block ${at}`, 30, 2 + (at % 3))).map(view);
  for (const measure of measures) {
    const whole = await pairMatrix(measure, all.length, (at) => all[at], Infinity);
    let asked = 0;
    const parts = await pairMatrix(measure, all.length, (at) => (asked++, all[at]), 1);
    expect(parts, measure.name).toEqual(whole);
    expect(asked).toBeGreaterThan(all.length);
  }
});
