import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import type { ExperimentFile } from '../../src/experiment/file';
import type { Value } from '../../src/protocol/results';
import { experimentOf } from '../support/run-experiment';
import { runHere } from '../support/run-here';
import { scratch } from '../support/scratch';

const example = (name: string): Required<ExperimentFile> =>
  parse(readFileSync(`examples/${name}.experiment.json`, 'utf8')) as Required<ExperimentFile>;

/** The numbers of all replicates, of which each must be there. */
function numbers(values: readonly Value[] | undefined): number[] {
  expect(values).not.toContain(null);
  expect(values?.length).toBeGreaterThan(0);
  return (values ?? []).flatMap((value) => value ?? []);
}

it('decodes from an untrained layer what nothing computes, by a small network alone, as from the inputs', async () => {
  const file = example('decoding-overestimates');
  // Of 12 inputs and 40 units.
  const { features } = file.stimuli;
  const results = await runHere(
    experimentOf({
      ...file,
      stimuli: {
        ...file.stimuli,
        features: { ...features, rest: { bits: 10 } },
        train: 64,
        fit: 512,
        test: 256,
      },
      network: { ...file.network, hidden: [40] },
      networks: { untrained: file.networks['untrained'] },
      analyses: { ...file.analyses, selectivity: { permutations: 0 } },
      seeds: 1,
    }),
    scratch(),
  );
  const decoded = (measure: string): number[] =>
    numbers(
      findingsOf(results).mean('untrained', `probe.${measure}`, { site: 'hidden1', label: 'xor' })?.values,
    );
  for (const score of [...decoded('mlp'), ...decoded('mlp.inputs')]) expect(score).toBeGreaterThan(0.9);
  for (const score of decoded('logistic')) expect(score).toBeLessThan(0.75);
});

it('follows the easy feature where it conflicts with a hard one that is computed as well', async () => {
  const file = example('decoders-follow-the-easy-feature');
  // Of the parity of three bits (that of two is hardly a hard one: replicates differ), among twelve others, in two layers.
  const { features } = file.stimuli;
  const few = { ...features, h: { bits: 3 }, 'h noise': { bits: 6 }, 'e noise': { bits: 6 } };
  const results = await runHere(
    experimentOf({
      ...file,
      stimuli: { ...file.stimuli, features: few, train: 2048, fit: 300, test: 300 },
      network: { ...file.network, hidden: [64, 32] },
      training: { ...file.training, learningRate: 0.003, batchSize: 128, epochs: 30, checkpoints: 2 },
      networks: { both: file.networks['both'] },
      analyses: {
        selectivity: { permutations: 0 },
        probe: { ...file.analyses.probe, kinds: ['ridge'], labels: ['easy'] },
      },
      seeds: 3,
    }),
    scratch(),
  );
  const findings = findingsOf(results);
  for (const label of ['easy', 'hard'])
    for (const accuracy of numbers(findings.mean('both', 'accuracy', { label })?.values))
      expect(accuracy).toBeGreaterThan(0.97);
  const where = { site: 'hidden2', label: 'easy', part: 'hard' };
  const found = findings.mean('both', 'probe.ridge.conflict', where);
  for (const share of numbers(found?.values)) expect(share).toBeGreaterThan(0.75);
});
