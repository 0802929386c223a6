import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import type { ExperimentFile } from '../../src/experiment/file';
import { findingsOf } from '../../src/analysis/findings';
import { replicateNamed } from '../../src/core/replicate';
import { runExperiment } from '../support/run-experiment';
import { scratch } from '../support/scratch';
import { blocks } from '../reference/fixtures/functions.json';

const file = parse(readFileSync('examples/simplicity-bias.experiment.json', 'utf8')) as ExperimentFile;

it('shows that random networks compute simple functions more often, as many as NumPy finds', async () => {
  const random = { hidden: [40, 40], count: blocks.networks };
  const analyses = { selectivity: { permutations: 100 } };
  const reduced = { ...file, analyses, networks: { 'at random': { network: { random } } }, seeds: 3 };
  const { results } = await runExperiment(reduced, scratch());
  const findings = findingsOf(results);
  const mean = (measure: string) => findings.mean('at random', measure);
  expect(mean('simplicityBias')?.high).toBeLessThan(0);
  expect(mean('boundSlope')?.mean).toBeLessThan(0);
  expect(mean('meanComplexity')?.high).toBeLessThan((mean('coinComplexity')?.mean ?? 0) / 2);
  for (const [at, measure] of ['distinctFunctions', 'meanComplexity', 'simplicityBias'].entries())
    for (const seed of [0, 1, 2]) {
      const value = findings.at(replicateNamed('at random', seed), measure)?.value ?? NaN;
      expect(Math.abs(value - blocks.mean[at]) / blocks.sd[at], measure).toBeLessThan(4.5);
    }
  // No rule of trained networks speaks of what is not trained.
  expect(results.hazards.map(({ rule }) => rule)).toEqual([]);
});
