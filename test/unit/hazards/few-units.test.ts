import { describe, expect, it } from 'vitest';
import { farBehindInMostActiveUnits } from '../../../src/hazards/far-behind-in-most-active-units';
import { rdmOfFewUnits } from '../../../src/hazards/rdm-of-few-units';
import { varianceOfFewUnits } from '../../../src/hazards/variance-of-few-units';
import { measured, network, results } from './fabricate';

const made = (trained = true, ones = [1, 1]) =>
  results([network({ trained, accuracy: { easy: ones, hard: ones } })]);

describe('an RDM that rests on its most active units', () => {
  const without = (active: number[], random: number[], trained = true) =>
    measured(
      made(trained),
      { measure: 'rdmWithoutActive', part: '0.05', each: active },
      { measure: 'rdmWithoutActive', part: '0.5', each: [0, 0] },
      { measure: 'rdmWithoutRandom', part: '0.05', each: random },
    );

  it('is named with how much less it is like itself than without as many at random', () => {
    const [hazard, ...more] = rdmOfFewUnits.evaluate(without([0.5, 0.7], [0.9, 1]));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ where: { network: 'both', layer: 'hidden2' }, threshold: 0.2 });
    expect(hazard.value).toBeCloseTo(0.35, 12);
    expect(hazard.message).toContain(
      'without the most active 5 % of them it is similar to itself by 0.60, without as many at random by 0.95.',
    );
  });

  it.each([
    ['random units change it as much', without([0.5, 0.5], [0.6, 0.6])],
    ['a replicate has it the other way round', without([0.1, 0.95], [0.9, 0.9])],
    ['the network is untrained', without([0.5, 0.5], [0.9, 0.9], false)],
    ['it was not measured', made()],
  ])('is not seen where %s', (_, silent) => {
    expect(rdmOfFewUnits.evaluate(silent)).toEqual([]);
  });
});

describe('a layer whose variance is of its most active units', () => {
  const shares = (each: number[], part = '0.05') =>
    measured(made(), { measure: 'varianceOfActive', part, each });

  it('is named with how many times their share of the units that is', () => {
    // One of four units: .05 of them, rounded, but one at least.
    expect(varianceOfFewUnits.evaluate(shares([0.9, 0.9]))).toEqual([]);
    const wide = shares([0.7, 0.5]);
    wide.networks[0].layers[1].units = 100;
    const found = varianceOfFewUnits.evaluate(wide);
    expect(found).toMatchObject([{ where: { network: 'both', layer: 'hidden2' } }]);
    expect(found[0].value).toBeCloseTo(12, 9);
    expect(found[0].message).toContain('60 % is of its 5 most active units of 100');
  });

  it('is not seen where they have little of it', () => {
    const wide = shares([0.3, 0.3]);
    wide.networks[0].layers[1].units = 100;
    expect(varianceOfFewUnits.evaluate(wide)).toEqual([]);
  });
});

describe('a task that the most active units hardly follow', () => {
  const inActive = (easy: number[], hard: number[], trained = true) =>
    measured(
      made(trained, [1, 1, 1]),
      { measure: 'varianceExplainedInActive', label: 'easy', each: easy },
      { measure: 'varianceExplainedInActive', label: 'hard', each: hard },
    );

  it('is named with how many times less that is than of one that is computed as well', () => {
    const [hazard, ...more] = farBehindInMostActiveUnits.evaluate(
      inActive([0.51, 0.5, 0.49], [0.1, 0.1, 0.1]),
    );
    expect(more).toEqual([]);
    expect(hazard.where).toEqual({ network: 'both', layer: 'hidden2', task: 'hard', comparedWith: 'easy' });
    expect(hazard.value).toBeCloseTo(5, 12);
    expect(hazard.message).toContain(
      'of the most active tenth of the units of hidden2 “easy” explains 50 % of the variance and “hard” 10 %.',
    );
  });

  it('is not seen where they follow both, in a replicate the other one, by chance, or of an untrained network', () => {
    expect(farBehindInMostActiveUnits.evaluate(inActive([0.4, 0.4, 0.4], [0.3, 0.3, 0.3]))).toEqual([]);
    expect(farBehindInMostActiveUnits.evaluate(inActive([0.9, 0.8, 0.1], [0.1, 0.1, 0.2]))).toEqual([]);
    expect(farBehindInMostActiveUnits.evaluate(inActive([0.9, 0.3, 0.3], [0.1, 0.1, 0.2]))).toEqual([]);
    expect(farBehindInMostActiveUnits.evaluate(inActive([0.51, 0.5, 0.49], [0.1, 0.1, 0.1], false))).toEqual(
      [],
    );
  });
});
