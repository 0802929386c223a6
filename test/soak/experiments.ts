// Two hundred random experiments (or as many as the second argument says) are run to their end in a folder (the first argument).
import { join } from 'node:path';
import { runFaults } from '../support/run-faults';
import { saneExperiment } from '../support/sane-experiment';

const [folder, count = '200', from = '0'] = process.argv.slice(2);

async function soak(): Promise<void> {
  let [done, faulty, none] = [0, 0, 0];
  const reasons = new Map<string, number>();
  for (let number = Number(from); number < Number(from) + Number(count); number++) {
    const answer = await runFaults(saneExperiment(number), join(folder, `store of ${number}`));
    done += answer.done;
    if (answer.done === 0) none++;
    for (const reason of answer.reasons) {
      const kind = reason.split(/[:.]/)[0].replace(/\d+/g, 'N');
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
    }
    if (answer.faults.length === 0) continue;
    faulty++;
    console.error(`experiment ${number}:\n  ${answer.faults.join('\n  ')}`);
  }
  console.log(
    `${count} random experiments: ${done} replicates measured, ${none} experiments without any, ${faulty} with a fault. ` +
      `Not measured: ${[...reasons].map(([reason, times]) => `${reason} (${times})`).join(', ')}.`,
  );
  if (faulty > 0) process.exitCode = 1;
}

void soak();
