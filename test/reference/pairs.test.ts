import { describe, expect, it } from 'vitest';
import { angularProcrustes } from '../../src/analysis/pairs/angular-procrustes';
import { centredUnits } from '../../src/analysis/pairs/centred-units';
import { linearCka, prepareCka } from '../../src/analysis/pairs/linear-cka';
import { mutualNeighbours, neighbourhoods } from '../../src/analysis/pairs/mutual-neighbours';
import { expectClose, matrix32 } from './support/matrices';
import fixture from './fixtures/pairs.json';

describe.each(fixture.cases)('measures of pairs agree with numpy and scikit-learn: $name', (given) => {
  const [x, y] = [given.x, given.y].map(matrix32);

  it.each([
    ['biased', given.linearCka],
    ['debiased', given.linearCkaDebiased],
  ] as const)('linear CKA, %s', (hsic, expected) => {
    const [a, b] = [x, y].map((side) => prepareCka(centredUnits(side), hsic));
    expectClose([linearCka(a, b), linearCka(b, a)], [expected, expected]);
  });

  it('angular Procrustes distance', () => {
    const [a, b] = [x, y].map(centredUnits);
    expectClose(
      [angularProcrustes(a, b), angularProcrustes(b, a)],
      [given.angularProcrustes, given.angularProcrustes],
    );
  });

  it('mutual nearest neighbours', () => {
    const [a, b] = [x, y].map((side) => neighbourhoods(side, fixture.k));
    expect(mutualNeighbours(a, b)).toBeCloseTo(given.mutualNeighbours, 12);
  });
});
