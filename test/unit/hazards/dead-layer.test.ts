import { describe, expect, it } from 'vitest';
import { deadLayer as rule } from '../../../src/hazards/dead-layer';
import { network, results } from './fabricate';

/** Replicates with these constant units of the four in `hidden2`. */
const of = (constant: number[][], trained = true) => {
  const made = network({ trained, accuracy: { hard: constant.map(() => 0.5) } });
  const layer = (name: string, constantUnits: number[]) => ({ name, units: 4, constantUnits });
  const replicates = made.replicates.map((replicate, seed) => ({
    ...replicate,
    layers: [layer('hidden1', [0]), layer('hidden2', constant[seed]), layer('output', constant[seed])],
  }));
  return results([{ ...made, replicates }]);
};

describe('a layer in which no unit varies', () => {
  it('is named with its replicates, at the first such layer', () => {
    const [hazard, ...more] = rule.evaluate(of([[0, 1, 2, 3], [], [0, 1, 2, 3]]));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      severity: 'warning',
      value: 2,
      where: { network: 'both', layer: 'hidden2' },
    });
    expect(hazard.message).toBe(
      '2 of 3 replicates of “both” (seeds 0, 2) answer the same to every stimulus: no unit of hidden2 varies.',
    );
  });

  it('is serious where every replicate has one: there are no others that means could be over', () => {
    const [hazard] = rule.evaluate(of([[0, 1, 2, 3]]));
    expect(hazard).toMatchObject({ severity: 'serious', value: 1 });
    expect(hazard.advice).not.toContain('other replicates');
    expect(rule.evaluate(of([[0, 1, 2, 3], []]))[0].advice).toContain(
      'their means are over the other replicates.',
    );
  });

  it('is not seen where a unit varies, nor in an untrained network', () => {
    expect(rule.evaluate(of([[0, 1, 2], []]))).toEqual([]);
    expect(rule.evaluate(of([[0, 1, 2, 3]], false))).toEqual([]);
  });

  it('is of activations: a gradient that is 0 for every stimulus is of what is learned', () => {
    const made = of([[0, 1, 2, 3]]);
    const [{ layers, ...network }] = made.networks;
    const asGradient = layers.map((layer) => ({ ...layer, role: 'gradient' as const }));
    expect(rule.evaluate({ ...made, networks: [{ ...network, layers: asGradient }] })).toEqual([]);
  });
});
