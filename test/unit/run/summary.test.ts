import { expect, it } from 'vitest';
import { classLabel } from '../../../src/analysis/selectivity/class-label';
import { labelPermutations } from '../../../src/analysis/selectivity/label-permutations';
import { selectivity } from '../../../src/analysis/selectivity/selectivity';
import { csv } from '../../../src/formats/csv';
import { toJson } from '../../../src/formats/json';
import type { LayerResults, ReplicateResults, Results } from '../../../src/protocol/results';
import { summarize } from '../../../src/run/summary';
import { resultTables } from '../../../src/run/tables';

const label = classLabel('x', ['a', 'b'], true, [0, 0, 1, 1]);

/** A replicate whose one layer has one unit with these activations. */
const replicate = (seed: number, ...data: number[]): ReplicateResults => {
  const activations = { rows: 4, cols: 1, data: Float32Array.from(data) };
  const layer: LayerResults = {
    name: 'hidden1',
    units: 1,
    constantUnits: [],
    deadUnits: [],
    varianceExplained: {},
    varianceExplainedByUnitMean: {},
    varianceExplainedJoint: {},
    varianceExplainedUnique: {},
    pca: { explainedVarianceRatio: [], correlation: {} },
    participationRatio: 1,
    sparsity: 0,
    modelRsa: {},
    rdmPairs: { used: 6, of: 6 },
    ...selectivity(activations, [label], labelPermutations(9, 4)),
  };
  return {
    seed,
    status: 'done',
    epochs: 1,
    steps: 1,
    loss: 0,
    accuracy: {},
    layers: [layer],
    checkpoints: [],
  };
};

const replicates = [replicate(0, 0, 0, 1, 1), replicate(1, 0, 2, 2, 4), replicate(2, 5, 5, 3, 3)];

it('counts replicates with a perfect unit beside the mean of the others, never among the undefined', () => {
  const { maximumDprime } = summarize(replicates, [], [{ name: 'hidden1', role: 'hidden', units: 1 }], 0.95)
    .layers[0];
  expect(maximumDprime.x).toMatchObject({
    n: 1,
    perfect: [0, 2],
    mean: expect.closeTo(Math.SQRT2, 12) as number,
  });
});

it('writes what is infinite as statistics programs read it', () => {
  expect(toJson(replicates[2].layers[0].selectivity.x.dprime)).toBe('["-Infinity"]\n');
  const results = {
    networks: [{ name: 'both', tasks: [], replicates }],
    rsa: [],
    hazards: [],
    stimuli: { train: { drawing: [] }, fit: { drawing: [] }, test: { drawing: [] } },
  } as unknown as Results;
  const units = [...resultTables(results)].find(({ name }) => name === 'units');
  const at = units?.header.indexOf('dprime') ?? -1;
  expect(units?.rows.map((row) => row[at])).toEqual([Infinity, expect.closeTo(Math.SQRT2, 12), -Infinity]);
  expect(csv(['dprime'], units?.rows.map((row) => [row[at]]) ?? [])).toMatch(
    /^dprime\r\nInfinity\r\n1\.41\d+\r\n-Infinity\r\n$/,
  );
});

it('lists replicates that failed among the accuracies, with their reason', () => {
  const failed = {
    seed: 1,
    status: 'failed',
    reason: 'Training diverged.',
    epochs: 0,
    loss: null,
    accuracy: {},
    layers: [],
    checkpoints: [],
  };
  const done = { ...replicates[0], accuracy: { t: 0.5, u: 1 } };
  const networks = [{ name: 'n', tasks: ['t', 'u'], replicates: [done, failed] }];
  const results = { networks, rsa: [], hazards: [] } as unknown as Results;
  const [accuracy] = resultTables(results);
  expect(accuracy.header.slice(0, 4)).toEqual(['network', 'seed', 'status', 'reason']);
  expect(accuracy.rows).toEqual([
    ['n', 0, 'done', null, 1, 0, 't', 0.5],
    ['n', 0, 'done', null, 1, 0, 'u', 1],
    ['n', 1, 'failed', 'Training diverged.', 0, null, 't', null],
    ['n', 1, 'failed', 'Training diverged.', 0, null, 'u', null],
  ]);
});
