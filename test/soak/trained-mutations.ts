// Two thousand mutated experiments (or as many as the second argument says), made small, are run to their end in a folder (the first
// argument), those that are still experiments.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { mutationRun } from '../unit/experiment/check-mutation';

const [folder, count = '2000', from = '0'] = process.argv.slice(2);

async function soak(): Promise<void> {
  let [experiments, done, faulty] = [0, 0, 0];
  for (let number = Number(from); number < Number(from) + Number(count); number++) {
    const store = join(folder, `store of mutation ${number}`);
    const answer = await mutationRun(number, store);
    rmSync(store, { recursive: true, force: true });
    if (!answer) continue;
    experiments++;
    done += answer.done;
    if (answer.faults.length === 0) continue;
    faulty++;
    console.error(`mutation ${number}:\n  ${answer.faults.join('\n  ')}`);
  }
  console.log(
    `${count} mutated files, of which ${experiments} are still experiments that can be made small: ${done} replicates measured, ${faulty} experiments with a fault.`,
  );
  if (faulty > 0) process.exitCode = 1;
}

void soak();
