import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import type { ExperimentFile } from '../../src/experiment/file';
import { experimentOf } from '../support/run-experiment';
import { runHere } from '../support/run-here';
import { scratch } from '../support/scratch';

it('flips the answers of the feature that it moves along and of no other, and keeps easy in fewer components than hard', async () => {
  const file = parse(
    readFileSync('examples/causal-check.experiment.json', 'utf8'),
  ) as Required<ExperimentFile>;
  // Smaller, so that it takes seconds.
  const { features } = file.stimuli;
  const { both, 'steer easy': easy, 'steer hard': hard, rebuild } = file.networks;
  const results = await runHere(
    experimentOf({
      ...file,
      stimuli: {
        ...file.stimuli,
        features: { ...features, 'e noise': { bits: 4 }, 'h noise': { bits: 4 } },
        train: 4096,
        fit: 256,
        test: 256,
      },
      network: { ...file.network, hidden: [64, 64, 64, 16] },
      networks: { both, 'steer easy': easy, 'steer hard': hard, rebuild },
      training: { ...file.training, learningRate: 0.002, batchSize: 256, epochs: 40 },
      analyses: { selectivity: { permutations: 0 } },
      seeds: 2,
    }),
    scratch(),
  );
  const values = (network: string, measure: string, label: string, dose: string): number[] => {
    const found = findingsOf(results).mean(network, measure, { label, part: dose })?.values ?? [];
    expect(found).toHaveLength(2);
    return found.map((one) => one ?? NaN);
  };
  for (const [own, other] of [
    ['easy', 'hard'],
    ['hard', 'easy'],
  ]) {
    const flips = (label: string): number[] => values(`steer ${own}`, 'change.flips', label, '1');
    expect(Math.min(...flips(own))).toBeGreaterThan(0.9);
    expect(Math.max(...flips(other))).toBeLessThan(0.05);
  }
  const rebuilt = (label: string): number[] => values('rebuild', 'change.accuracy', label, '1');
  expect(Math.min(...rebuilt('easy'))).toBeGreaterThan(0.9);
  expect(Math.max(...rebuilt('hard'))).toBeLessThan(0.65);
});
