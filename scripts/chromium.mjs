// Finds a Chromium for the webview and workbench tests, and on a bare machine installs one: Debian's package where we may,
// otherwise the browser that the npm package @sparticuz/chromium carries. Prints its path.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hasDebian, installDebian } from './debian.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, '.cache', 'chromium');
const installedNames = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const run = (command, args, options = {}) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options }).status === 0;

/** @returns {Promise<{ executable: string, env: Record<string, string> }>} */
export async function chromium() {
  if (process.env.REPSCOPE_CHROMIUM) return { executable: process.env.REPSCOPE_CHROMIUM, env: {} };
  let found = installedNames.find((name) => existsSync(name));
  if (!found && hasDebian) {
    console.error('Installing Chromium (once)…');
    installDebian('chromium');
    found = installedNames.find((name) => existsSync(name));
  }
  return found ? { executable: found, env: {} } : fromNpm();
}

async function fromNpm() {
  const folder = join(cache, 'node_modules', '@sparticuz', 'chromium');
  if (!existsSync(folder)) {
    console.error('Installing Chromium from npm (once)…');
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'package.json'), '{ "private": true }');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '@sparticuz/chromium@138.0.2'];
    if (!run('npm', args, { cwd: cache }))
      throw new Error('No Chromium: install one, or name it in REPSCOPE_CHROMIUM.');
  }
  // Makes the package unpack the libraries that a machine without NSS and expat lacks, too.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const main = readdirSync(join(folder, 'build')).includes('esm') ? 'build/esm/index.js' : 'build/index.js';
  const { default: packaged } = await import(pathToFileURL(join(folder, main)).href);
  const executable = await packaged.executablePath();
  return { executable, env: { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH ?? '' } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await chromium()).executable);
