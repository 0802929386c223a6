// `npm test`: all set-up, then every check. The last line is `N passed, N failed`.
// Uses nothing but Node until the packages are there.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './setup.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, 'out', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const bin = (name) => join(root, 'node_modules', '.bin', name);
const node = (script, ...args) => [process.execPath, [join('scripts', script), ...args]];

let passed = 0;
let failed = 0;
const failures = [];

/** Runs a command, and tells what it said when it has ended: two may run at a time. */
function run(name, [command, args], { env = process.env } = {}) {
  console.log(`── ${name}…`);
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('error', ({ message }) => (said += `${message}\n`));
    child.on('close', (status) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      console.log(`\n${said}── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
      resolve(status === 0);
    });
  });
}

/** A check that passes or fails as a whole; one that writes a report counts its tests. */
async function check(name, command, { report, ...options } = {}) {
  const right = await run(name, command, options);
  if (report && existsSync(report)) {
    const counted = JSON.parse(readFileSync(report, 'utf8'));
    passed += counted.numPassedTests;
    failed += counted.numFailedTests;
    if (!right && counted.numFailedTests === 0) failed += 1;
  } else if (right) passed += 1;
  else failed += 1;
  if (!right) failures.push(name);
  return right;
}

/** What needs no browser and no VS Code, one after the other; then all tests but those in VS Code. */
async function checks(browserThere) {
  await check('types', [bin('tsc'), ['-p', '.']]);
  await check('types of the webview', [bin('tsc'), ['-p', 'webview']]);
  await check('types of its tests', [bin('tsc'), ['-p', 'test/webview']]);
  await check('lint', [bin('eslint'), ['--max-warnings', '0', '.']]);
  await check('circles and unused exports', node('house.mjs'));
  await check('format', [bin('prettier'), ['--check', '--log-level', 'warn', '.']]);
  await check('schemas are up to date', node('schemas.mjs', '--check'));
  await check('signatures of kernels are up to date', node('kernel-signatures.mjs', '--check'));
  await browserThere;
  const { chromium } = await import('./chromium.mjs');
  const browser = await chromium();
  const report = join(reports, 'vitest.json');
  await check(
    'unit, reference and webview tests',
    [bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
    {
      report,
      env: { ...process.env, ...browser.env, REPSCOPE_CHROMIUM: browser.executable },
    },
  );
}

if (await check('build', [process.execPath, ['esbuild.js']])) {
  // What is to be had from elsewhere comes in while types and lint are checked; both may want the system's packages: one after the other.
  const browserThere = run('Chromium is there', node('chromium.mjs'));
  const vscodeThere = browserThere.then(
    () => process.env.REPSCOPE_VSCODE === undefined && run('VS Code is there', node('vscode.mjs')),
  );
  await checks(browserThere);
  await vscodeThere;
  // By itself: it is worked as a user works it, who waits seconds, not minutes.
  await check('in a real VS Code', node('vscode-tests.mjs'), { report: join(reports, 'vscode.json') });
}

if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
