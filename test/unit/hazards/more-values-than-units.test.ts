import { describe, expect, it } from 'vitest';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { moreValuesThanUnits as rule } from '../../../src/hazards/more-values-than-units';
import { network, results, rsa } from './fabricate';

/** Layers have 4 units; two replicates. */
function looked({
  columns = { entity: 5 } as Record<string, number>,
  explains = { entity: 0.3 } as Record<string, number>,
  similarity = 0.36 as number | null,
  isAsked = true,
  trained = true,
}): HazardInput {
  const varianceExplained = Object.fromEntries(
    Object.entries(explains).map(([name, share]) => [name, [share - 0.02, share + 0.02]]),
  );
  const input = results(
    [network({ trained, accuracy: { facts: [1, 1] }, varianceExplained })],
    [rsa(['both', 'both', similarity])],
  );
  const labels = Object.entries(columns).map(([name, values]) => ({
    ...{ name, source: 'feature' as const, kind: 'categorical' as const, width: 1 },
    ...{ classes: ['none', ...Array.from({ length: values }, (_, at) => `e${at}`)] },
    ...{ sameAs: null, wholeDesign: false },
  }));
  const asked = { facts: { says: 'Facts.', documents: 4, floors: [] } };
  return { ...input, labels, ...(isAsked ? { asked } : {}) };
}

describe('more values than units', () => {
  it('are named where the layer holds them, and replicates are little alike', () => {
    const [hazard, ...more] = rule.evaluate(looked({}));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      value: 0.36,
      threshold: 0.5,
      where: { network: 'both', label: 'entity' },
    });
    expect(hazard.message).toBe(
      'Replicates of “both” are similar by 0.36 in hidden2 (RSA by correlation distance), of whose variance “entity” explains 30 %: its 5 values are in superposition in 4 units.',
    );
  });

  it('are of the column that explains most', () => {
    const columns = { entity: 5, fact: 40, kind: 3 };
    const [hazard] = rule.evaluate(looked({ columns, explains: { entity: 0.3, fact: 0.2, kind: 0.4 } }));
    expect(hazard.where).toMatchObject({ label: 'entity' });
  });

  it.each([
    ['each can have a direction', looked({ columns: { entity: 4 } })],
    ['the layer does not hold them', looked({ explains: { entity: 0.05 } })],
    ['nothing says what they explain', looked({ explains: {} })],
    ['replicates are alike', looked({ similarity: 0.6 })],
    ['there is no other replicate to be compared with', looked({ similarity: null })],
    ['they are places', looked({ columns: { position: 5 }, explains: { position: 0.5 } })],
    ['stimuli are no documents', looked({ isAsked: false })],
    ['the network is untrained', looked({ trained: false })],
  ])('are not seen where %s', (_, silent) => {
    expect(rule.evaluate(silent)).toEqual([]);
  });
});
