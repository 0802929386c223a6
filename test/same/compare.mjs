// Whether this tree computes the same bytes as an older commit: builds both, analyses every example and the held experiments
// beside this file with each, into empty stores, and compares all that the runs have written.
//
//   node test/same/compare.mjs COMMIT [--only NAME] [--but PATH …]
//
// --only  experiments whose name holds this
// --but   places that a commit has changed on purpose, as a regular expression of `FILE` or `results.json: a.b.c`: they are not counted
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from '../../scripts/bundled.mjs';
import { differences } from './differences.mjs';

const root = join(import.meta.dirname, '..', '..');
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, but: { type: 'string', multiple: true } },
});
const [commit] = positionals;
if (!commit) {
  console.error('Which commit? node test/same/compare.mjs COMMIT');
  process.exit(2);
}

const home = join(root, 'out', 'same');
rmSync(join(home, 'runs'), { recursive: true, force: true });
const meant = (options.but ?? []).map((text) => new RegExp(text));
const trees = { then: checkout(commit), now: root };
run('node', ['esbuild.js'], root);
const forms = await import(await bundled(join(import.meta.dirname, 'old-tree.ts'), home, 'esm'));

let unlike = 0;
for (const file of experiments()) {
  const name = basename(file, '.experiment.json');
  const [then, now] = Object.entries(trees).map(([when, tree]) =>
    analyse(tree, file, join(home, 'runs', when, name)),
  );
  const found = differences(then, now, forms).filter(
    (place) => !meant.some((pattern) => pattern.test(place)),
  );
  console.log(`${found.length === 0 ? 'same  ' : 'UNLIKE'} ${name}`);
  for (const place of found.slice(0, 12)) console.log(`         ${place}`);
  if (found.length > 12) console.log(`         and ${found.length - 12} more`);
  if (found.length > 0) unlike++;
}
console.log(unlike === 0 ? 'All bytes are the same.' : `${unlike} experiments differ.`);
process.exit(unlike === 0 ? 0 : 1);

/** The commit's tree, built, in a folder of its own. */
function checkout(revision) {
  const hash = run('git', ['rev-parse', '--verify', `${revision}^{commit}`], root).trim();
  const tree = join(home, hash);
  if (existsSync(join(tree, 'dist', 'cli.js'))) return tree;
  mkdirSync(tree, { recursive: true });
  run('sh', ['-c', `git archive ${hash} | tar -x -C "${tree}"`], root);
  const lock = (where) => readFileSync(join(where, 'package-lock.json'), 'utf8');
  if (lock(tree) === lock(root)) symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  else run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], tree);
  run('node', ['esbuild.js'], tree);
  return tree;
}

/** Experiment files of this tree: both commits get the same ones. Examples that the earlier commit had not may ask for what it cannot do. */
function experiments() {
  return [join(import.meta.dirname, 'experiments'), join(root, 'examples')]
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.experiment.json') && basename(file).includes(options.only ?? ''))
    .filter(
      (file) =>
        !file.startsWith(join(root, 'examples')) || existsSync(join(trees.then, relative(root, file))),
    );
}

/** Analyses a file with a tree's command line; the folder of the run. */
function analyse(tree, file, folder) {
  const out = join(folder, 'out');
  mkdirSync(folder, { recursive: true });
  const args = [
    join(tree, 'dist', 'cli.js'),
    'analyze',
    file,
    '--out',
    out,
    '--store',
    join(folder, 'store'),
  ];
  const { stderr } = spawnSync('node', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  // A replicate that diverges is part of what is compared, although the command then ends with a status of its own.
  if (!existsSync(join(out, 'results.json')))
    throw new Error(`${args.join(' ')} wrote no results:\n${stderr}`);
  return out;
}

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`.slice(-4000));
  return stdout;
}
