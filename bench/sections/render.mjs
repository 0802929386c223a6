// The tables of docs/performance.md.
import { checkOfFour, goalsTable, shareOfRoofline, shareOfTraining } from './goals.mjs';
import { cell, fastest, nn, number, stackedPeers, table, times, torch } from './tables.mjs';

/** Rows of `alternate` as a table of medians (least–greatest), then ratios. */
function waysTable(first, found, ratios) {
  const ways = [...new Set(found.flatMap(({ ways: measured }) => Object.keys(measured)))];
  return table(
    [first, ...ways, ...ratios.map(({ name }) => name)],
    found.map(({ row, ways: measured }) => [
      row,
      ...ways.map((way) => cell(measured[way])),
      ...ratios.map(({ of }) => of(measured, row)),
    ]),
  );
}

const goal = (goals) => ({
  name: 'goal',
  of: (_, row) => (goals[row] === undefined ? '' : `${goals[row]}×`),
});

function facts(f) {
  const versions = ['python', 'torch', 'numpy', 'scipy', 'sklearn']
    .filter((name) => f[name])
    .map((name) => `${name} ${f[name]}`);
  return [
    `${f.cpu}, ${f.cores} cores, ${f.memoryGB} GB; Node ${f.node} (V8 ${f.v8}), TensorFlow.js ${f.tfjs}; our lanes: ${f.lanes}; ` +
      (versions.length > 0 ? `${versions.join(', ')}.` : 'no Python peers on this machine.'),
    '',
    table(
      ['roofline of one core, float32', 'GFLOP/s'],
      [
        ['multiply and add in 128-bit WebAssembly, registers only', number(f.gflops.peak)],
        [
          'our product of two 1024 × 1024 matrices for TensorFlow.js, in WebAssembly, copies and packing included',
          number(f.gflops.product),
        ],
        [`numpy’s (OpenBLAS, one thread, ${f.blas})`, number(f.gflops.numpy)],
      ],
    ),
  ].join('\n');
}

function steps(found, results) {
  const wide = found.some(({ ways }) => ways['nn, 1 thread, AVX2']);
  return waysTable('B', found, [
    {
      name: 'nn / fused',
      of: (m) => times(fastest(m, nn), m.fused?.median),
    },
    goal(
      wide
        ? { 32: 5, 64: 3.5, 128: 2.5, 256: 1.9, 1024: 1.3 }
        : { 32: 4.5, 64: 3, 128: 2, 256: 1.5, 1024: 1 },
    ),
    ...(wide
      ? [
          {
            name: 'nn AVX2 / fused AVX2',
            of: (m) => times(m['nn, 1 thread, AVX2']?.median, m['fused, AVX2']?.median),
          },
        ]
      : []),
    {
      name: 'plain / WebAssembly (goal 1.2×)',
      of: (m) => times(m['fused, plain WebAssembly']?.median, m['fused, WebAssembly']?.median),
    },
    { name: 'by hand / fused', of: (m) => times(m['by hand, 1 thread']?.median, m.fused?.median) },
    { name: 'stock / fused (goal 15×)', of: (m) => times(m['stock tfjs']?.median, m.fused?.median) },
    {
      name: 'share of numpy’s rate (goal 75 % at 1,024)',
      of: (m, batch) => {
        const share = shareOfRoofline(m.fused?.median, batch, results.facts);
        return share === undefined ? '–' : `${share.toFixed(0)} %`;
      },
    },
  ]);
}

function workers(found) {
  return waysTable('B', found, [
    { name: 'best / fused', of: (m) => times(fastest(m, stackedPeers), m['fused × 2']?.median) },
    goal({ 32: 2.5, 64: 1.8, 128: 1.4, 256: 1.3, 1024: 1.15 }),
  ]);
}

function headline(found) {
  const seconds = (run) => (run?.seconds ? `${run.seconds.toFixed(1)} s` : (run?.error ?? '–'));
  const goals = { 1024: 1.5, 64: 3 };
  return table(
    [
      ...['batches of', 'epochs', 'seeds', 'RepScope', 'Python', 'Python / RepScope', 'goal'],
      'RepScope again, nothing to train (goal 2 s)',
    ],
    found.map((run) => [
      run.batch,
      run.epochs,
      run.seeds,
      seconds(run.ours),
      seconds(run.python),
      times(run.python?.seconds, run.ours?.seconds),
      `${goals[run.batch]}×`,
      seconds(run.again),
    ]),
  );
}

function registered(found) {
  return waysTable('network', found, [
    { name: 'stock / kernels (goal 4×)', of: (m) => times(m.stock?.median, m.kernels?.median) },
  ]);
}

