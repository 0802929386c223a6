// `npm run soak`: what is too long for `npm test`, and its outcome in docs/soak.md.
//   node scripts/soak.mjs [mutations] [arrays] [extremes] [trained] [experiments] [drawing] [hostile] [bits] [kills] [sweep] [editor] [recompute]      all of them by default
//   REPSCOPE_PYTHON: the Python that recomputes, with numpy, scipy and scikit-learn (python3)
//   REPSCOPE_KILLS: how often the command line is killed in the middle of a run (200)
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { cpus, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timeCommand } from '../bench/sections/runs.mjs';
import { bundled } from './bundled.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'dist', 'cli.js');
const scratch = mkdtempSync(join(tmpdir(), 'repscope-soak-'));
const page = join(root, 'docs', 'soak.md');
const wanted = process.argv.slice(2);
const kills = Number(process.env.REPSCOPE_KILLS ?? 200);

/** Ways to compute that must give the same bytes: options of Node and V8, of the command, and whether products run in WebAssembly. */
const ways = [
  { says: 'its lanes' },
  { says: 'its lanes, one worker', args: ['--workers', '1'] },
  { says: 'its lanes, four workers', args: ['--workers', '4'] },
  { says: 'WebAssembly', lanes: 'wasm' },
  { says: 'WebAssembly', lanes: 'wasm', flags: ['--liftoff-only'] },
  { says: 'WebAssembly', lanes: 'wasm', flags: ['--no-liftoff'] },
  { says: 'WebAssembly', lanes: 'wasm', flags: ['--no-opt'] },
];
/** As on processors that fuse no multiplication with an addition: other bytes, the same ones among themselves. */
const plainWays = [
  ['--no-enable-fma3', '--no-enable-avx2'],
  ['--no-enable-avx'],
  ['--no-enable-avx', '--no-enable-sse4-2', '--no-enable-popcnt', '--no-enable-bmi1', '--no-enable-bmi2'],
].map((flags) => ({ says: 'WebAssembly without fused multiply-adds', flags, plain: true }));
/** Other Nodes, from npm's packages of Node's own builds (Linux on x64 only). */
const nodes = ['20', '22', '24'];

/** Node looks for a newer Windows than Wine says it is. */
const forWine = { NODE_SKIP_PLATFORM_CHECK: '1', WINEDEBUG: '-all', WINEPREFIX: join(scratch, 'wine') };

const soakProgram = (name) => bundled(join(root, 'test', 'soak', `${name}.ts`), scratch);

function run(command, args, more = {}) {
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e9, ...more });
}

/** Runs a program of test/soak, which says in one line what came out. */
async function soaked(name, ...args) {
  const { status, stdout, stderr } = run(process.execPath, [await soakProgram(name), ...args]);
  process.stderr.write(stderr);
  return { ok: status === 0, said: stdout.trim() };
}

async function mutations() {
  const { ok, said } = await soaked('mutations', '10000');
  return {
    ok,
    lines: [`${said} (crashed, took over a second, answered without a place, grew without bound).`],
  };
}

async function mutatedArrays() {
  const { ok, said } = await soaked('arrays', '10000');
  return {
    ok,
    lines: [`${said}. A fault is anything but numbers that fit their shape and the file, or one sentence.`],
  };
}

/** Every number of an experiment file at its extremes. */
async function extremeNumbers() {
  const { ok, said } = await soaked('extremes', scratch);
  return {
    ok,
    lines: [
      said,
      '',
      'A fault is a crash, a refusal without its place or its mend, a replicate that fails for a reason other than its own experiment, a value that is',
      'null without a reason, or one that is not finite.',
    ],
  };
}

/** Mutated experiments, made small and run to their end with every picture. */
async function trainedMutations() {
  const { ok, said } = await soaked('trained-mutations', scratch, '2000');
  return {
    ok,
    lines: [
      said,
      '',
      'Made small: at most 200 training stimuli, three layers of 24 units, two phases of six steps; whatever else the file says stays.',
    ],
  };
}

