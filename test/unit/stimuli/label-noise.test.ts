import { expect, it } from 'vitest';
import type { Label } from '../../../src/core/label';
import { withNoise } from '../../../src/stimuli/label-noise';
import { runHere } from '../../support/run-here';
import { experimentOf } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { findingsOf } from '../../../src/analysis/findings';

const count = 20_000;
const label = (classes: string[]): Label => ({
  ...{ name: 't', source: 'task', classes, width: 1 },
  kind: classes.length === 2 ? 'binary' : 'categorical',
  values: Float32Array.from({ length: count }, (_, at) => at % classes.length),
});
const wrong = (of: Label, noisy: Label): number[] =>
  [...noisy.values].flatMap((value, at) => (value === of.values[at] ? [] : [at]));

it('has as many labels wrong as it says, the same ones and more where it says more', () => {
  const binary = label(['no', 'yes']);
  const [few, many] = [0.1, 0.3].map((noise) => withNoise(binary, noise, 0));
  const all = new Set(wrong(binary, many));
  // Four standard errors of a share of 20,000.
  expect(Math.abs(wrong(binary, few).length / count - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / count));
  expect(Math.abs(all.size / count - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / count));
  expect(wrong(binary, few).every((at) => all.has(at))).toBe(true);
  expect(withNoise(binary, 0.1, 0).values).toEqual(few.values);
  expect(withNoise(binary, 0.1, 1).values).not.toEqual(few.values);
  expect(wrong(binary, withNoise(binary, 1, 0))).toHaveLength(count);
});

it('has any other class in place of the right one, each as often', () => {
  const four = label(['a', 'b', 'c', 'd']);
  const noisy = withNoise(four, 0.6, 0);
  const steps = wrong(four, noisy).map((at) => ((noisy.values[at] ?? 0) - (four.values[at] ?? 0) + 4) % 4);
  for (const step of [1, 2, 3])
    expect(Math.abs(steps.filter((one) => one === step).length / count - 0.2)).toBeLessThan(
      4 * Math.sqrt(0.16 / count),
    );
});

it('is of the training labels alone: a network that is told the opposite answers the opposite', async () => {
  const results = await runHere(
    experimentOf({
      stimuli: { features: { h: { bits: 8 } }, train: 128, fit: 32, test: 64 },
      tasks: { first: 'h[0]' },
      network: { hidden: [8] },
      training: { learningRate: 0.01, batchSize: 32, epochs: 40 },
      networks: { told: {}, deceived: { training: { labelNoise: { first: 1 } } } },
      seeds: 1,
      analyses: { selectivity: { permutations: 0 } },
    }),
    scratch(),
  );
  const accuracy = (network: string) =>
    findingsOf(results).mean(network, 'accuracy', { label: 'first' })?.mean;
  expect(accuracy('told')).toBeGreaterThan(0.95);
  expect(accuracy('deceived')).toBeLessThan(0.05);
});
