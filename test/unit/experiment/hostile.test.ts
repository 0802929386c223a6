import { expect, test } from 'vitest';
import { Budget } from '../../../src/experiment/budget';
import { checkExperiment } from '../../../src/run/check';
import { answerFault } from './check-mutation';
import { hostile } from './hostile';

/** Steps of a check; the time that they take is measured by the soak. */
const STEPS = 9_000_000;

class Counted extends Budget {
  spent = 0;
  override spend(steps: number): boolean {
    const fits = super.spend(steps);
    if (fits) this.spent += steps;
    return fits;
  }
}

test('hostile files are answered within the steps of a check, with placed problems or an experiment', () => {
  const faults: string[] = [];
  // One of each kind, and one whose agreement was worked out for every stimulus without being paid for.
  for (const number of [...Array(23).keys(), 2211]) {
    const { kind, text } = hostile(number);
    const budget = new Counted(STEPS);
    const fault = answerFault(text, checkExperiment(text, budget));
    if (fault !== null) faults.push(`${number} (${kind}): ${fault}`);
    if (!(budget.spent <= STEPS)) faults.push(`${number} (${kind}): ${budget.spent} steps`);
  }
  expect(faults).toEqual([]);
});
