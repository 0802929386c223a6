import { describe, expect, it } from 'vitest';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { moreValuesThanUnits as rule } from '../../../src/hazards/more-values-than-units';
import { network, results } from './fabricate';

/** Layers have 4 units. */
function looked(
  values: number,
  { replicates = 2, name = 'entity', isAsked = true, trained = true } = {},
): HazardInput {
  const input = results([network({ trained, accuracy: { facts: new Array<number>(replicates).fill(1) } })]);
  const classes = ['none', ...Array.from({ length: values }, (_, at) => `e${at}`)];
  const column = { name, source: 'feature' as const, kind: 'categorical' as const, classes, width: 1 };
  return {
    ...input,
    labels: [{ ...column, sameAs: null, wholeDesign: false }],
    ...(isAsked ? { asked: { facts: { says: 'Facts.', documents: 4, floors: [] } } } : {}),
  };
}

describe('more values than units', () => {
  it('are named with both numbers', () => {
    const [hazard, ...more] = rule.evaluate(looked(5));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ value: 5, threshold: 4, where: { network: 'both', label: 'entity' } });
    expect(hazard.message).toBe(
      'The tokens that are looked at have 5 values of “entity”, and hidden2 of “both” has 4 units: they are in superposition.',
    );
  });

  it.each([
    ['each can have a direction', looked(4)],
    ['there is no other replicate to be compared with', looked(5, { replicates: 1 })],
    ['they are places', looked(5, { name: 'position' })],
    ['stimuli are no documents', looked(5, { isAsked: false })],
    ['the network is untrained', looked(5, { trained: false })],
  ])('are not seen where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });
});
