import { jsonPieces } from '../formats/json';
import { visibleLines } from '../formats/visible';
import { hazards } from '../verbs/hazards';
import { exitCode } from './exit-code';
import { print } from './print';
import { room } from './room';

/** `repscope hazards RUN`: what of a run misleads, with the number that shows it, and what to look at instead. */
export async function hazardsCommand(run: string, { json }: { json?: boolean }): Promise<number> {
  const found = await hazards.run({ run }, room);
  if (json === true) await print(jsonPieces(found));
  else if (found.hazards.length === 0) process.stdout.write('No hazard was found.\n');
  else
    for (const { severity, rule, message, advice, link } of found.hazards)
      process.stdout.write(
        visibleLines(
          `${severity}: ${message} ${advice} (${link === undefined ? rule : `${rule}, ${link}`})\n`,
        ),
      );
  return exitCode.done;
}