const shared = (processor, more = '') =>
  processor ? `Processor time, on a machine that others used${more}.` : '';

function sequences({ steps: found, growth: grown, processor }) {
  const against = (m, name, peers) => times(fastest(m, peers), m[name]?.median);
  return [
    shared(processor, ': two threads and two processes are left out'),
    waysTable('documents × positions', found, [
      { name: 'PyTorch / ours', of: (m) => against(m, 'ours', torch) },
      { name: 'stock / ours (goal 10×)', of: (m) => against(m, 'ours', ['stock tfjs']) },
    ]),
    'How it grows: one size is another.',
    waysTable('documents × positions', grown, [
      { name: 'PyTorch / ours', of: (m) => against(m, 'ours', torch) },
    ]),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function answers({ shares, processor }) {
  const rows = shares.map((share) => [
    ...[share.example, share.network, share.steps],
    ...[share.training, share.answering].map((seconds) => number(seconds)),
    `${number(shareOfTraining(share), 2)} %`,
  ]);
  const header = [
    'example',
    'network',
    'steps',
    'training, s',
    'answers, s',
    'answers / training (goal 10 %)',
  ];
  return [shared(processor), table(header, rows)].filter((text) => text !== '').join('\n\n');
}

function analyses(found) {
  const goals = {
    'PCA, 10 components': '≤ 1×',
    'PCA, all 256 components': '≤ 1×',
    'correlation RDM': '≤ 0.35×',
    'Spearman of two RDMs': '≤ 0.4×',
    'RSA of 20 replicates, their RDMs included': '≤ 300 ms',
    'dashboard of one replicate, 256 × 128, stored selectivity': '≤ 20 ms',
    'dashboard of one replicate, 256 × 128, selectivity anew': '≤ 20 ms',
  };
  return waysTable('1,024 stimuli × 256 units', found, [
    { name: 'ours / python', of: (m) => times(m.ours?.median, m.python?.median) },
    { name: 'goal', of: (_, row) => goals[row] ?? '' },
  ]);
}

function start(found) {
  return waysTable('from command to its end', found, [
    { name: 'goal', of: (_, row) => (row === checkOfFour ? '≤ 150 ms' : '') },
  ]);
}

function growth(found) {
  return table(
    ['replicates', 'steps each', 'seconds', 'peak memory, MB', 'µs a replicate-step'],
    found.map((run) => [
      run.replicates,
      run.steps,
      run.error ?? run.seconds.toFixed(1),
      run.megabytes ? run.megabytes.toFixed(0) : '–',
      run.seconds ? ((run.seconds / run.replicates / run.steps) * 1e6).toFixed(0) : '–',
    ]),
  );
}

const parts = [
  ['facts', 'Machine', facts, ''],
  [
    'steps',
    'Training step, one replicate',
    steps,
    'Network 64-256-128-64-64-2, ReLU, sigmoid cross-entropy, Adam, float32; milliseconds a step, gathering of the batch included. Inputs are bits, for which our first layer looks up sums; the share of numpy’s rate (of large products, above) counts it as if it multiplied. ' +
      '“Fused” is what experiment files use, in the widest lanes of this processor, held to narrower ones where it has such, in WebAssembly (the same bits), and in WebAssembly without fused multiply-adds, which was the first version and is what machines without them run; “our tfjs” is the engine on TensorFlow.js (`--engine tfjs`); “stock tfjs” is ' +
      '`tf.train.adam` with automatic gradients and nothing replaced. PyTorch: `nn.Sequential` with Adam, threads bound by ' +
      'OPENBLAS_NUM_THREADS; “foreach” is Adam’s multi-tensor form; “by hand” has backward pass and Adam written out; “AVX2” holds PyTorch to 256-bit instructions, where the processor has wider ones. ' +
      '“jax-js” is `@jax-js/jax` as it comes, in WebAssembly, the whole step with Adam one compiled function. The ratio is to the fastest of one and two threads and foreach. OpenBLAS has the kernel that is fastest here, of those that it can be told to take.',
  ],
  [
    'workers',
    'Many replicates on two cores',
    workers,
    'The same network; two processes at once, each with one thread. Milliseconds a step of one replicate, both processes together. “bmm” and ' +
      '“functorch” train five seeds at once in each process (ten in all): with a backward pass written out in batched products, and ' +
      'with `vmap(grad)`.',
  ],
  [
    'headline',
    'The headline example, from command to report',
    headline,
    '`repscope analyze examples/easy-vs-hard.experiment.json` with an empty store and two workers, against ' +
      '`bench/pytorch/headline.py` with two processes: start, training, accuracy, variance explained, PCA, selectivity with ' +
      'permutations, RDMs, RSA, and a figure. RepScope also analyses every checkpoint, compares all layers by two metrics, and ' +
      'writes activations, tables and the interactive report. One round.',
  ],
  [
    'registered',
    'Networks that are no plain stacks, through registered kernels',
    registered,
    'TensorFlow.js with our matrix product and Adam in the place of its own, against TensorFlow.js as it comes; milliseconds a step. ' +
      'Residual: 64 inputs, three blocks of 128 and 256 units. Transformer: one block over 16 positions of 64 units, four heads.',
  ],
  [
    'sequences',
    'Training step of a transformer, one replicate',
    sequences,
    'Causal transformer of 2 layers, width 64, 4 heads and an MLP of four times the width with GELU, 220 tokens, every position counts, Adam; milliseconds a step. “Ours” is on one thread, in the widest ' +
      'lanes of this processor, held to narrower ones where it has such, and in WebAssembly (the same bits); a replicate trains on one thread, so that two threads train two: “× 2”, milliseconds a step of one replicate, both together. ' +
      'PyTorch runs the same program (`bench/pytorch/transformer.py`); “foreach” is Adam’s multi-tensor form, “AVX2” holds it to 256-bit instructions, where the processor has wider ones. ' +
      '“Stock tfjs” is the program in TensorFlow.js as it comes, on WebAssembly. The ratio is to the fastest of PyTorch’s.',
  ],
  [
    'answers',
    'Answers beside training',
    answers,
    'Every example of documents, a replicate of each network that is trained: some steps of each phase and the answers of one checkpoint are timed (medians), and counted as often as a full run has them. Answers are those of all ' +
      'evaluation sets at all checkpoints, with what is written token by token and ways that are walked, and what phases write to train on. The network that answers has made a few steps alone: ways are walked to their last permitted move.',
  ],
  [
    'analyses',
    'Analyses, one thread',
    analyses,
    'Milliseconds. Python is scikit-learn’s PCA (for 10 components its default is the randomised solver; ours is exact), scipy’s `pdist` ' +
      'and `spearmanr`, and `numpy.corrcoef` of RDMs.',
  ],
  ['start', 'Start', start, 'Milliseconds, wall time; Node’s own start with nothing to do beside it.'],
  [
    'growth',
    'Growth',
    growth,
    'Whole runs of a small experiment (32 and 16 hidden units, 256 test stimuli, two workers), start and RSA between all replicates ' +
      'included.',
  ],
];

/** What the tables come to, in a few sentences; empty where a section is missing. */
function inShort({ facts: f, steps: own, workers: many, headline: whole }) {
  if ([f, own, many, whole].some((section) => !section || section.error) || f.gflops.numpy === null)
    return '';
  const against = (rows, name, peers) =>
    rows.map(({ ways }) => number(fastest(ways, peers) / ways[name].median, 2)).join(' / ');
  const batches = own.map(({ row }) => row).join(' / ');
  const runs = whole
    .map((run) => `${number(run.python.seconds / run.ours.seconds, 2)} × at batches of ${run.batch}`)
    .join(', ');
  return [
    `**In short**, on this machine (${f.cpu}, ${f.lanes}): a training step is **${against(own, 'fused', nn)} ×** as fast as the fastest of PyTorch’s \`nn\` at batches of`,
    `${batches}, ten seeds on two cores **${against(many, 'fused × 2', stackedPeers)} ×** as fast as the best of five ways to write them in PyTorch, and the headline example, from command to`,
    `report, ${runs} as fast as the script that an expert would write. All take turns in one run, medians count, and the peer has the`,
    'fastest kernels that it can be told to take.',
  ].join(' ');
}

/** Markdown of all sections that the results have. */
export function render(results) {
  const how = results.quick
    ? 'From a quick run (`npm run bench -- --quick`): few rounds, short training; look at a full run for numbers to rely on.'
    : 'From a full run (`npm run bench`).';
  return [
    inShort(results),
    `${how} Medians of rounds in which all take turns (least–greatest); ratios above 1 mean that RepScope is faster, but for the ` +
      'analyses, where they are shares of Python’s time.',
    `## Goals\n\nEach as it was measured last${results.facts ? `, on this machine or one of its kind (${results.facts.cpu}, ${results.facts.lanes})` : ''}; what bounds those that are missed stands below the tables.\n\n${goalsTable(results)}`,
    `The bytes of \`results.json\` are the same in all widths of lanes (docs/soak.md), so that what is fast is what was tested.`,
    ...parts
      .filter(([name]) => results[name])
      .map(([name, title, draw, about]) => {
        const body = results[name].error ? `Left out: ${results[name].error}` : draw(results[name], results);
        return [`## ${title}`, about, body].filter((text) => text !== '').join('\n\n');
      }),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}
