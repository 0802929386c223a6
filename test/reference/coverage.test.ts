import { describe, expect, it } from 'vitest';
import { share } from '../../src/analysis/statistics/interval';
import { stream } from '../../src/core/stream';
import { coverageOfMeans, coverageOfPairs, meansOfPairs, ours } from '../intervals/coverage';
import { madeUpAccuracies, madeUpSimilarities } from '../intervals/populations';

/** `npm run coverage` measures the same, and more, of real replicates: docs/coverage.md. */
describe('intervals hold what they should', () => {
  it.each(['normal around .8', 'errors of .05, exponential'])('accuracies: %s', (name) => {
    const found = coverageOfMeans(madeUpAccuracies()[name], 5, 2000, share, stream('test', name));
    expect(found.intervals).toBe(2000);
    expect(found.held / found.intervals).toBeGreaterThan(0.925);
    expect(found.held / found.intervals).toBeLessThan(0.975);
  });

  it('give no interval where all replicates are equal', () => {
    const found = coverageOfMeans(madeUpAccuracies()['all at 1'], 5, 100, share, stream('test'));
    expect(found.intervals).toBe(0);
  });

  it('means over pairs of replicates, and their difference', () => {
    const { matrix, networks } = madeUpSimilarities(200, { within: 0.3, between: 0.1, own: 0.1, pair: 0.02 });
    const truth = meansOfPairs(matrix, networks);
    const kinds = ['within', 'between', 'difference'] as const;
    const methods = kinds.map((kind) => ({ method: ours[kind], truth: truth[kind] }));
    for (const size of [5, 10])
      for (const { held, intervals } of coverageOfPairs(
        matrix,
        networks,
        size,
        600,
        methods,
        stream('test', size),
      )) {
        expect(held / intervals).toBeGreaterThan(0.92);
        expect(held / intervals).toBeLessThanOrEqual(0.99);
      }
  });
});
