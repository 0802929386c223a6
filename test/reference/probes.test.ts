import { describe, expect, it } from 'vitest';
import { coordinatesOf } from '../../src/analysis/probe/coordinates';
import { choosePenalties, withinOf } from '../../src/analysis/probe/cross-validate';
import { logistic } from '../../src/analysis/probe/logistic';
import { nearestMean } from '../../src/analysis/probe/nearest-mean';
import {
  decidedClass,
  type Decisions,
  type Probe,
  type Target,
  targetOf,
} from '../../src/analysis/probe/probe';
import { ridge } from '../../src/analysis/probe/ridge';
import { scored } from '../../src/analysis/probe/scores';
import { matrix64 } from './support/matrices';
import fixture from './fixtures/probes.json';

describe.each(fixture.cases)('probes agree with scikit-learn: $name', (given) => {
  const [train, test] = [given.train, given.test].map(matrix64);
  const target: Target =
    given.kind === 'real'
      ? { kind: 'real', of: Float64Array.from(given.label) }
      : { kind: 'classes', classes: Math.max(...given.label) + 1, of: Uint32Array.from(given.label) };
  const rows = (from: number, count: number): Target =>
    targetOf(
      target,
      Uint32Array.from({ length: count }, (_, row) => from + row),
    );
  const [own, held] = [rows(0, train.rows), rows(train.rows, test.rows)];
  const { rows: coordinates, of } = coordinatesOf(train);
  const decided = (probe: Probe, penalty: number): Decisions => {
    const { decide, converged } = probe.prepare(coordinates, own, [0])(penalty, 'fit');
    expect(converged).toBe(true);
    return decide(of(test));
  };
  const expectNear = (probe: Probe, expected: readonly number[][], tolerance: number): void =>
    fixture.penalties.forEach((penalty, k) =>
      decided(probe, penalty).data.forEach((value, at) =>
        expect(Math.abs(value - expected[k][at]), `penalty ${penalty}, number ${at}`).toBeLessThan(
          tolerance * Math.max(1, Math.abs(expected[k][at])),
        ),
      ),
    );

  it('ridge regression', () => expectNear(ridge, given.ridge, 1e-8));

  it.runIf(given.logistic)('logistic regression', () => expectNear(logistic, given.logistic ?? [], 1e-4));

  it.runIf(given.nearest)('the nearest class mean', () => {
    const decisions = decided(nearestMean, 0);
    expect(Array.from(held.of, (_, row) => decidedClass(decisions, row))).toEqual(given.nearest);
  });

  it('scores on held-out rows', () => {
    const found = scored(decided(given.logistic ? logistic : ridge, 1e-2), held);
    expect(Object.keys(found)).toEqual(Object.keys(given.scores));
    const expected: Readonly<Record<string, number | undefined>> = given.scores;
    for (const [name, value] of Object.entries(found))
      expect(value, name).toBeCloseTo(expected[name] ?? NaN, 9);
  });

  it('the penalty of least loss over folds', () => {
    const folds = Uint32Array.from(given.folds);
    const chosen = (probe: Probe) => choosePenalties(probe, withinOf(train, folds), [own], [0])?.[0];
    expect(chosen(ridge)).toBe(given.chosen.ridge);
    if (given.chosen.logistic !== undefined) expect(chosen(logistic)).toBe(given.chosen.logistic);
  });
});
