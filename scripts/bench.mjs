// `npm run bench`: ours, stock TensorFlow.js and Python peers in one run, alternately; writes docs/performance.md and
// bench/results.json.
//
//   npm run bench                        about ten minutes; leave the machine alone meanwhile
//   npm run bench -- --quick             under two minutes: fewer rounds, shorter training
//   npm run bench -- --only steps,growth some sections; the others stay as the last run left them
//   npm run bench -- --only sequences,answers --processor
//                                        these two on a machine that others use: processor time, and nothing of two threads
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Answerer, alternate, median } from '../bench/sections/measure.mjs';
import { roofline } from '../bench/sections/roofline.mjs';
import { timeCommand } from '../bench/sections/runs.mjs';
import { checkOfFour } from '../bench/sections/goals.mjs';
import { render } from '../bench/sections/render.mjs';
import { formatted } from './formatted.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const quick = process.argv.includes('--quick');
const processor = process.argv.includes('--processor');
const at = process.argv.indexOf('--only');
const sections = [
  ...['facts', 'steps', 'workers', 'headline', 'registered', 'sequences', 'answers'],
  ...['analyses', 'start', 'growth'],
];
const wanted = at < 0 ? sections : process.argv[at + 1].split(',');
const unknown = wanted.filter((name) => !sections.includes(name));
if (unknown.length > 0)
  throw new Error(`No section ${unknown.join(', ')}: there are ${sections.join(', ')}.`);

const begin = Date.now();
const say = (text) =>
  console.log(`[${String(Math.round((Date.now() - begin) / 1000)).padStart(3)} s] ${text}`);
const scratch = mkdtempSync(join(tmpdir(), 'repscope-bench-'));
const open = new Set();
const batchSizes = [32, 64, 128, 256, 1024];

/** Debian's own Python, where it has what the peers need. */
function findPython() {
  for (const python of ['/usr/bin/python3', 'python3'])
    try {
      execFileSync(python, ['-c', 'import torch, numpy, scipy, sklearn, matplotlib'], { stdio: 'ignore' });
      return python;
    } catch {
      // Not there, or without the packages.
    }
  return undefined;
}

async function start(command, ...args) {
  return startWith({}, command, ...args);
}

async function startWith(more, command, ...args) {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: undefined, OMP_NUM_THREADS: undefined, ...more };
  for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
  const answerer = new Answerer(command, args, { cwd: root, env });
  open.add(answerer);
  const { error, ...about } = await answerer.ready();
  if (error) throw new Error(`${command} ${args.join(' ')}: ${error}`);
  answerer.about = about;
  return answerer;
}

function end(...answerers) {
  for (const answerer of answerers) {
    answerer?.end();
    open.delete(answerer);
  }
}

const script = join(root, 'dist/bench/ours.js');
const ours = () => start(process.execPath, script);
/** Ours in each narrower set of lanes that this machine has, by name. */
const narrower = () => {
  const file = join(root, 'dist/lanes.node');
  const sets = existsSync(file) ? Object.entries(createRequire(file)(file)).slice(1) : [];
  return sets.map(([name, { says }]) => ({
    says,
    start: () => startWith({ REPSCOPE_LANES: name }, process.execPath, script),
  }));
};
/** Ours by WebAssembly alone; and by its kernels for machines without fused multiply-adds, which are those of the first version. */
const oursInWebAssembly = () => startWith({ REPSCOPE_LANES: 'wasm' }, process.execPath, script);
const oursPlain = () => start(process.execPath, '--no-enable-fma3', script);
/** What OpenBLAS is told of the processor: it does not know all of them, and may take a kernel that is four times slower than another. */
const cores = [
  {},
  { OPENBLAS_CORETYPE: '', OPENBLAS_L2_SIZE: '' },
  ...['SkylakeX', 'Cooperlake', 'Zen', 'Haswell'].map((core) => ({ OPENBLAS_CORETYPE: core })),
];
/** The fastest of them whose product is right; found at the start. */
let blas = {};
const peer = (more, ...args) => startWith({ ...blas, ...more }, python, ...args);
const torch = (threads, more = {}) =>
  peer(more, 'bench/pytorch/train.py', 'serve', '--threads', String(threads));
