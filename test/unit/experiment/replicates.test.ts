import { expect, it } from 'vitest';
import { replicateKey, replicateNamed } from '../../../src/core/replicate';
import { networkOf, replicateCount, replicatesOf } from '../../../src/experiment/replicates';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

const experiment = experimentOf(tinyExperiment());

it('lists the replicates of an experiment seed by seed, by the names of their networks', () => {
  const replicates = replicatesOf(experiment);
  expect(replicates.map(({ source, point, seed }) => [source, point, seed])).toEqual([
    ['both', 0, 0],
    ['easy only', 0, 0],
    ['untrained', 0, 0],
    ['both', 0, 1],
    ['easy only', 0, 1],
    ['untrained', 0, 1],
  ]);
  expect(replicateCount(experiment)).toBe(6);
  expect(networkOf(experiment, replicates[4])).toBe(experiment.networks[1]);
  expect(() => networkOf(experiment, { source: 'other' })).toThrow('no network “other”');
});

it('tells replicates apart by source, point and seed, whatever their names are', () => {
  const replicates = [
    replicateNamed('a', 0),
    replicateNamed('a', 1),
    { ...replicateNamed('a', 0), point: 1 },
    replicateNamed('a/0', 0),
    replicateNamed('a",0,0', 0),
  ];
  expect(new Set(replicates.map(replicateKey)).size).toBe(replicates.length);
  // Events of a run are replicates, and more: the rest says nothing.
  expect(replicateKey({ ...replicates[0], kind: 'started' } as (typeof replicates)[0])).toBe(
    replicateKey(replicates[0]),
  );
});
