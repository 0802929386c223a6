import { expect, it } from 'vitest';
import { labelledReplicate, replicateKey, replicateLabel, replicateNamed } from '../../../src/core/replicate';
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

it('names replicates so that no two are called alike, and finds them by that name', () => {
  const replicates = [
    { source: 'a', point: 0, seed: 0 },
    { source: 'a', point: 1, seed: 0 },
    { source: 'a/1', point: 0, seed: 0 },
    { source: 'a/1:0', point: 12, seed: 3 },
    { source: '', point: 0, seed: 1 },
  ];
  const labels = replicates.map(replicateLabel);
  expect(labels).toEqual(['a/0', 'a/1:0', 'a/1/0', 'a/1:0/12:3', '/1']);
  expect(labels.map(labelledReplicate)).toEqual(replicates);
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
