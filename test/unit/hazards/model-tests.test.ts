import { describe, expect, it } from 'vitest';
import { ceilingOfFewReplicates } from '../../../src/hazards/ceiling-of-few-replicates';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { tiedModelsByRanks } from '../../../src/hazards/tied-models-by-ranks';
import { winningModelTurns } from '../../../src/hazards/winning-model-turns';
import type { InferenceMethod } from '../../../src/protocol/rdm-words';
import type { ModelAgreement, ModelScore, ModelTests } from '../../../src/protocol/results';
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

  describe('whose winner is another by another measure', () => {
    const of = (...agreement: ModelAgreement[]) => {
      const given = tested('pearson', 4, 0, 0.5);
      const tests = given.modelTests?.map((one) => ({ ...one, agreement })) ?? [];
      return winningModelTurns.evaluate({ ...given, modelTests: tests });
    };
    const by = (first: number[], second: number[], method: InferenceMethod = 'spearman'): ModelAgreement => ({
      ...{ metric: 'correlation', method },
      bySubject: [first, second],
    });
    const chosen = by([0.5, 0.52, 0.51, 0.53], [0.3, 0.31, 0.33, 0.32], 'pearson');

    it('are said to be where both are clearly ahead by their own', () => {
      const found = of(chosen, by([0.2, 0.21, 0.2, 0.22], [0.4, 0.42, 0.41, 0.4]));
      expect(found).toMatchObject([{ value: 1, where: { network: 'both', layer: 'hidden2' } }]);
      expect(found[0].message).toBe(
        'In hidden2 of “both” the model “model 0” is better than “model 1” by Pearson’s r of the correlation distance (0.20), and worse by Spearman’s rho of the correlation distance (0.20).',
      );
    });

    it('are not where it may be chance, would not be seen, is the same, or is of one replicate', () => {
      const chance = by([0.2, 0.5, 0.3, 0.4], [0.6, 0.3, 0.6, 0.4]);
      const unseen = by([0.2, 0.21, 0.2, 0.22], [0.205, 0.214, 0.206, 0.224]);
      expect([of(chosen, chance), of(chosen, unseen), of(chosen, chosen), of(chosen), of()]).toEqual([
        ...[[], [], [], [], []],
      ]);
      expect(of(by([0.5], [0.3], 'pearson'), by([0.2], [0.4]))).toEqual([]);
    });
  });

  it('by methods that ties profit from are said to be where models differ in ties', () => {
    const of = (method: string, ...ties: number[]) => tiedModelsByRanks.evaluate(tested(method, 5, ...ties));
    expect(of('spearman', 0, 0.5)).toMatchObject([{ value: 0.5, threshold: 0.1 }]);
    expect(of('kendall-tau-b', 0.5, 0)[0].message).toMatch(/“model 0”, 50 % of whose/);
    expect([of('rho-a', 0, 0.5), of('spearman', 0.5, 0.55), of('spearman', 0.5)]).toEqual([[], [], []]);
  });
});
