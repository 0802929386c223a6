import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keptResults } from '../protocol/kept-results';
import type { Results } from '../protocol/results';
import { codeOf, whyOf } from '../run/system-error';
import { UserError } from '../verbs/user-error';
import { defaultOut } from './default-out';

/** Larger results are refused unread: JavaScript has no longer texts. */
const mostBytes = 500_000_000;

/**
 * The results of a run that was written: from its folder, its `results.json`, or the experiment file that it was made from.
 *
 * @throws UserError where there are none, or where they are none of this version
 */
export async function readRun(place: string): Promise<Results> {
  const file = await resultsFile(place);
  const text = await textOf(file, place);
  let results: unknown;
  try {
    results = JSON.parse(text);
  } catch {
    throw new UserError(`${file} is no JSON: it was not written to its end. Analyse the experiment again.`);
  }
  const kept = keptResults(results);
  if (!kept)
    throw new UserError(`${file} has no results of this version of RepScope. Analyse the experiment again.`);
  return kept;
}

async function resultsFile(place: string): Promise<string> {
  if ((await stat(place).catch(() => null))?.isDirectory() === true) return join(place, 'results.json');
  return place.endsWith('results.json') ? place : join(defaultOut(place), 'results.json');
}

async function textOf(file: string, place: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > mostBytes)
        throw new UserError(`${file} has ${size} bytes: more than the ${mostBytes} that can be read.`);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? ''))
      throw new UserError(`Cannot read ${file}: ${whyOf(error)}.`);
    throw new UserError(
      place !== file && place.endsWith('.json')
        ? `There are no results at ${file}: analyse ${place} here first, or name the folder that they are in.`
        : `There are no results at ${file}: name the folder of a run, or the experiment file that was analysed here.`,
    );
  }
}