/** Random experiments, run to their end with every picture. */
async function experiments() {
  const { ok, said } = await soaked('experiments', scratch, '200');
  return {
    ok,
    lines: [
      said,
      '',
      'A fault is a replicate that fails for a reason other than its own experiment (and does not say what to change), a picture that cannot',
      'be made, a value that is null without a reason, or one that is not finite.',
    ],
  };
}

/** Stimuli of random experiments, held against what the files declare. */
async function drawing() {
  const { ok, said } = await soaked('drawing', '500');
  return {
    ok,
    lines: [
      said,
      '',
      'A share (of a value, an agreement, a correlated value) is beyond sampling error below a two-sided probability of 10⁻⁹, and is a fault unless the file was',
      'answered with a problem. Of honest independent draws the mean square is 1; systematic sampling brings it below.',
    ],
  };
}

/** Hostile files, a process for every few hundred of them with a heap of its own. */
async function hostileFiles() {
  const script = await soakProgram('hostile');
  const all = [];
  for (let first = 0; first < 3000; first += 250) {
    const { stdout } = run(process.execPath, [
      '--max-old-space-size=400',
      script,
      String(first),
      String(first + 250),
    ]);
    const lines = stdout.trim().split('\n');
    const last = lines.pop();
    for (const line of lines) console.log(line);
    // A process that ended early has no last line.
    all.push(last?.startsWith('{') ? JSON.parse(last) : { faults: 1, slowest: { ms: 0 }, megabytes: 0 });
  }
  const faults = all.reduce((sum, batch) => sum + batch.faults, 0);
  const slowest = Math.max(...all.map(({ slowest }) => slowest.ms)).toFixed(0);
  const megabytes = Math.max(...all.map((batch) => batch.megabytes));
  return {
    ok: faults === 0,
    lines: [
      `3000 hostile files: ${faults} faults (threw, took over a second of processor time, more than 500 MB, answered without a place). The slowest took`,
      `${slowest} ms; the largest process had ${megabytes} MB.`,
    ],
  };
}

/** The executable of another Node, installed into .cache at its first use; null where there is none for this machine. */
function otherNode(version, platform = 'linux-x64') {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = join(root, '.cache', `node-${version}${platform === 'linux-x64' ? '' : `-${platform}`}`);
  const bin = join(folder, 'node_modules', `node-${platform}`, 'bin');
  const executable = join(bin, platform.startsWith('win') ? 'node.exe' : 'node');
  if (!existsSync(executable)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    // npm refuses what is for another machine, unless it is told to have it.
    const forced = platform === 'linux-x64' ? [] : ['--force'];
    run(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...forced, `node-${platform}@${version}`],
      {
        cwd: folder,
      },
    );
  }
  return existsSync(executable) ? executable : null;
}

/** Our own parts with the lanes of 512 bits, split for a processor of 256; null where they cannot be built. */
function splitLanes() {
  const dist = join(scratch, 'split');
  cpSync(join(root, 'dist'), dist, { recursive: true });
  run(process.execPath, ['scripts/native.mjs', join(dist, 'lanes.node'), '--split']);
  return existsSync(join(dist, 'lanes.node')) ? dist : null;
}

/** Our own parts with lanes by another compiler beside them; null where this machine has not all of it. */
function foreign({ compiler, runner, platform, name, tried }) {
  if (![compiler, runner[0]].every((program) => run(program, ['--version']).status === 0)) return null;
  const node = otherNode('20', platform);
  if (node === null) return null;
  const dist = join(scratch, platform);
  cpSync(join(root, 'dist'), dist, { recursive: true });
  const built = run(process.execPath, ['scripts/native.mjs', join(dist, 'lanes.node')], {
    env: { ...process.env, CC: compiler },
  });
  process.stdout.write(built.stdout);
  return { command: [...runner, node], dist, name, tried };
}

