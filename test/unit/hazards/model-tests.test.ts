import { describe, expect, it } from 'vitest';
import { ceilingOfFewReplicates } from '../../../src/hazards/ceiling-of-few-replicates';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { tiedModelsByRanks } from '../../../src/hazards/tied-models-by-ranks';
import type { ModelScore, ModelTests } from '../../../src/protocol/results';
import { network, results } from './fabricate';

/** Tests of one layer, of so many replicates, with models of these shares of ties. */
function tested(method: string, count: number, ...ties: number[]): HazardInput {
  const p = { p: 0.5, corrected: 0.5 };
  const models = ties.map((tied, at): ModelScore => {
    const shared = { value: 0.2, bySubject: [], error: 0.1, low: 0, high: 0.4, aboveZero: p, ceiling: p };
    return { name: `model ${at}`, ...shared, tied };
  });
  const how = { resampled: [], draws: 100, drawsUsed: 100, weighted: false, test: 't', degrees: 3 } as const;
  const tests: ModelTests = {
    ...{ network: 'both', layer: 'hidden2', method, stimuli: 9, pairs: 36, models, differences: [] },
    ...{ ...how, resampled: [], correction: 'fdr', confidence: 0.95 },
    seeds: Array.from({ length: count }, (_, seed) => seed),
    ceiling: count < 2 ? { lower: null, upper: null } : { lower: 0.25, upper: 0.75 },
  };
  const found = results([network({ accuracy: { easy: Array.from({ length: count }, () => 1) } })]);
  return { ...found, modelTests: [tests] };
}

describe('tests of model RDMs', () => {
  it('against a ceiling of few replicates are said to be, not of five, of one, or where there are none', () => {
    const of = (count: number) => ceilingOfFewReplicates.evaluate(tested('pearson', count, 0));
    expect(of(4)).toMatchObject([{ value: 4, threshold: 5, where: { network: 'both' } }]);
    expect(of(4)[0].message).toContain('between 0.25 and 0.75');
    expect([of(5), of(1)]).toEqual([[], []]);
    expect(ceilingOfFewReplicates.evaluate({ ...tested('pearson', 4, 0), modelTests: undefined })).toEqual(
      [],
    );
  });

  it('by methods that ties profit from are said to be where models differ in ties', () => {
    const of = (method: string, ...ties: number[]) => tiedModelsByRanks.evaluate(tested(method, 5, ...ties));
    expect(of('spearman', 0, 0.5)).toMatchObject([{ value: 0.5, threshold: 0.1 }]);
    expect(of('kendall-tau-b', 0.5, 0)[0].message).toMatch(/“model 0”, 50 % of whose/);
    expect([of('rho-a', 0, 0.5), of('spearman', 0.5, 0.55), of('spearman', 0.5)]).toEqual([[], [], []]);
  });
});
