import { expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import { findingsOf } from '../../../src/analysis/findings';
import { centredUnits } from '../../../src/analysis/pairs/centred-units';
import { angularProcrustes } from '../../../src/analysis/pairs/angular-procrustes';
import { linearCka, prepareCka } from '../../../src/analysis/pairs/linear-cka';
import { END } from '../../../src/core/values';
import type { Matrix } from '../../../src/core/matrix';
import { readSafetensors } from '../../../src/formats/safetensors';
import { resultTables } from '../../../src/run/tables';
import { valuesOf } from '../../../src/run/values';
import { openSession, runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const measures = ['linearCka', 'linearCkaDebiased', 'angularProcrustes', 'mutualNeighbours'];
const file = { ...tinyExperiment(), network: { hidden: [8, 6] }, seeds: 2 };

it('compares replicates and layers by every measure of pairs, as their activations say', async () => {
  const session = openSession(file, scratch());
  try {
    const { results } = await session.run();
    const { rsa, pairs, networks } = results;
    expect(pairs.map(({ measure, layer }) => [measure, layer])).toEqual(
      measures.map((one) => [one, 'hidden2']),
    );
    const all = [0, 1].flatMap((seed) => networks.map(({ name }) => replicateNamed(name, seed)));
    const layers = await Promise.all(
      all.map(async (name) => {
        const { tensors } = readSafetensors((await session.activations(name, 0)).bytes);
        return (layer: string): Matrix<Float32Array> => {
          const { shape, data } = tensors.get(`test/${layer}`) ?? { shape: [0, 0], data: null };
          if (!(data instanceof Float32Array)) throw new Error(`There is no ${layer}.`);
          return { rows: shape[0], cols: shape[1], data: new Float32Array(data) };
        };
      }),
    );
    const cka = (a: Matrix, b: Matrix): number =>
      linearCka(prepareCka(centredUnits(a), 'biased'), prepareCka(centredUnits(b), 'biased'));
    const angle = (a: Matrix, b: Matrix): number => angularProcrustes(centredUnits(a), centredUnits(b));
    const [ofCka, , ofAngle] = pairs;
    expect(ofCka.labels).toEqual(rsa[0].labels);
    expect(ofCka.matrix[1][0]).toBe(cka(layers[1]('hidden2'), layers[0]('hidden2')));
    expect(ofAngle.matrix[1][0]).toBe(angle(layers[1]('hidden2'), layers[0]('hidden2')));
    expect([ofCka, ofAngle].map(({ matrix }) => matrix[2][2])).toEqual([1, 0]);

    // Over layers: each two of each replicate, the later as the other.
    const findings = findingsOf(results);
    expect(findings.others('both', 'linearCka', 'hidden1')).toEqual(['hidden2', 'output']);
    const both = [0, 1].map((seed) => layers[3 * seed]);
    expect(findings.mean('both', 'linearCka', { site: 'hidden1', other: 'output' })?.values).toEqual(
      both.map((layer) => cka(layer('output'), layer('hidden1'))),
    );
    expect(findings.mean('both', rsa[0].measure, { site: 'hidden1', other: 'hidden2' })?.n).toBe(2);

    // On demand: any measure at any layer, at the end or at an epoch.
    const request = { layer: 'hidden1', measure: 'angularProcrustes' };
    const found = await session.similarities(all, { request });
    expect(found.matrix[1][0]).toBe(angle(layers[1]('hidden1'), layers[0]('hidden1')));
    const before = await session.similarities(all, { request, epoch: 0 });
    expect(before.matrix[1][0]).not.toBe(found.matrix[1][0]);
    await expect(
      session.similarities(all, { request: { layer: 'hidden1', measure: 'none' } }),
    ).rejects.toThrow('no measure of pairs none');
  } finally {
    await session.dispose();
  }
});

it('has them in the table, its files and what measures say of themselves', async () => {
  const { results } = await runExperiment(file, scratch());
  const rows = [...valuesOf(results).rows({ measure: ['angularProcrustes'], checkpoint: [END] })];
  const [a, b] = results.pairs[0].labels;
  expect(rows.find((row) => row.other === a)).toMatchObject({
    source: b.slice(0, -2),
    site: 'hidden2',
    value: results.pairs[2].matrix[1][0],
  });
  for (const measure of measures) expect(results.measures[measure]).toMatchObject({ of: 'pair', by: [] });
  expect(results.measures.angularProcrustes.more).toBe('unlike');
  const tables = new Map([...resultTables(results, [])].map(({ name, ...table }) => [name, table]));
  const written = [...(tables.get('pairs')?.rows ?? [])].filter(([measure]) => measure === 'linearCka');
  // 6 replicates, and 3 layers of each.
  expect(written.length).toBe(15 + 6 * 3);
  expect(written.find((row) => row[4] === 'output')).toEqual([
    ...['linearCka', 'hidden1', 'both', 0, 'output', 'both', 0],
    findingsOf(results).at(replicateNamed('both', 0), 'linearCka', { site: 'hidden1', other: 'output' })
      ?.value,
    '',
  ]);
  const groups = [...(tables.get('pair-groups')?.rows ?? [])];
  expect(groups.filter(([measure]) => measure === 'linearCka').length).toBe(6);
  // Which of two networks a network is more like: of two trained ones each has one such conclusion, by the difference of two means of pairs.
  const agreement = [...(tables.get('agreement')?.rows ?? [])].filter(([, , , , by]) => by === 'linearCka');
  const meanOf = (one: string, other: string) =>
    groups.find(
      ([measure, layer, a, b]) =>
        measure === 'linearCka' &&
        layer === 'hidden2' &&
        (one === a ? b === other : a === other && b === one),
    )?.[4];
  const [both, easy] = results.networks.map(({ name }) => name);
  expect(agreement.find(([layer, network]) => layer === 'hidden2' && network === both)?.slice(2, 6)).toEqual([
    ...[both, easy, 'linearCka'],
    expect.closeTo(Number(meanOf(both, both)) - Number(meanOf(both, easy)), 9),
  ]);
});

it('says which replicate cannot be compared, and why', async () => {
  const { results } = await runExperiment({ ...file, stimuli: { ...file.stimuli, test: 8 } }, scratch());
  const neighbours = results.pairs.find(({ measure }) => measure === 'mutualNeighbours');
  expect(neighbours?.matrix.flat().every((value) => value === null)).toBe(true);
  const table = [...resultTables(results, [])].find(({ name }) => name === 'pairs');
  const row = [...(table?.rows ?? [])].find(([measure]) => measure === 'mutualNeighbours');
  expect(row?.at(-1)).toMatch(/^easy only\/0: With 8 test stimuli every other one is among the 10 nearest/);
});
