import { describe, expect, it } from 'vitest';
import { contextWithoutTraining as rule } from '../../../src/hazards/context-without-training';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { network, results } from './fabricate';

function asked(share: number | undefined, accuracy: number[], trained = true): HazardInput {
  const input = results([network({ trained, accuracy: { 'in context': accuracy } })]);
  const inContext = share === undefined ? {} : { inContext: { both: share } };
  return {
    ...input,
    asked: { 'in context': { says: 'After the fact.', documents: 40, floors: [], ...inContext } },
  };
}

describe('a set that is asked in context of who never was trained so', () => {
  it('is named with its score', () => {
    const [hazard, ...more] = rule.evaluate(asked(0, [0.1, 0.12]));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ value: 0, where: { network: 'both', set: 'in context' } });
    expect(hazard.message).toBe(
      '“both” answers 11.0 % of “in context”, where what is asked stands in the context, and has seen no training document in which it does.',
    );
  });

  it.each([
    ['some training documents are so', asked(0.01, [0])],
    ['the set is not asked in context', asked(undefined, [0])],
    ['the network is untrained', asked(0, [0], false)],
    ['nothing is done', asked(0, [])],
    ['nothing is asked', results([network({ accuracy: { 'in context': [0] } })])],
  ])('is not seen where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });
});
