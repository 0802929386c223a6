import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether Debian's packages can be installed here: a bare machine that is ours, as those of checks are. */
export const hasDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs packages of Debian; those who want some at the same time wait for each other. What failed shows in what is missing then. */
export function installDebian(...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]])
    spawnSync('flock', ['/run/lock/repscope-packages', 'apt-get', '-qq', ...args], options);
}
