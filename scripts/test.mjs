// `npm test`: all set-up, then every check. The last line is `N passed, N failed`.
// Uses nothing but Node until the packages are there.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join, relative } from 'node:path';
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
/** Names of checks that failed, each with what its report says of its tests. */
const failures = [];

/**
 * Runs a command, and tells what it said when it has ended: several may run at a time.
 *
 * @param options.aside how far it steps aside for the others that run, as the system counts niceness: 0 not at all, 19 wholly
 */
function run(name, [command, args], { env = process.env, aside = 0 } = {}) {
  console.log(`── ${name}…`);
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (aside > 0 && child.pid !== undefined) stepAside(child.pid, aside);
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

function stepAside(pid, aside) {
  try {
    setPriority(pid, aside);
  } catch {
    // It has ended already, or the system has no such thing.
  }
}

/** A check that passes or fails as a whole; one that writes a report counts its tests. */
async function check(name, command, { report, ...options } = {}) {
  const right = await run(name, command, options);
  const counted = report && existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  if (counted) {
    passed += counted.numPassedTests;
    failed += counted.numFailedTests;
    if (!right && counted.numFailedTests === 0) failed += 1;
  } else if (right) passed += 1;
  else failed += 1;
  if (!right) failures.push([name, ...(counted ? failuresIn(counted) : [])].join('\n'));
  return right;
}

/** Each test that failed, and why; a file that could not even be read. What is said last is what is kept of a long output. */
function failuresIn({ testResults }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const wrong = assertionResults.filter(({ status }) => status === 'failed');
    if (wrong.length === 0) return message ? [`  ${relative(root, name)}: ${firstLines(message)}`] : [];
    return wrong.map(
      ({ fullName, failureMessages }) =>
        `  ${relative(root, name)}, ${fullName}:\n    ${firstLines(failureMessages.join('\n'))}`,
    );
  });
}

function firstLines(text) {
  return text.split('\n').slice(0, 12).join('\n    ');
}

function vitest(name, folders, options) {
  const report = join(reports, `${folders[0]}.json`);
  const outputs = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const where = folders.map((folder) => `test/${folder}/`);
  return check(`${name} tests`, [bin('vitest'), ['run', ...outputs, ...where]], { report, ...options });
}

/** What no one waits for as a user does. */
async function computed() {
  const aside = { aside: 19 };
  await check('types', node('types.mjs'), aside);
  await check('lint', [bin('oxlint'), []], aside);
  await check('rooms, circles and unused exports', node('house.mjs'), aside);
  await check('format', [bin('oxfmt'), ['--check']], aside);
  await check('schemas are up to date', node('schemas.mjs', '--check'), aside);
  await check('the document of measures is up to date', node('measures-document.mjs', '--check'), aside);
  await check('the document of hazards is up to date', node('hazards.mjs', '--check'), aside);
  await check('signatures of kernels are up to date', node('kernel-signatures.mjs', '--check'), aside);
  await run('lanes of 512 bits, split', node('native.mjs', 'dist/split/lanes.node', '--split'), aside);
  await vitest('unit, reference and example', ['unit', 'reference', 'examples'], aside);
}

/** What a browser shows, worked as a user works it, who waits seconds, not minutes: in VS Code first, and beside it alone. */
async function shown() {
  const ours = process.env.REPSCOPE_VSCODE === undefined;
  const vscodeThere = ours && run('VS Code is there', node('vscode.mjs'));
  await run('Chromium is there', node('chromium.mjs'));
  const { chromium } = await import('./chromium.mjs');
  const browser = await chromium();
  const env = { ...process.env, ...browser.env, REPSCOPE_CHROMIUM: browser.executable };
  await vscodeThere;
  const alone = vitest('webview', ['webview'], { env, aside: 4 });
  await check('in a real VS Code', node('vscode-tests.mjs'), { report: join(reports, 'vscode.json') });
  await alone;
}

if (await check('build', [process.execPath, ['esbuild.js']])) await Promise.all([computed(), shown()]);

if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
