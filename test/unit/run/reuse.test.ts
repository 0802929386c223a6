import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentFile } from '../../../src/experiment/file';
import { networkOf, runExperiment, trainedAnew } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const start = tinyExperiment();

/** Which replicates are trained anew when the changed file is run where the first one was. */
const cases: [string, ExperimentFile, string[]][] = [
  ['nothing', start, []],
  ['the title', { ...start, title: 'Another' }, []],
  [
    'only analyses',
    {
      ...start,
      analyses: {
        rdm: { metric: 'euclidean', comparison: 'spearman', over: 'conditions' },
        selectivity: { permutations: 10, labels: ['easy'] },
        pca: { components: 3 },
      },
    },
    [],
  ],
  ['the number of seeds', { ...start, seeds: 3 }, ['both/2', 'easy only/2', 'untrained/2']],
  ['fewer seeds', { ...start, seeds: 1 }, []],
  [
    'another network',
    { ...start, networks: { ...start.networks, 'easy only': { tasks: ['easy'], network: { hidden: [4] } } } },
    ['easy only/0', 'easy only/1'],
  ],
  ['a network more', { ...start, networks: { ...start.networks, more: {} } }, ['more/0', 'more/1']],
  ['the order of networks', { ...start, networks: { untrained: start.networks.untrained, both: {} } }, []],
  [
    'a task that some networks are not trained on',
    { ...start, tasks: { ...start.tasks, hard: 'h[0] and h[1]' } },
    ['both/0', 'both/1', 'untrained/0', 'untrained/1'],
  ],
  ['how a formula is written', { ...start, tasks: { ...start.tasks, easy: '(e  ==  yes)' } }, []],
  [
    'the learning rate, which an untrained network has no use for',
    { ...start, training: { ...start.training, learningRate: 0.02 } },
    ['both/0', 'both/1', 'easy only/0', 'easy only/1'],
  ],
  ['a setting of another optimiser', { ...start, training: { ...start.training, momentum: 0.5 } }, []],
  [
    'the seed of the stimuli',
    { ...start, stimuli: { ...start.stimuli, seed: 1 } },
    ['both/0', 'both/1', 'easy only/0', 'easy only/1', 'untrained/0', 'untrained/1'],
  ],
];

describe('what is in the store is not trained again', () => {
  const first = mkdtempSync(join(tmpdir(), 'repscope-test-'));
  beforeAll(async () => {
    expect(trainedAnew(await runExperiment(start, first))).toHaveLength(6);
  });
  afterAll(() => rmSync(first, { recursive: true, force: true }));

  /** A store in which the first experiment has been run. */
  const filled = (): string => {
    const store = scratch();
    cpSync(first, store, { recursive: true });
    return store;
  };

  it.each(cases)('after a change of %s', async (_, changed, expected) => {
    const second = await runExperiment(changed, filled());
    expect(trainedAnew(second).sort()).toEqual(expected);
    if (changed === start) return;
    // What was taken from the store is what would have been computed without it.
    const fresh = await runExperiment(changed, scratch());
    expect(trainedAnew(fresh)).toHaveLength(
      fresh.results.networks.reduce((sum, { replicates }) => sum + replicates.length, 0),
    );
    expect(second.results).toEqual(fresh.results);
    expect(second.results.fingerprint).toBe(fresh.results.fingerprint);
  });

  it('shows what was trained to be analysed as trained', async () => {
    const { events } = await runExperiment({ ...start, analyses: { pca: { components: 2 } } }, filled());
    const analysing = events.flatMap((event) => (event.kind === 'analysing' ? [event.reused] : []));
    expect(analysing).toEqual([true, true, true, true, true, true]);
    expect(events.filter(({ kind }) => kind === 'training')).toEqual([]);
  });

  it('gives networks of one seed weights of their own', async () => {
    const same = { network: { hidden: [5] } };
    const { results } = await runExperiment(
      { ...start, networks: { a: same, b: same }, seeds: 1 },
      scratch(),
    );
    expect(networkOf(results, 'a').replicates[0].loss).not.toBe(networkOf(results, 'b').replicates[0].loss);
  });
});
