import { expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import { replicateNamed } from '../../src/core/replicate';
import { exampleFile } from '../support/gallery';
import { runExperiment } from '../support/run-experiment';
import { scratch } from '../support/scratch';
import { blocks } from '../reference/fixtures/functions.json';

it('counts as many functions, as complex and as unequally probable, as NumPy finds', async () => {
  const random = { hidden: [40, 40], count: blocks.networks };
  const analyses = { selectivity: { permutations: 100 } };
  const file = exampleFile('simplicity-bias');
  const reduced = { ...file, analyses, networks: { 'at random': { network: { random } } }, seeds: 3 };
  const { results } = await runExperiment(reduced, scratch());
  const findings = findingsOf(results);
  for (const [at, measure] of ['distinctFunctions', 'meanComplexity', 'simplicityBias'].entries())
    for (const seed of [0, 1, 2]) {
      const value = findings.at(replicateNamed('at random', seed), measure)?.value ?? NaN;
      expect(Math.abs(value - blocks.mean[at]) / blocks.sd[at], measure).toBeLessThan(4.5);
    }
  // No rule of trained networks speaks of what is not trained.
  expect(results.hazards.map(({ rule }) => rule)).toEqual([]);
});
