// `npm start`: all set-up, then the main job: train and analyse the headline example, print its table, write the report.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './setup.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
run('esbuild.js');
run('dist/cli.js', 'analyze', 'examples/easy-vs-hard.experiment.json', '--out', 'out/easy-vs-hard');
