import { expect, it } from 'vitest';
import { varianceExplained } from '../../src/analysis/variance-explained';
import { expectClose, matrix32, matrix64 } from './support/matrices';
import fixture from './fixtures/variance.json';

it.each(fixture.cases)('variance explained agrees with scikit-learn: $name', (given) => {
  const found = varianceExplained(
    matrix32(given.fit),
    matrix64(given.fitDesign),
    matrix32(given.test),
    matrix64(given.testDesign),
  );
  expectClose([found.weighted, found.unitMean], [given.weighted, given.unitMean]);
  expectClose(found.perUnit, given.perUnit);
  expect(found.constantUnits).toEqual(given.constantUnits);
});
