import { describe, expect, it } from 'vitest';
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
    schemaVersion: 1,
    networks: [{ layers }],
    rsa: [],
    labels: [],
    hazards: [],
    notes: [],
    confidence: 0.95,
    experiment: '{}',
  });

  it('get the roles of their layers: the last one is the readout', () => {
    const results = keptResults(kept({ name: 'hidden1', units: 4 }, { name: 'output', units: 2 }));
    expect(results?.networks[0].layers.map(({ role }) => role)).toEqual(['hidden', 'readout']);
  });

  it('are refused where they are none', () => {
    const whole = kept() as object;
    expect(keptResults(whole)).not.toBeNull();
    // The last two are of builds before intervals and stimuli were mended.
    for (const value of [
      null,
      [],
      { schemaVersion: 2 },
      { ...whole, networks: [null] },
      { ...whole, confidence: undefined },
      { ...whole, experiment: undefined },
    ])
      expect(keptResults(value)).toBeNull();
  });
});
