import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from '../../../src/protocol/results';
import { project } from './project';

/** What the command line computes from the same file, trained anew in a store of its own. */
export function analyzedByCommandLine(file: string, store: string): Results {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, 'dist', 'cli.js'), 'analyze', file, '--json', '--store', store],
    { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 },
  );
  if (status !== 0)
    throw new Error(`The command line ended with ${status} on ${readFileSync(file, 'utf8')}:\n${stderr}`);
  return JSON.parse(stdout) as Results;
}
