import { describe, expect, it } from 'vitest';
import type { ExperimentFile } from '../../../src/experiment/file';
import { nothingBrought } from '../../../src/experiment/brought';
import { readExperiment } from '../../../src/sources/read-experiment';
import { costOf } from '../../../src/training/cost';
import { plan } from '../../../src/verbs/plan';
import { tinyExperiment } from '../../support/tiny-experiment';

/** @param kept whether the store has the training that is asked for, by how many were asked for before it */
const planned = (file: ExperimentFile, kept: (at: number) => boolean, seeds?: number) => {
  const keys: string[] = [];
  return plan.run(
    { file: JSON.stringify(file), seeds, workers: 2 },
    {
      text: (text) => Promise.resolve(text),
      brought: () => nothingBrought,
      has: (key) => Promise.resolve(kept(keys.push(key) - 1)),
    },
  );
};

describe('plan', () => {
  it('says of each replicate whether it is to be trained, and what those take that are', async () => {
    // Seed by seed: both, easy only, untrained.
    const { problems, plan: found } = await planned(tinyExperiment(), (at) => at === 0);
    expect(problems).toEqual([]);
    expect(found?.replicates).toEqual([
      { source: 'both', point: 0, seed: 0, state: 'kept' },
      { source: 'easy only', point: 0, seed: 0, state: 'train' },
      { source: 'untrained', point: 0, seed: 0, state: 'untrained' },
      { source: 'both', point: 0, seed: 1, state: 'train' },
      { source: 'easy only', point: 0, seed: 1, state: 'train' },
      { source: 'untrained', point: 0, seed: 1, state: 'untrained' },
    ]);
    const { experiment } = readExperiment(JSON.stringify(tinyExperiment()));
    const [both, easy] = (experiment?.networks ?? []).map(
      (network) => experiment && costOf(experiment, network),
    );
    if (!both || !easy) throw new Error('The file has errors.');
    expect(found?.cost).toMatchObject({ steps: both.steps + 2 * easy.steps, threads: 2, fewer: null });
    expect(found?.cost.seconds).toBeCloseTo(both.seconds + 2 * easy.seconds, 12);
    expect(found?.cost.memory).toBeGreaterThan(0);
  });

  it('takes as many seeds as are asked for, and costs nothing where all are kept', async () => {
    const { plan: found } = await planned(tinyExperiment(), () => true, 3);
    expect(found?.replicates).toHaveLength(9);
    expect(found?.cost).toMatchObject({ steps: 0, seconds: 0 });
  });

  it('finds what is kept of networks of documents whatever tokens are looked at', async () => {
    const asked = async (at: string): Promise<string[]> => {
      const keys: string[] = [];
      const file = {
        title: 'a',
        stimuli: { documents: { reversals: { entities: 5, relations: 1, heldOut: 1 } } },
        network: { transformer: { layers: 1, width: 8, heads: 1 } },
        training: { steps: 2, batchSize: 2 },
        networks: { plain: {} },
        seeds: 1,
        analyses: { at },
      };
      const { problems } = await plan.run(
        { file: JSON.stringify(file) },
        {
          text: (text) => Promise.resolve(text),
          brought: () => nothingBrought,
          has: (key) => Promise.resolve(keys.push(key) > 0),
        },
      );
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      return keys;
    };
    const keys = await asked('role == relation');
    expect(keys).toHaveLength(1);
    expect(await asked('role == subject')).toEqual(keys);
  });

  it('of a file with errors is nothing but its problems', async () => {
    const { problems, plan: found } = await planned(tinyExperiment({ tasks: { easy: 'e ==' } }), () => false);
    expect(found).toBeNull();
    expect(problems[0]).toMatchObject({ severity: 'error' });
  });
});
