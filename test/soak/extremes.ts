// Every number of small experiments at its extremes: each is refused with its mend, or run to its end in a folder (the first argument).
import { extremeAnswer, extremeRunFaults, extremes, isSmall } from '../unit/experiment/extremes';

const [folder] = process.argv.slice(2);

async function soak(): Promise<void> {
  let [refused, run, large, faulty] = [0, 0, 0, 0];
  const all = extremes();
  for (const extreme of all) {
    const { fault, experiment } = extremeAnswer(extreme);
    const faults = fault === null ? [] : [fault];
    if (!experiment) refused++;
    else if (!isSmall(experiment)) large++;
    else {
      run++;
      faults.push(...(await extremeRunFaults(experiment, folder)));
    }
    if (faults.length === 0) continue;
    faulty++;
    console.error(`${extreme.what}:\n  ${faults.join('\n  ')}`);
  }
  console.log(
    `${all.length} files with one number at an extreme: ${refused} refused with a mend, ${run} run to their end, ${large} too large by their own plan; ${faulty} with a fault.`,
  );
  if (faulty > 0) process.exitCode = 1;
}

void soak();
