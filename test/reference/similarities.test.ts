import { describe, expect, it } from 'vitest';
import { similarities } from '../../src/analysis/similarity/similarities';
import { matrix64 } from './support/matrices';
import fixture from './fixtures/similarities.json';

describe.each(fixture.cases)('similarities agree with numpy, scipy and scikit-learn: $name', (given) => {
  const [x, y] = [given.x, given.y].map(matrix64);
  const expected: Readonly<Record<string, number>> = given.values;

  it.each(similarities)('$name', (measure) => {
    const value = measure.compare(measure.prepare(x), measure.prepare(y));
    expect(Math.abs(value - expected[measure.name])).toBeLessThan(1e-7 * Math.max(1, Math.abs(value)));
  });
});
