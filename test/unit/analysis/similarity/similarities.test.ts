import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../../src/analysis/similarity/null';
import { scaled } from '../../../../src/analysis/similarity/scaled';
import { similarities } from '../../../../src/analysis/similarity/similarities';
import type { Similarity } from '../../../../src/analysis/similarity/similarity';
import type { Matrix } from '../../../../src/core/matrix';
import { stream } from '../../../../src/core/stream';
import { multiply } from '../../../../src/numerics/products';
import { type UnitScaling, unitScalings } from '../../../../src/protocol/similarity-names';
import { pivotedQr } from '../../../../src/numerics/pivoted-qr';

const random = stream('similarities', 0);

function normals(rows: number, cols: number): Matrix<Float64Array> {
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => random.normal()) };
}

function mapped(
  { rows, cols, data }: Matrix<Float64Array>,
  by: (value: number, row: number, col: number) => number,
) {
  return { rows, cols, data: data.map((value, at) => by(value, Math.floor(at / cols), at % cols)) };
}

const n = 40;
const x = normals(n, 6);
// Related to x, so that no measure is at an end of its range.
const y = mapped(multiply(x, normals(6, 5)), (value) => value + 2 * random.normal());
const rotation = pivotedQr(normals(6, 6)).basis;
const shifts = normals(1, 6).data;
const scales = normals(1, 6).data.map((value) => 1 + Math.abs(value));
const linear = normals(6, 6);
const swapped = [3, 1, 5, 0, 2, 4];
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Each pattern centred over its units. */
const patternsCentred = (matrix: Matrix<Float64Array>): Matrix<Float64Array> =>
  mapped(
    matrix,
    (value, row) => value - mean(matrix.data.subarray(row * matrix.cols, (row + 1) * matrix.cols)),
  );

const changes: Readonly<Record<string, Matrix<Float64Array>>> = {
  rotation: multiply(x, rotation),
  permutation: mapped(x, (_, row, col) => x.data[row * 6 + swapped[col]]),
  'one scale': mapped(x, (value) => 3 * value),
  'a shift': mapped(x, (value, _, col) => value + 5 * shifts[col]),
  'one shift for all': mapped(x, (value) => value + 5),
  'scales of single units': mapped(x, (value, _, col) => value * scales[col]),
  'invertible linear': multiply(x, linear),
};

