// Builds everything that ships into dist/: extension host, worker threads, command line, webview, kernels.
//   node esbuild.js [--watch] [--production]
const { build, context } = require('esbuild');
const { execFile } = require('node:child_process');
const { copyFileSync, existsSync, mkdirSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { promisify } = require('node:util');

const root = __dirname;
const out = join(root, 'dist');
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** TensorFlow.js is a file of its own beside the worker's: every thread would have to read its five megabytes. */
const tfjsApart = {
  name: 'tfjs-apart',
  setup(build) {
    build.onResolve({ filter: /\/tfjs-engine$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './tfjs-engine.js', external: true } : undefined,
    );
  },
};

/** What runs in Node: CommonJS, as VS Code's extension host wants it. */
const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // Its main file is UMD, which cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [tfjsApart],
  outdir: out,
  // Names stay, for stack traces that can be read: to mangle and yet keep them (`keepNames`) costs a call for each closure that is made.
  minifySyntax: production,
  minifyWhitespace: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
  define: { __VERSION__: JSON.stringify(require('./package.json').version) },
};

async function main() {
  mkdirSync(out, { recursive: true });
  const { buildKernels } = await import('./scripts/kernels.mjs');
  await buildKernels();
  const { buildLanes } = await import('./scripts/native.mjs');
  console.log(`Products run in ${await buildLanes()}.`);
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    copyFileSync(join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist', file), join(out, file));

  const { webviewBuilds } = await import('./scripts/webview-build.mjs');
  const entries = {
    worker: 'src/run/worker.ts',
    'tfjs-engine': 'src/training/tfjs-engine.ts',
    'report-worker': 'src/run/report-worker.ts',
    'brought-worker': 'src/run/brought-worker.ts',
    cli: 'src/cli/start.ts',
    program: 'src/cli.ts',
    check: 'src/cli/check-alone.ts',
    extension: 'src/extension.ts',
  };
  const builds = [
    ...Object.entries(entries)
      .filter(([, file]) => existsSync(join(root, file)))
      .map(([name, file]) => ({
        ...node,
        entryPoints: { [name]: join(root, file) },
        ...(name === 'cli' ? { banner: { js: '#!/usr/bin/env node' } } : {}),
        // Four megabytes of other people's, most of which never run.
        ...(name === 'tfjs-engine' ? { minify: production, keepNames: true } : {}),
        // What V8 compiled before cannot import, but require.
        ...(name in programs ? { supported: { 'dynamic-import': false } } : {}),
      })),
    // Figures that the command line writes: drawn as the dashboard's are, without a page.
    { ...node, entryPoints: { figures: join(root, 'webview/src/figures.ts') } },
    ...webviewBuilds({ root, outdir: out, production }),
  ];
  if (watch) for (const options of builds) await (await context(options)).watch();
  else {
    await Promise.all(builds.map((options) => build(options)));
    await keepCompiled();
  }
}

const examples = () =>
  readdirSync(join(root, 'examples'))
    .filter((name) => name.endsWith('.experiment.json'))
    .map((name) => `examples/${name}`);

/** Programs of the command line, each with the words of a command that warms it. */
const programs = {
  program: ['explain', 'examples/xor.experiment.json'],
  check: ['check', ...examples()],
};

/** What V8 makes of the programs, kept for their starts. */
async function keepCompiled() {
  const keep = ([name, words]) =>
    promisify(execFile)(process.execPath, ['scripts/keep-compiled.mjs', `dist/${name}.js`, ...words], {
      cwd: root,
    });
  await Promise.all(Object.entries(programs).map(keep));
}

main().catch((error) => {
  console.error(error.message ?? error);
  process.exit(1);
});
