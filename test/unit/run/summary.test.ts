import { replicateNamed } from '../../../src/core/replicate';
import { expect, it } from 'vitest';
import { classLabel } from '../../../src/analysis/selectivity/class-label';
import { labelPermutations } from '../../../src/analysis/selectivity/label-permutations';
import { selectivity } from '../../../src/analysis/selectivity/selectivity';
import { csv } from '../../../src/formats/csv';
import { toJson } from '../../../src/formats/json';
import { Findings } from '../../../src/analysis/findings';
import { extendedNumber } from '../../../src/core/extended';
import { END, Values } from '../../../src/core/values';
import type { Results } from '../../../src/protocol/results';
import { resultsFile } from '../../../src/run/results-file';
import { tableOf } from '../../support/table';
import { columnTexts } from '../../support/written';
import { resultTables } from '../../../src/run/tables';

const label = classLabel('x', ['a', 'b'], true, [0, 0, 1, 1]);

/** Statistics of one unit with these activations. */
const unitOf = (...data: number[]) => {
  const activations = { rows: 4, cols: 1, data: Float32Array.from(data) };
  return selectivity(activations, [label], labelPermutations(9, 4));
};
const units = [unitOf(0, 0, 1, 1), unitOf(0, 2, 2, 4), unitOf(5, 5, 3, 3)];

/** Three replicates of a network without numbers. */
const made = {
  ...{ name: 'both', tasks: [], trained: true, parameters: 0 },
  layers: [{ name: 'hidden1', role: 'hidden' as const, units: 1 }],
  replicates: [0, 1, 2].map((seed) => ({ seed, epochs: 1, steps: 1, loss: 0 })),
};

it('counts replicates with a perfect unit beside the mean of the others, never among the undefined', () => {
  const found = { ...tableOf([made]), confidence: 0.95 };
  const values = new Values(found.values);
  for (const [seed, { selectivity: of }] of units.entries())
    values.add(
      {
        ...{ measure: 'maximum.dprime', source: 'both', seed: String(seed), checkpoint: END },
        ...{ site: 'hidden1', label: 'x' },
      },
      extendedNumber(of.x.maximum.dprime.value),
    );
  const findings = new Findings(found);
  const where = { site: 'hidden1', label: 'x' };
  expect(findings.mean('both', 'maximum.dprime', where)).toMatchObject({
    n: 1,
    mean: expect.closeTo(Math.SQRT2, 12) as number,
  });
  expect(
    [0, 1, 2].map((seed) => findings.at(replicateNamed('both', seed), 'maximum.dprime', where)?.value),
  ).toEqual([Infinity, expect.closeTo(Math.SQRT2, 12), Infinity]);
});

it('averages what corresponds across seeds: no correlations of components, nor what qualifies another measure', () => {
  const pca = { explainedVarianceRatio: [0.9, 0.1], correlation: { x: [1, 0] } };
  const layers = [{ name: 'hidden1', pca, varianceExplained: { x: 0.5 }, sparsity: 0.2 }];
  const replicates = made.replicates.map((replicate) => ({ ...replicate, layers }));
  const results = { ...tableOf([{ ...made, replicates }]), confidence: 0.95 } as unknown as Results;
  const values = new Values(results.values);
  values.add(
    { measure: 'maximum.dprime.p', source: 'both', seed: '0', checkpoint: END, site: 'hidden1', label: 'x' },
    0.01,
  );
  const { summaries } = resultsFile(results, []);
  const parts = columnTexts(summaries.part);
  expect(columnTexts(summaries.measure).map((measure, at) => `${measure} ${parts[at] ?? ''}`.trim())).toEqual(
    ['loss', 'varianceExplained', 'sparsity', 'explainedVarianceRatio PC1', 'explainedVarianceRatio PC2'],
  );
  expect([summaries.source, summaries.site, summaries.label].map((column) => columnTexts(column)[1])).toEqual(
    ['both', 'hidden1', 'x'],
  );
  expect([summaries.mean[1], summaries.n[1], columnTexts(summaries.kind)[1]]).toEqual([0.5, 3, 'equal']);
});

it('writes what is infinite as statistics programs read it', () => {
  expect(toJson(units[2].selectivity.x.dprime)).toBe('["-Infinity"]\n');
  const results = {
    ...tableOf([made]),
    labels: [],
    rsa: [],
    pairs: [],
    hazards: [],
    stimuli: { train: { drawing: [] }, fit: { drawing: [] }, test: { drawing: [] } },
  } as unknown as Results;
  const of = units.map(({ selectivity: found }, seed) => ({
    ...replicateNamed('both', seed),
    layers: { hidden1: { constantUnits: [], deadUnits: [], selectivity: found, undefinedValues: {} } },
  }));
  const table = [...resultTables(results, of)].find(({ name }) => name === 'units');
  const at = table?.header.indexOf('dprime') ?? -1;
  const values = Array.from(table?.rows ?? [], (row) => row[at]);
  expect(values).toEqual([Infinity, expect.closeTo(Math.SQRT2, 12), -Infinity]);
  expect(
    csv(
      ['dprime'],
      values.map((value) => [value]),
    ),
  ).toMatch(/^dprime\r\nInfinity\r\n1\.41\d+\r\n-Infinity\r\n$/);
});

it('lists replicates that failed among the accuracies, with their reason', () => {
  const replicates = [
    { seed: 0, epochs: 1, loss: 0, accuracy: { t: 0.5, u: 1 } },
    { seed: 1, status: 'failed' as const, reason: 'Training diverged.' },
  ];
  const found = tableOf([{ ...made, name: 'n', tasks: ['t', 'u'], replicates }]);
  const results = { ...found, rsa: [], pairs: [], hazards: [] } as unknown as Results;
  const [accuracy] = resultTables(results, []);
  expect(accuracy.header.slice(0, 4)).toEqual(['network', 'seed', 'status', 'reason']);
  expect(accuracy.rows).toEqual([
    ['n', 0, 'done', null, 1, 0, 't', 0.5],
    ['n', 0, 'done', null, 1, 0, 'u', 1],
    ['n', 1, 'failed', 'Training diverged.', 0, null, 't', null],
    ['n', 1, 'failed', 'Training diverged.', 0, null, 'u', null],
  ]);
});
