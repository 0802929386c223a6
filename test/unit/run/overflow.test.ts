import { expect, it } from 'vitest';
import { runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

it('a network whose activations overflow says so, and what to change; the others are measured', async () => {
  const { results } = await runExperiment(
    tinyExperiment({
      network: { hidden: [8, 8, 8] },
      training: { epochs: 0 },
      networks: { calm: {}, huge: { network: { hidden: [8, 8, 8], initialScale: 1e15 } } },
      seeds: 1,
    }),
    scratch(),
    { previews: true },
  );
  const [calm, huge] = results.networks.map(({ replicates }) => replicates[0]);
  expect(calm.status).toBe('done');
  expect(huge.status).toBe('failed');
  expect(huge.reason).toMatch(
    /^The activations of (hidden3|output) overflow before any training\. Lower 'initialScale', or 'amplification' of the features\.$/,
  );
});
