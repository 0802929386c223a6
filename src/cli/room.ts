import { dirname, resolve } from 'node:path';
import { broughtFiles } from '../sources/brought-files';
import type { Room } from '../verbs/verb';
import { readText } from './files';
import { readRun } from './read-run';

/** Files and runs, by their paths. */
export const room: Room = {
  text: readText,
  brought: (file) => broughtFiles(dirname(resolve(file))),
  kept: async (run) => ({ name: run, results: await readRun(run) }),
};