/** PyTorch and OpenBLAS held to 256-bit instructions, as on the processors that have no wider ones. */
const avx2 = { OPENBLAS_CORETYPE: 'Haswell', ATEN_CPU_CAPABILITY: 'avx2' };

/** Gives the peer its best kernel, and says which. */
async function chooseBlas() {
  let least = Infinity;
  for (const env of cores)
    try {
      const answerer = await startWith(env, python, 'bench/pytorch/analyses.py');
      const times = [];
      for (let round = 0; round < 3; round++)
        times.push((await answerer.ask({ verb: 'product', seconds: 0.2, processor })).ms ?? Infinity);
      end(answerer);
      const ms = median(times);
      say(
        `  ${JSON.stringify(env)}: ${ms === Infinity ? 'wrong' : `${((2 * 1024 ** 3) / ms / 1e6).toFixed(0)} GFLOP/s`}`,
      );
      // A hundredth is noise: of equals the first.
      if (ms < 0.99 * least) [least, blas] = [ms, env];
    } catch (error) {
      say(`  ${JSON.stringify(env)}: ${error.message}`);
    }
}
/** Whether this processor has 512-bit instructions, with which products are twice as fast. */
const wide = existsSync('/proc/cpuinfo') && /avx512f/.test(readFileSync('/proc/cpuinfo', 'utf8'));

async function buildBench() {
  execFileSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const options = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    define: { __VERSION__: '"bench"' },
    logLevel: 'warning',
  };
  const beside = (name) => ({ outfile: join(root, 'dist/bench', name) });
  await build({
    ...options,
    entryPoints: [join(root, 'bench/ours.ts')],
    format: 'cjs',
    ...beside('ours.js'),
  });
  const peer = { entryPoints: [join(root, 'bench/jax-js.mjs')], format: 'esm', ...beside('jax-js.mjs') };
  await build({ ...options, ...peer });
}

const jaxVersion = '0.1.25';

