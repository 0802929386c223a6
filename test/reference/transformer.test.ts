import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OptimizerName } from '../../src/experiment/file';
import { parameterPlaces } from '../../src/training/graph/program';
import { GraphStepper } from '../../src/training/graph/stepper';
import { transformer } from '../../src/training/graph/transformer';
import { settings } from '../support/sequences';

interface Run {
  activation: 'relu' | 'gelu';
  tied: boolean;
  optimizer: OptimizerName;
  weightDecay: number;
  rate: number;
  initial: number[];
  losses: number[];
  final: number[];
}

interface Fixture {
  vocabulary: number;
  length: number;
  width: number;
  hidden: number;
  layers: number;
  heads: number;
  documents: number[][];
  counts: number[][];
  batches: number[][];
  runs: Run[];
}

/** By PyTorch in float64: make/transformer.py. */
const file = new URL('fixtures/transformer.json', import.meta.url);
const { runs, documents, counts, batches, ...spec } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const sequences = {
  tokens: Uint16Array.from(documents.flat()),
  starts: Uint32Array.from(
    documents.reduce((starts, { length }) => [...starts, starts.at(-1)! + length], [0]),
  ),
  counts: Uint8Array.from(counts.flat()),
};

describe('transformers are trained as PyTorch trains them', () => {
  it.each(runs)(
    '$optimizer, $activation, tied: $tied, weight decay $weightDecay: $losses.length steps',
    ({ activation, tied, optimizer, weightDecay, rate, initial, losses, final }) => {
      const program = transformer({ ...spec, activation, tied });
      const stepper = new GraphStepper(
        program,
        settings({ optimizer, weightDecay }),
        Float32Array.from(initial),
      );
      batches.forEach((batch, step) => {
        const score = stepper.step({ sequences, documents: Uint32Array.from(batch), learningRate: rate });
        expect(Math.abs(score.loss / losses[step] - 1), `step ${step}`).toBeLessThan(2e-5);
        expect(score.counted).toBe(batch.reduce((sum, d) => sum + counts[d].reduce((a, b) => a + b), 0));
      });
      const parameters = stepper.parameters();
      for (const { name, offset, rows, units } of parameterPlaces(program))
        for (let i = 0; i < rows * units; i++) {
          // Nothing depends on the biases of keys: their gradients are rounding, which Adam makes as large as any.
          if (name.endsWith('qkv.bias') && Math.floor((3 * i) / units) === 1) continue;
          expect(Math.abs(parameters[offset + i] - final[offset + i]), `${name} ${i}`).toBeLessThan(2e-4);
        }
      stepper.release();
    },
  );
});
