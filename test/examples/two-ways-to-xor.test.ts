import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import type { ExperimentFile } from '../../src/experiment/file';
import { findingsOf } from '../../src/analysis/findings';
import { runExperiment } from '../support/run-experiment';
import { scratch } from '../support/scratch';

const file = parse(
  readFileSync('examples/two-ways-to-xor.experiment.json', 'utf8'),
) as Required<ExperimentFile>;

it('shows that two circuits for XOR answer alike, with Euclidean RDMs that correlate at -0.8', async () => {
  const { 'and, or': first, 'a not b, b not a': second } = file.networks;
  const networks = { 'and, or': first, 'a not b, b not a': second };
  const { results } = await runExperiment({ ...file, networks }, scratch());
  const findings = findingsOf(results);
  for (const name of Object.keys(networks))
    expect(findings.mean(name, 'accuracy', { label: 'xor' })?.mean).toBe(1);
  // Of 00, 01, 10, 11 through {and, or}: 1, 1, √2, 0, 1, 1 apart; through the other two gates 1, 1, 0, √2, 1, 1.
  const mean = (4 + Math.SQRT2) / 6;
  const same = 4 * (1 - mean) ** 2;
  const expected = (same + 2 * (Math.SQRT2 - mean) * -mean) / (same + (Math.SQRT2 - mean) ** 2 + mean ** 2);
  const found = results.rsa.find(({ layer, metric }) => layer === 'hidden1' && metric === 'euclidean');
  expect(found?.matrix[1][0]).toBeCloseTo(expected, 12);
  expect(expected).toBeCloseTo(-0.8, 1);
});