/** arm64 under an emulator, with NEON lanes. */
const arm = {
  compiler: 'aarch64-linux-gnu-gcc',
  runner: ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu'],
  platform: 'linux-arm64',
  name: 'arm64, emulated, ',
  tried: ways,
};
/** Windows’ programs on Linux; Debian’s package puts no name for it into the path. */
const windows = {
  compiler: 'x86_64-w64-mingw32-gcc',
  runner: [existsSync('/usr/lib/wine/wine64') ? '/usr/lib/wine/wine64' : 'wine64'],
  platform: 'win-x64',
  name: 'Windows, by Wine, ',
  tried: ways.filter(({ flags, args }) => !flags && !args),
};

/** Through files: Wine knows nothing of the sockets that pipes of Node are. */
function runThroughFiles(command, args, env) {
  const said = ['out', 'err'].map((name) => join(scratch, name));
  const [out, err] = said.map((file) => openSync(file, 'w'));
  const { status } = run(command, args, { env, stdio: ['ignore', out, err] });
  for (const file of [out, err]) closeSync(file);
  const [stdout, stderr] = said.map((file) => readFileSync(file, 'utf8'));
  return { status, stdout, stderr };
}

/** @returns what a run printed, or why there is nothing */
function bytesOf({ command: [first, ...rest], dist }, { flags = [], args = [], lanes = '' }, file) {
  const store = join(scratch, 'store of bits');
  const words = [
    ...rest,
    ...flags,
    join(dist, 'cli.js'),
    'analyze',
    file,
    '--json',
    '--store',
    store,
    ...args,
  ];
  const found = runThroughFiles(first, words, { ...process.env, ...forWine, REPSCOPE_LANES: lanes });
  rmSync(store, { recursive: true, force: true });
  const by = /Computed by (.*)/.exec(found.stderr)?.[1];
  return { ...found, by };
}

async function bits() {
  const file = join(scratch, 'bits.experiment.json');
  run(process.execPath, [await soakProgram('bits'), file]);
  const rows = [];
  const digests = { fused: new Set(), plain: new Set() };
  const seen = new Set();
  let ok = true;
  const local = [
    process.execPath,
    ...nodes.map((version) => otherNode(version)).filter((node) => node !== null),
  ];
  const here = local.map((node) => ({
    command: [node],
    dist: join(root, 'dist'),
    tried: [...ways, ...plainWays],
  }));
  const dist = splitLanes();
  const machines = [
    here[0],
    ...(dist === null ? [] : [{ command: [process.execPath], dist, tried: ways.slice(0, 1) }]),
    ...here.slice(1),
    ...[windows, arm].map(foreign).filter((machine) => machine !== null),
  ];
  for (const machine of machines) {
    const [first, ...rest] = machine.command;
    const version = `${machine.name ?? ''}Node ${runThroughFiles(first, [...rest, '--version'], { ...process.env, ...forWine }).stdout.trim()}`;
    const known = `${version} ${machine.dist}`;
    if (seen.has(known)) continue;
    seen.add(known);
    for (const way of machine.tried) {
      const { status, stdout, stderr, by } = bytesOf(machine, way, file);
      const name = `${version} ${(way.flags ?? []).join(' ')} | ${by ?? way.says}${(way.args ?? []).map((arg) => ` ${arg}`).join('')}`;
      if (status === 9 && /bad option/.test(stderr)) {
        rows.push(`| ${name} | not an option there |`);
        continue;
      }
      if (status !== 0) {
        ok = false;
        process.stderr.write(stderr);
        rows.push(`| ${name} | ended with ${status} |`);
        continue;
      }
      const digest = createHash('sha256').update(stdout).digest('hex').slice(0, 16);
      digests[way.plain ? 'plain' : 'fused'].add(digest);
      rows.push(`| ${name} | \`${digest}\` |`);
      console.log(rows.at(-1));
    }
  }
  const same = digests.fused.size === 1 && digests.plain.size <= 1;
  return {
    ok: ok && same,
    lines: [
      `\`results.json\` of one experiment (every optimiser but plain SGD; GELU, tanh, sigmoid; softmax; noise, Gaussians, an`,
      `orthogonal embedding; schedules): ${same ? 'the same bytes everywhere, and others where a processor has no fused multiply-adds, which say so' : 'different ones'}.`,
      '',
      '| under | computed by | SHA-256 of `results.json` |',
      '|---|---|---|',
      ...rows,
    ],
  };
}

