import { describe, expect, it } from 'vitest';
import { rdm } from '../../src/analysis/rdm/rdm';
import { expectClose, matrix32 } from './support/matrices';
import fixture from './fixtures/rdm.json';

describe.each(['squaredEuclidean', 'euclidean', 'correlation', 'cosine'] as const)('%s RDM', (metric) => {
  it.each(fixture.cases)('agrees with scipy: $name', (given) => {
    const found = rdm(matrix32(given.patterns), metric);
    expect(found.size).toBe(given.patterns.rows);
    expectClose(found.distances, given.distances[metric]);
    const lost: Partial<Record<string, number[]>> = given.lost;
    expect(found.undefinedRows).toEqual(lost[metric] ?? []);
    // Distances of 0 are exact, in both directions.
    given.distances[metric].forEach((distance, k) => {
      if (distance === 0 && metric !== 'cosine') expect(found.distances[k]).toBe(0);
    });
  });
});
