import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { compareRdms } from '../verbs/compare-rdms';
import { exitCode } from './analyze';
import { arrayRoom } from './array-room';
import { print } from './print';

/** `repscope compare-rdms FILE FILE`: how alike their RDMs are, each of the first with each of the second. */
export async function compareRdmsCommand(
  first: string,
  second: string,
  { json, ...how }: { method?: string; json?: boolean },
): Promise<number> {
  const found = await compareRdms.run({ first, second, ...how }, arrayRoom);
  const { definition, n, pairs, value, why, values } = found;
  function* lines(): Generator<string, void, undefined> {
    yield `${definition} of RDMs of ${n} stimuli, over ${pairs} pairs\n`;
    if (value !== undefined) yield value === null ? `– (${why})\n` : `${value}\n`;
    for (const row of values ?? [])
      yield `${row.map((one) => (one === null ? '–' : fixed(one, 4)).padStart(8)).join('')}\n`;
  }
  await print(json === true ? jsonPieces(found) : lines());
  return exitCode.done;
}
