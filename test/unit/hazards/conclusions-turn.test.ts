import { describe, expect, it } from 'vitest';
import { conclusionsOf, isTurned } from '../../../src/analysis/agreement';
import { groupMeans } from '../../../src/analysis/rsa/groups';
import { conclusionsTurn as rule } from '../../../src/hazards/conclusions-turn';
import type { PairResults } from '../../../src/protocol/results';
import { network, pairs, results } from './fabricate';

const names = ['third', 'first', 'second'];
const networks = names.map((name) => network({ name, accuracy: { [name]: [1, 1, 1, 1, 1] } }));

/**
 * Five replicates of each; those of “third” have these similarities (or distances) with each other and with those of the others.
 *
 * @param spread between replicates
 */
function compared(
  measure: string,
  means: [itself: number, first: number, second: number],
  spread = 0.01,
): PairResults {
  const labels = names.flatMap((name) => [0, 1, 2, 3, 4].map((seed) => `${name}/${seed}`));
  const sources = labels.map((label) => label.split('/')[0]);
  const at = (name: string): number => means[names.indexOf(name)];
  const matrix = labels.map((_, i) =>
    labels.map((__, k) => {
      const [row, column] = [sources[i], sources[k]];
      if (row !== 'third' && column !== 'third') return null;
      const mean = row === 'third' ? at(column) : at(row);
      return mean + spread * ((i % 5) - 2 + (k % 5) - 2);
    }),
  );
  return { ...pairs(measure), labels, matrix, groups: groupMeans(matrix, sources, 0.95) };
}

const found = (...entries: PairResults[]) => rule.evaluate(results(networks, [], entries));

describe('a conclusion that turns with the measure', () => {
  it('is named, with the measures and how much they say', () => {
    const [hazard, ...more] = found(
      compared('linearCka', [0.5, 0.6, 0.4]),
      compared('mutualNeighbours', [0.5, 0.3, 0.35]),
    );
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ severity: 'warning', where: { network: 'third', layer: 'hidden2' } });
    // First or second, and first or itself.
    expect(hazard.value).toBe(2);
    expect(hazard.message).toBe(
      'In hidden2, “third” is more like itself than “first” by mutual nearest neighbours (0.20), and less by linear CKA (0.10). So it is with 1 more such conclusion.',
    );
  });

  it('is found of a distance, of which less is more alike', () => {
    const same = [compared('linearCka', [0.5, 0.6, 0.4]), compared('angularProcrustes', [0.9, 0.6, 1.2])];
    expect(found(...same)).toEqual([]);
    expect(found(same[0], compared('angularProcrustes', [0.9, 1.2, 0.6]))).toHaveLength(1);
  });

  it.each([
    ['both say the same', [0.4, 0.5, 0.3], 0.01],
    ['the other difference would not be seen', [0.5, 0.5, 0.51], 0.01],
    ['it may be chance', [0.5, 0.4, 0.6], 0.3],
  ] as const)('is not seen where %s', (_, [itself, first, second], spread) => {
    expect(
      found(
        compared('linearCka', [0.5, 0.6, 0.4]),
        compared('mutualNeighbours', [itself, first, second], spread),
      ),
    ).toEqual([]);
  });

  it('is not seen of untrained networks, and of one measure', () => {
    const entries = [compared('linearCka', [0.5, 0.6, 0.4]), compared('mutualNeighbours', [0.5, 0.3, 0.45])];
    const untrained = networks.map((one, at) => ({ ...one, trained: at === 0 }));
    expect(rule.evaluate(results(untrained, [], entries))).toEqual([]);
    expect(found(entries[0])).toEqual([]);
  });

  it('is once where a measure stands there twice', () => {
    const of = results(
      networks,
      [],
      [compared('linearCka', [0.5, 0.6, 0.4]), compared('similarity(cka)', [0.5, 0.4, 0.6])],
    );
    const measures = { ...of.measures, 'similarity(cka)': of.measures['linearCka'] };
    expect(conclusionsOf({ ...of, measures }, names).filter(isTurned)).toEqual([]);
  });
});
