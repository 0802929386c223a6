import { expect, test } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import { mutationFault, mutationRun } from './check-mutation';
import { SEEDS } from './mutate';
import { scratch } from '../../support/scratch';
import { join } from 'node:path';

test('the files that mutations start from are valid', () => {
  for (const seed of SEEDS) {
    const { experiment, problems } = readExperiment(seed);
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(experiment).not.toBeNull();
  }
});

test('mutated files are each answered, with placed problems or an experiment', () => {
  const faults: string[] = [];
  // Of ten thousand, how long the answers take is measured too: npm run soak.
  for (let number = 0; number < 150; number++) {
    const fault = mutationFault(number);
    if (fault) faults.push(`${number}: ${fault}`);
  }
  expect(faults).toEqual([]);
}, 300_000);

test('what is left of a mutated experiment, made small, trains and is pictured or says what to change', async () => {
  const folder = scratch();
  const faults: string[] = [];
  let done = 0;
  // Most mutations are answered with problems: these are experiments, one with pictures and one with a circuit (more: npm run soak).
  for (const number of [6, 297]) {
    const answer = await mutationRun(number, join(folder, String(number)));
    done += answer?.done ?? 0;
    for (const fault of answer?.faults ?? []) faults.push(`${number}: ${fault}`);
  }
  expect(faults).toEqual([]);
  expect(done).toBe(7);
}, 300_000);
