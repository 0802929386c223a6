import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFaults } from '../../support/run-faults';
import { saneExperiment } from '../../support/sane-experiment';
import { scratch } from '../../support/scratch';

it('random experiments are measured and pictured, or say what in them to change', async () => {
  const folder = scratch();
  let done = 0;
  // The last three overflow.
  for (const number of [0, 1, 2, 3, 4, 5, 6, 7, 8, 38, 42, 71]) {
    const answer = await runFaults(saneExperiment(number), join(folder, String(number)));
    expect(answer.faults, `experiment ${number}`).toEqual([]);
    done += answer.done;
  }
  expect(done).toBeGreaterThan(20);
}, 300_000);
