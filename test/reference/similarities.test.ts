import { describe, expect, it } from 'vitest';
import { similarities } from '../../src/analysis/similarity/similarities';
import { scaled } from '../../src/analysis/similarity/scaled';
import type { Similarity } from '../../src/analysis/similarity/similarity';
import { NumericalError } from '../../src/numerics/numerical-error';
import { matrix64 } from './support/matrices';
import fixture from './fixtures/similarities.json';

describe.each(fixture.cases)('similarities agree with numpy, scipy and scikit-learn: $name', (given) => {
  const [x, y] = [given.x, given.y].map(matrix64);
  const values: Readonly<Record<string, number | null>> = given.values;

  it.each(similarities)('$name', (measure) => {
    const found = (): number => measure.compare(measure.prepare(x), measure.prepare(y));
    const expected = values[measure.name];
    if (expected === null) {
      expect(found).toThrow(NumericalError);
      return;
    }
    const value = found();
    expect(Math.abs(value - expected)).toBeLessThan(1e-7 * Math.max(1, Math.abs(value)));
  });

  describe.each(['z-scored', 'whitened'] as const)('%s', (scaling) => {
    it.each(Object.entries(given.scaled[scaling]))('%s', (name, expected) => {
      const measure = scaled(similarities.find((one) => one.name === name) as Similarity, scaling);
      expect(measure.compare(measure.prepare(x), measure.prepare(y))).toBeCloseTo(expected, 6);
    });
  });
});
