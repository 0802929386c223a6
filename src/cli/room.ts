import type { Room } from '../verbs/verb';
import { readText } from './files';
import { readRun } from './read-run';

/** Files and runs, by their paths. */
export const room: Room = {
  text: readText,
  kept: async (run) => ({ name: run, results: await readRun(run) }),
};
