import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repscope, writeExperiment } from '../../support/command-line';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

/** Runs `repscope` in a shell, which gives it streams that fail. */
function shell(line: string, folder: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('bash', ['-o', 'pipefail', '-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, node: process.execPath, repscope: resolve('dist/cli.js') },
  });
}

describe.skipIf(process.platform === 'win32')('streams that fail', () => {
  it('end no run where they are standard error', () => {
    const folder = scratch();
    writeExperiment(folder, tinyExperiment());
    const line = '"$node" "$repscope" analyze tiny.experiment.json --store store 2>&1 >table | head -1';
    expect(shell(line, folder)).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, 'table'), 'utf8')).toContain('tiny.results/report.html');
    expect(existsSync(join(folder, 'tiny.results', 'report.html'))).toBe(true);
  });

  it('are no error where a reader has seen enough', () => {
    const folder = scratch();
    writeExperiment(folder, tinyExperiment());
    const { status, stderr } = shell('"$node" "$repscope" stimuli tiny.experiment.json | head -1', folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('are said in a line where they are standard output', () => {
    const folder = scratch();
    writeExperiment(folder, tinyExperiment());
    for (const command of ['stimuli', 'analyze --store store --json']) {
      const [verb, ...options] = command.split(' ');
      const words = [verb, 'tiny.experiment.json', ...options].join(' ');
      const { status, stderr } = shell(`"$node" "$repscope" ${words} >/dev/full`, folder);
      expect(status).toBe(1);
      expect(stderr).toMatch(/(?:^|\n)Cannot write standard output: the disk is full \(ENOSPC\)\.\n$/);
    }
  });

  it('say nothing of listeners, however many threads there are', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment({ seeds: 4 }));
    const { code, stderr } = await repscope(['analyze', file, '--workers', '12', '--store', 'store'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(stderr).not.toContain('Warning');
  });
});
