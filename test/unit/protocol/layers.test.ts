import { describe, expect, it } from 'vitest';
import { noColumns } from '../../../src/core/values';
import { keptResults } from '../../../src/protocol/kept-results';
import { lastHiddenLayer, layersOf, mainLayer } from '../../../src/protocol/layers';

describe('the layer that a network is shown by', () => {
  it('is the last hidden one by its role, whatever it is called', () => {
    const layers = [
      { name: 'output', role: 'hidden' as const },
      { name: 'hidden1', role: 'readout' as const },
    ];
    expect(mainLayer(layers)?.name).toBe('output');
    expect(lastHiddenLayer(layers)?.name).toBe('output');
    expect(mainLayer(layersOf(2))?.name).toBe('hidden2');
  });

  it('is the readout where there is no hidden layer, which then is no last hidden one', () => {
    expect(mainLayer(layersOf(0))?.name).toBe('output');
    expect(lastHiddenLayer(layersOf(0))).toBeUndefined();
  });
});

describe('results that an earlier version kept', () => {
  const kept = (...layers: unknown[]): unknown => ({
    schemaVersion: 2,
    networks: [{ layers }],
    values: noColumns(),
    rsa: [],
    pairs: [],
    labels: [],
    hazards: [],
    notes: [],
    confidence: 0.95,
    experiment: '{}',
  });

  it('are refused where they are none', () => {
    const whole = kept() as object;
    expect(keptResults(whole)).not.toBeNull();
    // Version 1 had a tree of numbers in the place of the table.
    for (const value of [
      null,
      [],
      { schemaVersion: 2 },
      { ...whole, schemaVersion: 1 },
      { ...whole, values: undefined },
      { ...whole, networks: [null] },
      { ...whole, confidence: undefined },
      { ...whole, experiment: undefined },
    ])
      expect(keptResults(value)).toBeNull();
  });
});
