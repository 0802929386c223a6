import { describe, expect, it } from 'vitest';
import { belowAFloor as rule } from '../../../src/hazards/below-a-floor';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { network, results } from './fabricate';

const floors = [
  { name: 'that it is an entity', score: 0.01 },
  { name: 'which entities are left', score: 0.125 },
];

function asked(accuracy: number[], trained = true, of = floors): HazardInput {
  const input = results([network({ trained, accuracy: { reversal: accuracy } })]);
  return { ...input, asked: { reversal: { says: 'The inverse.', documents: 40, floors: of } } };
}

describe('an evaluation set below a floor', () => {
  it('is named, with the highest floor that is not exceeded', () => {
    const [hazard, ...more] = rule.evaluate(asked([0.1, 0.12]));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ threshold: 0.125, where: { network: 'both', set: 'reversal' } });
    expect(hazard.value).toBeCloseTo(0.11, 12);
    expect(hazard.message).toBe(
      '“both” answers 11.0 % of “reversal” rightly, no more than one would who knew only which entities are left (12.5 %).',
    );
    expect(rule.evaluate(asked([0.01, 0.01]))[0].threshold).toBe(0.125);
  });

  it.each([
    ['all floors are exceeded', asked([0.12, 0.14])],
    ['only one of all documents is not', asked([0.9], true, [{ name: 'the branch', score: 1 }])],
    ['the network is untrained', asked([0], false)],
    ['nothing is done', asked([])],
    ['nothing is asked', results([network({ accuracy: { reversal: [0] } })])],
  ])('is not seen where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });
});