function killing() {
  const report = join(scratch, 'vitest.json');
  const { status, stdout } = run(
    join(root, 'node_modules', '.bin', 'vitest'),
    [
      'run',
      'test/unit/run/death.test.ts',
      'test/unit/run/store.test.ts',
      '-t',
      'killed',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env: { ...process.env, REPSCOPE_KILLS: String(kills) } },
  );
  if (status !== 0) process.stderr.write(stdout);
  const { numPassedTests = 0, numFailedTests = 0 } = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : {};
  const told = /killed (\d+) of (\d+) times/.exec(stdout);
  return {
    ok: status === 0 && numPassedTests > 0,
    lines: [
      `The command line was killed (SIGKILL) at random moments of ${told?.[1] ?? 'some of'} of ${kills} runs; after each, every`,
      'entry of the store was whole, and runs to the end gave the bytes of an undisturbed one. The same for processes that',
      `do nothing but write to a store. ${numPassedTests} tests passed, ${numFailedTests} failed.`,
    ],
  };
}

/** Sweeps of tiny networks from the command to the report, and the answers of one that goes on. */
async function sweeps() {
  const folder = join(scratch, 'sweeps');
  mkdirSync(folder);
  const answers = await soaked('growing', folder);
  const rows = [];
  for (const replicates of [250, 500, 1000]) {
    const at = (name) => join(folder, `${replicates} ${name}`);
    const words = ['analyze', join(folder, `${replicates}.experiment.json`), '--workers', '2'];
    const options = ['--store', at('store'), '--out', at('out')];
    const found = await timeCommand(process.execPath, [cli, ...words, ...options], { timeout: 3600 });
    rows.push({ replicates, ...found });
    console.log(rows.at(-1));
  }
  return {
    // Of twice as many replicates twice the time, with a fifth of leeway.
    ok:
      answers.ok &&
      rows.every(({ error, megabytes }) => error === undefined && !(megabytes > 1000)) &&
      rows[2].processor < 1.2 * 4 * rows[0].processor,
    lines: [
      '| replicates | processor time | peak memory |',
      '|---|---|---|',
      ...rows.map(
        ({ replicates, processor, megabytes, error }) =>
          `| ${replicates} | ${error ?? `${processor?.toFixed(0)} s`} | ${megabytes?.toFixed(0)} MB |`,
      ),
      '',
      `While it goes on: ${answers.said}`,
    ],
  };
}

/** Analyses in a real VS Code, interrupted at random moments: its own program, since it bundles the workbench's driver. */
function editor() {
  const { status } = run(process.execPath, ['scripts/vscode-soak.mjs', '100'], { stdio: 'inherit' });
  const { repetitions, byInterruption, faultyRepetitions, faultsAtTheEnd, runs } = JSON.parse(
    readFileSync(join(root, 'docs', 'soak-editor.json'), 'utf8'),
  );
  const kinds = Object.entries(byInterruption).map(([kind, count]) => `${kind} ${count}`);
  const progress = runs.map(({ progress }) => progress);
  const finished = runs.reduce((sum, { finished }) => sum + finished, 0);
  return {
    ok: status === 0,
    lines: [
      `An analysis was started in a real VS Code and interrupted at a random moment while it ran, ${repetitions} times (${kinds.join(', ')}),`,
      `at ${Math.min(...progress)} to ${Math.max(...progress)} % of its way, with ${finished} entries in the store at those moments. Then it was resumed to its end. Repetitions with`,
      'a fault (one that had ended before it was interrupted, a finished replicate lost or made anew, a blank panel, an unhandled rejection, more than eight threads, an end that did not come): ' +
        `${faultyRepetitions}. Threads or processes that were left at the end: ${faultsAtTheEnd.length}. Each of them: soak-editor.json.`,
    ],
  };
}

