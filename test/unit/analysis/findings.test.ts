import { describe, expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import { Findings, findingsOf, pointsOf } from '../../../src/analysis/findings';
import { interval, ranges } from '../../../src/analysis/statistics/interval';
import { layersOf } from '../../../src/protocol/layers';
import { tableOf } from '../../support/table';

/** Two checkpoints of two replicates, which reach them at different steps; a third failed. */
const made = {
  ...{ name: 'net', tasks: ['t'], trained: true, parameters: 0 },
  layers: layersOf(1).map((layer) => ({ ...layer, units: 2 })),
  replicates: [
    {
      seed: 0,
      accuracy: { t: 0.9 },
      checkpoints: [
        { step: 0, epoch: 0, accuracy: { t: 0.5 } },
        { step: 10, epoch: 2, accuracy: { t: 0.7 } },
      ],
    },
    {
      seed: 1,
      accuracy: { t: 0.8 },
      checkpoints: [
        { step: 0, epoch: 0, accuracy: { t: 0.4 } },
        { step: 8, epoch: 1, accuracy: { t: 0.6 } },
      ],
    },
    { seed: 2, status: 'failed' as const, reason: 'Training diverged.' },
  ],
};
const results = { ...tableOf([made]), confidence: 0.95 };

describe('findings', () => {
  it('are means over the replicates that are done, with the interval of the measure', () => {
    const expected = interval([0.9, 0.8], 0.95, ranges.share);
    expect(findingsOf(results).mean('net', 'accuracy', { label: 't' })).toEqual(expected);
    expect(findingsOf(results)).toBe(findingsOf(results));
  });

  it('say why no replicate has a number, and nothing where one has', () => {
    const whyNone = (...values: (number | null)[]): string | undefined => {
      const replicates = values.map((sparsity, seed) => ({
        seed,
        layers: [{ name: 'hidden1', sparsity, undefinedValues: { sparsity: `Constant in ${seed}.` } }],
      }));
      const table = tableOf([{ ...made, replicates }]);
      return new Findings({ ...table, confidence: 0.95 }).whyNone('net', 'sparsity', { site: 'hidden1' });
    };
    expect(whyNone(null, null)).toBe('Constant in 0.');
    expect(whyNone(null, 0.5)).toBeUndefined();
    expect(whyNone()).toBeUndefined();
  });

  it('are of one point of a sweep, the first where none is named', () => {
    const [first] = made.replicates;
    const swept = { ...made, replicates: [first, { ...first, point: 1, accuracy: { t: 0.6, u: 1 } }] };
    const table = tableOf([swept]);
    const findings = new Findings({ ...table, confidence: 0.95 });
    expect(findings.mean('net', 'accuracy', { label: 't' })?.values).toEqual([0.9]);
    expect(findings.mean('net', 'accuracy', { point: 1, label: 't' })?.values).toEqual([0.6]);
    expect(findings.at({ source: 'net', point: 1, seed: 0 }, 'accuracy', { label: 't' })?.value).toBe(0.6);
    expect(findings.at({ source: 'net', point: 2, seed: 0 }, 'accuracy', { label: 't' })).toBeUndefined();
    expect(findings.labels('net', 'accuracy')).toEqual(['t', 'u']);
    expect(pointsOf(table.networks[0])).toEqual([0, 1]);
  });

  it('are of each replicate at its newest checkpoint up to an epoch, of an untrained network at its end', () => {
    const values = (epoch: number): unknown =>
      new Findings(results, epoch).mean('net', 'accuracy', { label: 't' })?.values;
    expect(values(0)).toEqual([0.5, 0.4]);
    expect(values(1.5)).toEqual([0.5, 0.6]);
    expect(values(100)).toEqual([0.7, 0.6]);
    const untrained = { ...results, networks: results.networks.map((one) => ({ ...one, trained: false })) };
    expect(new Findings(untrained, 0).mean('net', 'accuracy', { label: 't' })?.values).toEqual([0.9, 0.8]);
  });

  it('are none where nothing was measured', () => {
    expect(findingsOf(results).mean('net', 'accuracy', { label: 'other' })).toBeUndefined();
    expect(findingsOf(results).mean('nobody', 'accuracy', { label: 't' })).toBeUndefined();
    expect(findingsOf(results).at(replicateNamed('net', 2), 'accuracy', { label: 't' })).toBeUndefined();
    expect(findingsOf(results).labels('net', 'accuracy')).toEqual(['t']);
    expect(findingsOf(results).labels('net', 'sparsity', 'hidden1')).toEqual([]);
  });
});
