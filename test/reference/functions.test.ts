import { expect, it } from 'vitest';
import { lempelZivComplexity } from '../../src/analysis/functions/lempel-ziv';
import { FusedEngine } from '../../src/training/fused/engine';
import fixture from './fixtures/functions.json';

const bitsOf = (row: string): Uint8Array => Uint8Array.from(row, Number);

it('complexities are those of Kaspar and Schuster', () => {
  for (const { row, complexity } of fixture.rows)
    expect(lempelZivComplexity(bitsOf(row)), row).toBeCloseTo(complexity, 10);
});

it('what networks answer to all inputs is what NumPy finds', async () => {
  const network = { hidden: [4, 4], activation: 'relu', leakySlope: 0 } as const;
  const inputs = Float32Array.from(
    { length: 128 * 7 },
    (_, at) => (Math.floor(at / 7) >> (6 - (at % 7))) & 1,
  );
  for (const { parameters, answers } of fixture.networks) {
    const layers = await FusedEngine.create().activations(network, 1, Float32Array.from(parameters), {
      ...{ rows: 128, cols: 7, data: inputs },
    });
    expect([...(layers.at(-1)?.data ?? [])].map((value) => (value > 0 ? 1 : 0)).join('')).toBe(answers);
  }
});