/** The held experiments and the examples, computed once more from their activations by scikit-learn and scipy. */
function recompute() {
  const python = process.env.REPSCOPE_PYTHON ?? 'python3';
  const { status: lacking } = run(python, ['-c', 'import numpy, scipy, sklearn']);
  if (lacking !== 0)
    return {
      ok: true,
      lines: [`Skipped: \`${basename(python)}\` has not all of numpy, scipy and scikit-learn.`],
    };
  const files = [join(root, 'test', 'same', 'experiments'), join(root, 'examples')].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.experiment.json'))
      .map((name) => join(folder, name)),
  );
  const faults = [];
  for (const file of files) {
    const out = join(scratch, 'recompute');
    run(process.execPath, [cli, 'analyze', file, '--out', out, '--store', `${out} store`]);
    const { status, stdout, stderr } = run(python, [join(root, 'docs', 'recompute.py'), out]);
    rmSync(out, { recursive: true, force: true });
    rmSync(`${out} store`, { recursive: true, force: true });
    console.log(`${status === 0 ? 'same  ' : 'UNLIKE'} ${basename(file)}`);
    if (status === 0) continue;
    faults.push(basename(file));
    process.stderr.write(`${stdout}${stderr}`);
  }
  return {
    ok: faults.length === 0,
    lines: [
      `\`docs/recompute.py\` computed the numbers of ${files.length} experiments from their activations, with scikit-learn and scipy: ${files.length - faults.length}`,
      `agree to 1e-9 in every number that it computes.${faults.length === 0 ? '' : ` Not: ${faults.join(', ')}.`}`,
    ],
  };
}

const parts = {
  mutations: ['Mutated experiment files', mutations],
  arrays: ['Mutated array files', mutatedArrays],
  extremes: ['Numbers at their extremes', extremeNumbers],
  trained: ['Mutated experiments, trained', trainedMutations],
  experiments: ['Random experiments', experiments],
  drawing: ['Declared and drawn stimuli', drawing],
  hostile: ['Hostile experiment files', hostileFiles],
  bits: ['The same bits', bits],
  kills: ['Killed processes', killing],
  sweep: ['Sweeps of many replicates', sweeps],
  editor: ['Interrupted in the editor', editor],
  recompute: ['Recomputed by scikit-learn and scipy', recompute],
};

run(process.execPath, ['esbuild.js'], { stdio: 'inherit' });
// Parts that were not asked for keep what the page says of them.
const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
const sections = [];
let failed = false;
for (const [key, [title, part]] of Object.entries(parts)) {
  const heading = `## ${title}\n`;
  const old = before.split(/^(?=## )/m).find((section) => section.startsWith(heading));
  if (wanted.length > 0 && !wanted.includes(key)) {
    if (old) sections.push(old.trim());
    continue;
  }
  const started = Date.now();
  console.log(`── ${title}`);
  const { ok, lines } = await part();
  failed ||= !ok;
  const took = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`── ${title}: ${ok ? 'passed' : 'FAILED'} in ${took} s`);
  sections.push(
    `${heading}\n${ok ? 'Passed' : 'FAILED'} in ${took} s on ${cpus()[0]?.model ?? 'this machine'}.\n\n${lines.join('\n')}`,
  );
}
rmSync(scratch, { recursive: true, force: true });
writeFileSync(
  page,
  `# Long tests\n\nWritten by \`npm run soak\`; \`npm test\` holds a short form of each.\n\n${sections.join('\n\n')}\n`,
);
run(join(root, 'node_modules', '.bin', 'oxfmt'), [page, join(root, 'docs', 'soak-editor.json')]);
process.exit(failed ? 1 : 0);