/** What leaves each measure as it is, when it is done to the first recording; all else changes it. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  rotations: ['rotation', 'permutation', 'one scale', 'a shift', 'one shift for all'],
  units: ['permutation', 'one scale', 'a shift', 'one shift for all'],
  linear: Object.keys(changes),
  rsa: ['permutation', 'one scale', 'one shift for all'],
  matching: ['permutation', 'one scale', 'a shift', 'one shift for all', 'scales of single units'],
  shape: ['rotation', 'permutation', 'a shift', 'one shift for all'],
};

function allowedFor(name: string): readonly string[] {
  if (name === 'cca' || name === 'cca-squared') return allowed.linear;
  if (name === 'pwcca' || name === 'cka-debiased-units') return allowed.units;
  if (name.startsWith('matching')) return allowed.matching;
  return allowed[name] ?? allowed.rotations;
}

const value = <P>(measure: Similarity<P>, a: Matrix<Float64Array>, b: Matrix<Float64Array>): number =>
  measure.compare(measure.prepare(a), measure.prepare(b));

describe.each(similarities)('$name', (measure) => {
  it.each(Object.keys(changes))('under %s: the same, or not, as it says', (change) => {
    const [before, after] = [value(measure, x, y), value(measure, changes[change], y)];
    const error = Math.abs(before - after);
    if (allowedFor(measure.name).includes(change)) expect(error).toBeLessThan(1e-9);
    // What is counted, neighbours or components, a small change may leave as it is.
    else if (!['knn-overlap', 'svcca'].includes(measure.name)) expect(error).toBeGreaterThan(1e-5);
  });

  it('is at its best with itself, and the same both ways unless it says otherwise', () => {
    // Units that are a sample are not those of the same recording once more; the least penalty is one.
    if (measure.name === 'cka-debiased-units') expect(value(measure, x, x)).toBeGreaterThan(1);
    else expect(value(measure, x, x)).toBeCloseTo(measure.best, 6);
    const difference = Math.abs(value(measure, x, y) - value(measure, y, x));
    if (measure.directed === true) expect(difference).toBeGreaterThan(1e-3);
    else expect(difference).toBeLessThan(1e-12);
  });

  it('has with stimuli in another order what it has of a recording in that order', () => {
    const order = Uint32Array.from({ length: n }, (_, at) => (7 * at + 3) % n);
    const moved = mapped(y, (_, row, col) => y.data[order[row] * y.cols + col]);
    const [a, b] = [measure.prepare(x), measure.prepare(y)];
    expect(measure.compare(a, b, order)).toBeCloseTo(value(measure, x, moved), 10);
  });

  it('is 0 once calibrated where nothing is shared, and clear of chance where much is', () => {
    const sides = [measure.prepare(x), measure.prepare(y)] as const;
    const related = calibrate(measure, [sides], measure.compare(...sides), n, 99);
    expect(related.p).toBe(0.01);
    expect(related.calibrated).toBeGreaterThan(0.1);
    const found = Array.from({ length: 16 }, () => {
      // Units of each have something in common with each other, as those of networks do.
      const sides = [6, 5].map((units) =>
        measure.prepare(mapped(multiply(normals(n, 3), normals(3, units)), (one) => one + random.normal())),
      );
      const unrelated = [sides[0], sides[1]] as const;
      return calibrate(measure, [unrelated], measure.compare(...unrelated), n, 19);
    });
    const scores = found.map(({ calibrated }) => calibrated ?? NaN);
    const average = mean(Float64Array.from(scores));
    const error = Math.sqrt(mean(Float64Array.from(scores, (one) => (one - average) ** 2)) / scores.length);
    // The few scores are skewed.
    expect(Math.abs(average)).toBeLessThan(6 * error);
  });
});

describe('the null of the best of many pairs', () => {
  const cka = similarities.find(({ name }) => name === 'cka') as Similarity;
  const layers = (): unknown[] => Array.from({ length: 4 }, () => cka.prepare(normals(24, 8)));
  const pairsOf = (a: unknown[], b: unknown[]): [unknown, unknown][] =>
    a.flatMap((one) => b.map((other): [unknown, unknown] => [one, other]));
  const best = (pairs: [unknown, unknown][]): number =>
    Math.max(...pairs.map((pair) => cka.compare(...pair)));

  it('has no more false alarms than it says, where that of the best pair by itself has many', () => {
    let [alarms, alone] = [0, 0];
    for (let at = 0; at < 100; at++) {
      const pairs = pairsOf(layers(), layers());
      const score = best(pairs);
      const winner = pairs.filter((pair) => cka.compare(...pair) === score);
      if (calibrate(cka, pairs, score, 24, 19).p <= 0.05) alarms++;
      if (calibrate(cka, winner, score, 24, 19).p <= 0.05) alone++;
    }
    // Of 100 with a chance of .05: 14 or more have a probability of .0005.
    expect(alarms).toBeLessThan(14);
    expect(alone).toBeGreaterThan(25);
  });

  it('is the maximum over pairs of one order of stimuli for all of them', () => {
    const pairs = pairsOf(layers(), layers());
    const found = calibrate(cka, pairs, best(pairs), 24, 19);
    const random = stream('null of similarity', 'cka');
    const orders = Array.from({ length: 19 }, () => random.permutation(24));
    const maxima = orders.map((order) => Math.max(...pairs.map(([a, b]) => cka.compare(a, b, order))));
    expect(found.mean).toBeCloseTo(maxima.reduce((sum, one) => sum + one, 0) / 19, 12);
    expect(found.p).toBe((1 + maxima.filter((one) => one >= best(pairs)).length) / 20);
  });
});

describe('identities (Williams 2024)', () => {
  const byName = (name: string, scaling: UnitScaling = 'raw'): number => {
    const measure = scaled(similarities.find((one) => one.name === name) as Similarity, scaling);
    return value(measure, x, y);
  };

  it('CKA of whitened recordings is the mean squared canonical correlation times min / √(pq)', () => {
    expect(byName('cka', 'whitened')).toBeCloseTo((byName('cca-squared') * 5) / Math.sqrt(30), 10);
  });

  it('RSA of squared distances, doubly centred, is CKA, and the Bures similarity the cosine of the Procrustes angle, however units are scaled', () => {
    for (const scaling of unitScalings) {
      expect(byName('rsa-centred', scaling)).toBeCloseTo(byName('cka', scaling), 10);
      expect(byName('bures', scaling)).toBeCloseTo(Math.cos(byName('procrustes', scaling)), 10);
    }
  });

  it('RSA without the mean of patterns is invariant to rotation too', () => {
    const rsa = similarities.find(({ name }) => name === 'rsa') as Similarity;
    const flat = patternsCentred(x);
    // A rotation that keeps the direction of the mean keeps every correlation distance.
    expect(value(rsa, flat, y)).toBeCloseTo(value(rsa, x, y), 10);
  });
});
