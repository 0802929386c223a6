import { jsonPieces } from '../formats/json';
import { visibleLines } from '../formats/visible';
import { exitCode } from './analyze';
import { print } from './print';
import { readRun } from './read-run';

/** `repscope hazards RUN`: what of a run misleads, with the number that shows it, and what to look at instead. */
export async function hazards(run: string, { json }: { json?: boolean }): Promise<number> {
  const { title, hazards: found } = await readRun(run);
  if (json === true) await print(jsonPieces({ title, hazards: found }));
  else if (found.length === 0) process.stdout.write('No hazard was found.\n');
  else
    for (const { severity, rule, message, advice } of found)
      process.stdout.write(visibleLines(`${severity}: ${message} ${advice} (${rule})\n`));
  return exitCode.done;
}
