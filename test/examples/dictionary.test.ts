import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import { readExperiment } from '../../src/sources/read-experiment';
import { runHere } from '../support/run-here';
import { scratch } from '../support/scratch';

it('the dictionary of the example splits what single units and a probe hold', async () => {
  const text = readFileSync('examples/dictionary.experiment.json', 'utf8')
    .replace('"seeds": 3', '"seeds": 1')
    .replace('"permutations": 100', '"permutations": 0')
    .replace(/,\s*"untrained": .*\n/, ',\n');
  const { experiment } = readExperiment(text);
  if (!experiment) throw new Error('The example has problems.');
  const findings = findingsOf(await runHere(experiment, scratch()));
  const mean = (measure: string, label?: string): number =>
    findings.mean('both', `dictionary.${measure}`, { site: 'hidden2', ...(label ? { label } : {}) })?.mean ??
    NaN;
  // Every label can be read out, and the dictionary holds nearly all variance: still no unit of it is as good as one of the layer.
  for (const label of ['easy', 'hard']) {
    expect(mean('recovery.probe', label)).toBeGreaterThan(0.99);
    expect(mean('recovery.components', label)).toBeGreaterThan(0.95);
    expect(mean('recovery', label)).toBeLessThan(mean('recovery.units', label) - 0.05);
  }
  expect(mean('variance')).toBeGreaterThan(0.95);
  expect(mean('active')).toBeLessThanOrEqual(4);
});
