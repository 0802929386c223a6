import { findingsOf } from '../../../src/analysis/findings';
import { expect, it } from 'vitest';
import { labelledReplicate, replicateNamed } from '../../../src/core/replicate';
import type { ExperimentFile } from '../../../src/experiment/file';
import { readExperiment } from '../../../src/sources/read-experiment';
import { pairRequests } from '../../../src/run/compare';
import { resultTables } from '../../../src/run/tables';
import { layerOf, openSession, runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';
import { pearson } from '../stimuli/builder';

/** Distances between all pairs of the stimuli that a picture's RDM is over. */
function upper({ single, stimuli }: { single: Float32Array; stimuli: Uint32Array }): number[] {
  const size = stimuli.length;
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size - i - 1 }, (_unused, j) => single[i * size + i + 1 + j]),
  ).flat();
}

it('compares the replicates that are finished, as the end of the run does', async () => {
  const store = scratch();
  const session = openSession({ ...tinyExperiment(), seeds: 2 }, store);
  try {
    const { networks, rsa } = (await session.run()).results;
    const all = [0, 1].flatMap((seed) => networks.map(({ name }) => replicateNamed(name, seed)));
    expect(await session.similarities(all)).toEqual(rsa[0]);
    const some = await session.similarities(all.slice(0, networks.length));
    expect(some.labels).toEqual(networks.map(({ name }) => `${name}/0`));
    expect(some.matrix[0][1]).toBe(rsa[0].matrix[0][1]);

    // As they were: from the activations of those checkpoints, by the measures of single replicates.
    const [request] = pairRequests(session.experiment);
    expect(await session.similarities(all, { request, epoch: 1e9 })).toEqual(rsa[0]);
    const before = await session.similarities(all, { epoch: 0 });
    expect(before.labels).toEqual(rsa[0].labels);
    const rdms = await Promise.all(
      all.slice(0, 2).map(async (name) => {
        const { layers } = await session.detail(name, 0);
        return layers.at(-2)?.rdm ?? layers[0].rdm;
      }),
    );
    // A stimulus that no unit answers has no correlation with others.
    const [a, b] = rdms.map(upper);
    const defined = a.flatMap((value, at) => (Number.isNaN(value + b[at]) ? [] : [at]));
    const of = (values: number[]): number[] => defined.map((at) => values[at]);
    expect(before.matrix[0][1]).toBeCloseTo(pearson(of(a), of(b)), 5);
  } finally {
    await session.dispose();
  }
});

/** Networks that answer few stimuli: most patterns have no active unit, or one of two. */
const silent: ExperimentFile = {
  stimuli: {
    features: { s: { values: ['a', 'b'] }, n: { bits: 8 } },
    train: 120,
    fit: 60,
    test: 60,
  },
  tasks: { t: 's == b', p: 'parity(n[0:1])' },
  network: { hidden: [8, 2], activation: 'relu' },
  training: { epochs: 20, optimizer: 'sgd', learningRate: 0.1 },
  networks: { one: {}, two: { tasks: ['t'] } },
  seeds: 5,
};

it('gives no similarity over a handful of stimuli, says over how many each is, and warns', async () => {
  const { results } = await runExperiment(silent, scratch());
  const [rsa] = results.rsa;
  expect(rsa.stimulusPairs).toBe((60 * 59) / 2);
  const { used } = rsa;
  if (!used) throw new Error('Some patterns have no active unit.');
  const over = rsa.matrix.flatMap((row, i) =>
    row.flatMap((value, k) => (value === null ? [] : [used[i][k]])),
  );
  expect(Math.min(...over)).toBeGreaterThan(rsa.stimulusPairs / 2);
  expect(rsa.matrix.flat().filter((value) => value === null).length).toBeGreaterThan(0);
  expect(results.hazards.map(({ rule }) => rule)).toContain('rsa-over-fewer-stimuli');
  // With the RDMs of labels, which have all distances, those of the layer alone count.
  expect(results.rdm.stimulusPairs).toBe(rsa.stimulusPairs);
  for (const [at, label] of rsa.labels.entries()) {
    const [network, seed] = label.split('/');
    const own = used[at][at];
    const found = findingsOf(results).at(labelledReplicate(label), 'rdmPairsUsed', { site: 'hidden2' });
    expect(found?.value, label).toBe(own);
    if (2 * own <= rsa.stimulusPairs)
      expect(layerOf(results, network, 'hidden2', Number(seed)).modelRsa.t).toBeNull();
  }
  const rows = [...([...resultTables(results, [])].find(({ name }) => name === 'layers')?.rows ?? [])];
  expect(rows).toContainEqual(['one', 0, 'hidden2', 'rdmPairsUsed', '', used[0][0], '']);
  const table = [...resultTables(results, [])].find(({ name }) => name === 'rsa');
  for (const row of table?.rows ?? []) expect(row[6] === null).toBe(row[9] !== '');
});

it('says of layers of one or two units that correlation distance says nothing of them', () => {
  const warnings = (hidden: number[], metric: 'correlation' | 'cosine' | 'euclidean'): string[] =>
    readExperiment(
      JSON.stringify({ ...silent, network: { hidden }, analyses: { rdm: { metric } } }),
    ).problems.map(({ message }) => message);
  expect(warnings([8, 2], 'correlation')).toEqual([
    `In hidden2 of network 'one', correlation distance can only be 0 or 2 over two units; Euclidean distance ("euclidean") works: ` +
      `set "metric" in 'analyses.rdm', or give the layer more units.`,
  ]);
  expect(warnings([1], 'correlation')[0]).toContain('is not defined over one unit');
  expect(warnings([1], 'cosine')[0]).toContain('can only be 0 or 2 over one unit');
  for (const [hidden, metric] of [
    [[8, 2], 'euclidean'],
    [[8, 2], 'cosine'],
    [[3], 'correlation'],
  ] as const)
    expect(warnings([...hidden], metric)).toEqual([]);
});
