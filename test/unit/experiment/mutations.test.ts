import { expect, test } from 'vitest';
import { readExperiment } from '../../../src/experiment/read';
import { mutationFault } from './check-mutation';
import { SEEDS } from './mutate';

test('the files that mutations start from are valid', () => {
  for (const seed of SEEDS) {
    const { experiment, problems } = readExperiment(seed);
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(experiment).not.toBeNull();
  }
});

test('500 mutated files are each answered within a second, with placed problems or an experiment', () => {
  const faults: string[] = [];
  for (let number = 0; number < 500; number++) {
    const fault = mutationFault(number);
    if (fault) faults.push(`${number}: ${fault}`);
  }
  expect(faults).toEqual([]);
}, 60_000);