/** The main file of `@jax-js/jax`, which nothing but the bench wants: installed into .cache at its first use; undefined where npm has it not. */
function findJax() {
  const folder = join(root, '.cache', `jax-js-${jaxVersion}`);
  const file = join(folder, 'node_modules/@jax-js/jax/dist/index.js');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@jax-js/jax@${jaxVersion}`];
    spawnSync('npm', args, { cwd: folder, stdio: 'ignore', shell: process.platform === 'win32' });
  }
  return existsSync(file) ? file : undefined;
}

async function facts() {
  const numpy = python ? await peer({}, 'bench/pytorch/analyses.py') : undefined;
  const own = await ours();
  const peak = await roofline();
  const rounds = quick ? 3 : 9;
  const found = { peak: [], product: [], peer: [] };
  const rate = ({ ms }) => (2 * 1024 ** 3) / ms / 1e6;
  for (let round = 0; round < rounds; round++) {
    found.peak.push(peak(0.2));
    found.product.push(rate(await own.ask({ verb: 'product', seconds: 0.2 })));
    if (numpy) found.peer.push(rate(await numpy.ask({ verb: 'product', seconds: 0.2 })));
  }
  const versions = numpy ? await numpy.ask({ verb: 'versions' }) : {};
  if (numpy) {
    const trainer = await torch(1);
    Object.assign(versions, await trainer.ask({ verb: 'versions' }));
    end(trainer);
  }
  end(own, numpy);
  return {
    lanes: own.about.lanes,
    blas:
      Object.entries(blas)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ') || 'as it comes',
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    v8: process.versions.v8,
    tfjs: JSON.parse(readFileSync(join(root, 'node_modules/@tensorflow/tfjs/package.json'), 'utf8')).version,
    ...versions,
    gflops: {
      peak: median(found.peak),
      product: median(found.product),
      numpy: numpy ? median(found.peer) : null,
    },
  };
}

/** Ours in each width, one after the other. */
async function startAll(widths) {
  const started = [];
  for (const width of widths) started.push(await width.start());
  return started;
}

async function steps() {
  const own = await ours();
  const widths = narrower();
  const held = await startAll(widths);
  const inWebAssembly = await oursInWebAssembly();
  const plain = await oursPlain();
  const [one, two] = python ? [await torch(1), await torch(2)] : [];
  const jaxFile = findJax();
  const jax = jaxFile && (await start(process.execPath, join(root, 'dist/bench/jax-js.mjs'), jaxFile));
  const narrow = python && wide ? await torch(1, avx2) : undefined;
  const seconds = quick ? 0.15 : 0.4;
  const rows = batchSizes.map((batch) => {
    const asked = (answerer, way) => () => answerer.ask({ verb: 'steps', way, batch, seconds });
    return {
      row: batch,
      ways: {
        fused: asked(own, 'fused'),
        ...Object.fromEntries(widths.map(({ says }, at) => [`fused, ${says}`, asked(held[at], 'fused')])),
        'fused, WebAssembly': asked(inWebAssembly, 'fused'),
        'fused, plain WebAssembly': asked(plain, 'fused'),
        'our tfjs': asked(own, 'tfjs'),
        'stock tfjs': asked(own, 'stock'),
        ...(jax && { 'jax-js': asked(jax, 'jax-js') }),
        ...(python && {
          'nn, 1 thread': asked(one, 'nn'),
          'nn, 2 threads': asked(two, 'nn'),
          'foreach, 1 thread': asked(one, 'foreach'),
          'by hand, 1 thread': asked(one, 'hand'),
        }),
        ...(narrow && { 'nn, 1 thread, AVX2': asked(narrow, 'nn') }),
      },
    };
  });
  const found = await alternate(rows, { rounds: quick ? 2 : 7, budget: quick ? 15 : 100, say });
  end(own, ...held, inWebAssembly, plain, jax, one, two, narrow);
  return found;
}

/** Two processes at work at the same time; together they take a step of one replicate every 1 / (1/a + 1/b) ms. */
const both = (pair, request) => async () => {
  const replies = await Promise.all(pair.map((answerer) => answerer.ask(request)));
  const failed = replies.find(({ ms }) => ms === undefined);
  return failed ?? { ms: 1 / replies.reduce((sum, { ms }) => sum + 1 / ms, 0) };
};

async function workers() {
  const own = [await ours(), await ours()];
  const peers = python ? [await torch(1), await torch(1)] : [];
  const seconds = quick ? 0.15 : 0.5;
  const request = (way, batch) => ({ verb: 'steps', way, batch, seconds });
  const rows = batchSizes.map((batch) => ({
    row: batch,
    ways: {
      'fused × 2': both(own, request('fused', batch)),
      ...(python && {
        'nn × 2': both(peers, request('nn', batch)),
        'foreach × 2': both(peers, request('foreach', batch)),
        'by hand × 2': both(peers, request('hand', batch)),
        'bmm × 2': both(peers, request('stacked', batch)),
        'functorch × 2': both(peers, request('functorch', batch)),
      }),
    },
  }));
  const found = await alternate(rows, { rounds: quick ? 2 : 5, budget: quick ? 10 : 70, say });
  end(...own, ...peers);
  return found;
}

/** The headline example with other batches, epochs and seeds, as a file. */
function headlineFile(batch, epochs) {
  const text = readFileSync(join(root, 'examples/easy-vs-hard.experiment.json'), 'utf8')
    .replace(/"batchSize": \d+/, `"batchSize": ${batch}`)
    .replace(/"epochs": 100/, `"epochs": ${epochs}`);
  const file = join(scratch, `headline-${batch}.experiment.json`);
  writeFileSync(file, text);
  return file;
}

async function headline() {
  const seeds = quick ? 1 : 5;
  const settings = quick
    ? [
        { batch: 1024, epochs: 3 },
        { batch: 64, epochs: 1 },
      ]
    : [
        { batch: 1024, epochs: 100 },
        { batch: 64, epochs: 30 },
      ];
  const found = [];
  for (const { batch, epochs } of settings) {
    say(`  batches of ${batch}, ${epochs} epochs, ${seeds} seeds: ours`);
    const folder = join(scratch, `headline-${batch}`);
    const folders = ['--store', join(folder, 'store'), '--out', join(folder, 'out')];
    const counts = ['--workers', '2', '--seeds', String(seeds)];
    const analyze = [
      join(root, 'dist/cli.js'),
      'analyze',
      headlineFile(batch, epochs),
      ...counts,
      ...folders,
    ];
    const own = await timeCommand(process.execPath, analyze, { cwd: root });
    const again = await timeCommand(process.execPath, analyze, { cwd: root });
    if (python) say(`  batches of ${batch}, ${epochs} epochs, ${seeds} seeds: Python`);
    const options = { batch, epochs, seeds, processes: 2 };
    const theirs = python
      ? await timeCommand(
          python,
          [
            join(root, 'bench/pytorch/headline.py'),
            join(scratch, 'figure.png'),
            ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
          ],
          { env: { ...process.env, ...blas } },
        )
      : null;
    for (const failed of [own, again, theirs]) if (failed?.error) say(`  ${failed.error}`);
    found.push({ batch, epochs, seeds, ours: own, again, python: theirs });
  }
  return found;
}

async function registered() {
  const own = await ours();
  const seconds = quick ? 0.2 : 0.5;
  const rows = ['residual', 'transformer'].flatMap((name) =>
    [32, 256].map((batch) => ({
      row: `${name}, B = ${batch}`,
      ways: Object.fromEntries(
        ['kernels', 'stock'].map((how) => [
          how,
          () => own.ask({ verb: 'general', way: `${name} ${how}`, batch, seconds }),
        ]),
      ),
    })),
  );
  const found = await alternate(rows, { rounds: quick ? 2 : 5, budget: quick ? 8 : 40, say });
  end(own);
  return found;
}

/** A transformer's step, at three sizes beside all peers, and with one size of it changed. */
async function sequences() {
  const own = await ours();
  const widths = narrower();
  const held = await startAll(widths);
  const inWebAssembly = await oursInWebAssembly();
  const pair = processor ? [] : [await ours(), await ours()];
  const trainer = (threads, more = {}) => peer(more, 'bench/pytorch/transformer.py', String(threads));
  const one = python ? await trainer(1) : undefined;
  const two = python && !processor ? await trainer(2) : undefined;
  const narrow = python && wide ? await trainer(1, avx2) : undefined;
  // A process of its own: a step of TensorFlow.js takes seconds, and may be given up.
  const stock = await ours();
  const seconds = quick ? 0.2 : 1;
  const row = ({ documents, positions, ...changes }, everything) => {
    const size = { documents, positions, vocabulary: 220, layers: 2, width: 64, heads: 4, ...changes };
    const request = { verb: 'transformer', size: { hidden: 4 * size.width, ...size }, seconds, processor };
    const asked =
      (answerer, way = '') =>
      () =>
        answerer.ask({ ...request, way }, 300);
    return {
      row: [`${documents} × ${positions}`, ...Object.entries(changes).map((each) => each.join(' '))].join(
        ', ',
      ),
      ways: {
        ours: asked(own),
        ...(everything && {
          ...Object.fromEntries(widths.map(({ says }, at) => [`ours, ${says}`, asked(held[at])])),
          'ours, WebAssembly': asked(inWebAssembly),
          ...(pair.length > 0 && { 'ours × 2': both(pair, request) }),
        }),
        ...(python && { 'PyTorch, 1 thread': asked(one) }),
        ...(two && { 'PyTorch, 2 threads': asked(two) }),
        ...(python && everything && { 'foreach, 1 thread': asked(one, 'foreach') }),
        ...(narrow && everything && { 'PyTorch, 1 thread, AVX2': asked(narrow) }),
        ...(everything && { 'stock tfjs': asked(stock, 'stock') }),
      },
    };
  };
  const many = { documents: 128, positions: 32 };
  const sizes = [{ documents: 128, positions: 8 }, many, { documents: 64, positions: 128 }];
  const changed = [
    ...[32, 128, 256].map((width) => ({ ...many, width })),
    ...[1, 4].map((layers) => ({ ...many, layers })),
    ...[64, 128, 256].map((positions) => ({ ...many, positions, documents: 32 })),
    ...[32, 1024, 4096].map((vocabulary) => ({ ...many, vocabulary })),
  ];
  const steps = sizes.map((size) => row(size, true));
  const grown = [many, ...changed].map((size) => row(size, false));
  const found = {
    processor,
    steps: await alternate(steps, { rounds: quick ? 1 : 5, budget: quick ? 30 : 150, say }),
    growth: await alternate(grown, { rounds: quick ? 1 : 3, budget: quick ? 30 : 90, say }),
  };
  end(own, ...held, inWebAssembly, ...pair, one, two, narrow, stock);
  return found;
}

/** Of each example of documents what answers take beside training: of steps and answers that are timed, as many as it has. */
async function answers() {
  const own = await ours();
  const names = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.experiment.json'));
  const found = [];
  for (const name of names) {
    const file = join(root, 'examples', name);
    if (!/"documents"/.test(readFileSync(file, 'utf8'))) continue;
    const request = { verb: 'answers', file, seconds: quick ? 0.1 : 0.5, processor };
    const reply = await own.ask(request, 600);
    if (!reply.shares) throw new Error(`${name}: ${reply.error}`);
    for (const share of reply.shares) found.push({ example: name.split('.')[0], ...share });
    say(`  ${name}`);
  }
  end(own);
  return { processor, shares: found };
}

async function analyses() {
  const own = await ours();
  const python3 = python ? await peer({}, 'bench/pytorch/analyses.py') : undefined;
  const seconds = quick ? 0.1 : 0.5;
  const pair = (row, request) => ({
    row,
    ways: {
      ours: () => own.ask({ ...request, seconds }),
      ...(python3 && { python: () => python3.ask({ ...request, seconds }) }),
    },
  });
  const alone = (row, request) => ({ row, ways: { ours: () => own.ask({ ...request, seconds }) } });
  const rows = [
    pair('PCA, 10 components', { verb: 'pca', components: 10 }),
    pair('PCA, all 256 components', { verb: 'pca', components: 256 }),
    pair('correlation RDM', { verb: 'correlationRdm' }),
    pair('Spearman of two RDMs', { verb: 'spearman' }),
    pair('RSA of 20 replicates, their RDMs included', { verb: 'rsa' }),
    alone('dashboard of one replicate, 256 × 128, stored selectivity', { verb: 'dashboard', way: 'stored' }),
    alone('dashboard of one replicate, 256 × 128, selectivity anew', { verb: 'dashboard', way: 'anew' }),
  ];
  const found = await alternate(rows, { rounds: quick ? 2 : 7, budget: quick ? 10 : 40, say });
  end(own, python3);
  return found;
}

/** Commands that are over at once: what a user waits for, and what of it is Node's own. */
async function starts() {
  const files = ['easy-vs-hard', 'xor', 'shortcuts', 'rsa-several-tasks'];
  const examples = files.map((name) => `examples/${name}.experiment.json`);
  const run = async (...words) => {
    const { seconds, error } = await timeCommand(process.execPath, words, { cwd: root });
    if (error) throw new Error(error);
    return { ms: seconds * 1000 };
  };
  const rows = [
    { row: checkOfFour, ways: { ours: () => run('dist/cli.js', 'check', ...examples) } },
    { row: 'Node, doing nothing', ways: { ours: () => run('-e', '0') } },
  ];
  return alternate(rows, { rounds: quick ? 3 : 9, budget: 20, say });
}

function smallFile(steps, seeds) {
  const file = join(scratch, `small-${steps}-${seeds}.experiment.json`);
  const experiment = {
    title: 'Small',
    stimuli: {
      features: { e: { values: ['no', 'yes'], units: 4 }, h: { bits: 4 }, noise: { bits: 8 } },
      train: 512,
      fit: 256,
      test: 256,
    },
    tasks: { easy: 'e == yes', hard: 'parity(h)' },
    network: { hidden: [32, 16] },
    training: { batchSize: 32, steps, checkpoints: 3 },
    networks: { both: {} },
    seeds,
    analyses: { selectivity: { permutations: 100 } },
  };
  writeFileSync(file, JSON.stringify(experiment));
  return file;
}

async function growth() {
  const run = async (steps, seeds) => {
    say(`  ${seeds} replicates of ${steps} steps`);
    const file = smallFile(steps, seeds);
    const folder = join(scratch, `small-${steps}-${seeds}`);
    const args = ['analyze', file, '--workers', '2', '--store', join(folder, 'store'), '--json'];
    const found = await timeCommand(process.execPath, [join(root, 'dist/cli.js'), ...args], { timeout: 120 });
    rmSync(folder, { recursive: true, force: true });
    if (found.error) say(`  ${found.error}`);
    return { steps, replicates: seeds, ...found };
  };
  const found = [];
  for (const seeds of quick ? [20, 60] : [20, 100, 500]) found.push(await run(200, seeds));
  for (const steps of quick ? [2000] : [2000, 4000, 8000]) found.push(await run(steps, 20));
  return found;
}

const python = findPython();
const measures = {
  ...{ facts, steps, workers, headline, registered, sequences, answers },
  ...{ analyses, start: starts, growth },
};
const resultsFile = join(root, 'bench/results.json');
try {
  say(
    python
      ? `Peers: ${python}`
      : 'No Python with torch, numpy, scipy, scikit-learn and matplotlib: peers are left out.',
  );
  mkdirSync(join(root, 'dist/bench'), { recursive: true });
  say('Building');
  await buildBench();
  if (python) {
    say('Kernels of OpenBLAS');
    await chooseBlas();
  }
  const results = at >= 0 && existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : {};
  for (const name of sections.filter((section) => wanted.includes(section))) {
    say(name);
    try {
      results[name] = await measures[name]();
      results.dates = { ...results.dates, [name]: new Date().toISOString().slice(0, 10) };
    } catch (error) {
      // A peer that does not start costs its section, not the others.
      say(`  ${name} is left out: ${error.message}`);
      results[name] = { error: error.message };
      process.exitCode = 1;
    } finally {
      end(...open);
    }
  }
  results.quick = quick;
  const json = JSON.stringify(results);
  writeFileSync(resultsFile, await formatted(resultsFile, json));
  const page = join(root, 'docs/performance.md');
  const tables = render(results);
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const [from, to] = ['<!-- bench -->', '<!-- /bench -->'];
  const [first, last] = [text.indexOf(from), text.indexOf(to)];
  const written =
    first >= 0 && last > first
      ? `${text.slice(0, first)}${from}\n\n${tables}\n\n${text.slice(last)}`
      : `${text}\n${from}\n\n${tables}\n\n${to}\n`;
  writeFileSync(page, await formatted(page, written));
  console.log(`\n${tables}\n`);
  say('Written: docs/performance.md, bench/results.json');
} finally {
  end(...open);
  rmSync(scratch, { recursive: true, force: true });
}
