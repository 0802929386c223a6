// `npm test`: all set-up, then every check. The last line is `N passed, N failed`.
// Uses nothing but Node until the packages are there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './setup.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, 'out', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const { chromium } = await import('./chromium.mjs');
const browser = await chromium();
const env = { ...process.env, ...browser.env, REPSCOPE_CHROMIUM: browser.executable };
const bin = (name) => join(root, 'node_modules', '.bin', name);

let passed = 0;
let failed = 0;
const failures = [];

/** A check that passes or fails as a whole; one that writes a report counts its tests. */
function check(name, command, args, report) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  console.log(
    `── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  if (report && existsSync(report)) {
    const counted = JSON.parse(readFileSync(report, 'utf8'));
    passed += counted.numPassedTests;
    failed += counted.numFailedTests;
    if (status !== 0 && counted.numFailedTests === 0) failed += 1;
  } else if (status === 0) passed += 1;
  else failed += 1;
  if (status !== 0) failures.push(name);
  return status === 0;
}

if (check('build', process.execPath, ['esbuild.js'])) {
  check('types', bin('tsc'), ['-p', '.']);
  check('types of the webview', bin('tsc'), ['-p', 'webview']);
  check('types of its tests', bin('tsc'), ['-p', 'test/webview']);
  check('lint', bin('eslint'), ['--max-warnings', '0', '.']);
  check('circles and unused exports', process.execPath, ['scripts/house.mjs']);
  check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
  check('schemas are up to date', process.execPath, ['scripts/schemas.mjs', '--check']);
  check('signatures of kernels are up to date', process.execPath, [
    'scripts/kernel-signatures.mjs',
    '--check',
  ]);
  const report = join(reports, 'vitest.json');
  check(
    'unit, reference and webview tests',
    bin('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    report,
  );
  check('in a real VS Code', process.execPath, ['scripts/vscode-tests.mjs'], join(reports, 'vscode.json'));
}

if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
