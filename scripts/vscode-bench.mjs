// What a user waits for in a real VS Code, on the headline example: writes bench/editor.json and the part of
// docs/performance.md on the editor. Leave the machine alone meanwhile (about five minutes).
//   node scripts/vscode-bench.mjs [repetitions]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../bench/sections/measure.mjs';
import { formatted } from './formatted.mjs';
import { program } from './vscode-bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const repetitions = Number(process.argv[2] ?? 5);
if (!(repetitions >= 1)) throw new Error('At least one repetition.');
const say = (text) => console.log(text);

const run = (...args) =>
  spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
run('esbuild.js');
say('activate()');
run('scripts/vscode-tests.mjs', 'test/vscode/host.test.ts');
const activate = Number(readFileSync('out/vscode/activate.txt', 'utf8'));
const { measureTimings } = await program('timings');
const timings = await measureTimings(repetitions, say);
say('the package');
run('scripts/package.mjs');
const vsix =
  readdirSync('.')
    .filter((name) => name.endsWith('.vsix'))
    .map((name) => statSync(name).size)[0] ?? null;
const results = { ...timings, activate, vsix };

writeFileSync('bench/editor.json', await formatted('bench/editor.json', JSON.stringify(results)));

const ms = (values) => {
  if (values === null) return '–';
  const all = [values].flat();
  const show = (value) => (value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`);
  return all.length === 1
    ? show(all[0])
    : `${show(median(all))} (${show(Math.min(...all))}–${show(Math.max(...all))})`;
};
const last = timings.firstPictures.map((pictures) => Math.max(...Object.values(pictures)));
const rows = [
  ['click to first live curve', ms(timings.firstCurve), '≤ 1 s'],
  ['click to the picture of every panel, looked at one after the other', ms(last), '≤ 3 s'],
  ['click to the end of a quick look (one seed)', ms(timings.quickLook), ''],
  ['click to the end of all (5 seeds)', ms(timings.all), ''],
  ['analysed again with nothing to train', ms(timings.again), '≤ 500 ms'],
  ...Object.entries(timings.scrubbing).map(([panel, steps]) => [
    `a step of the scrubber, ${panel}`,
    ms(steps),
    '≤ 100 ms',
  ]),
  [
    'longest work of the extension host’s thread at a stretch, training and analysing',
    ms(timings.busy.running),
    '≤ 50 ms',
  ],
  ['the same, looking at panels', ms(timings.busy.looking), '≤ 50 ms'],
  [
    'longest that it stood still, waits for a processor included, training and analysing',
    ms(timings.blocked.running),
    '',
  ],
  ['the same, looking at panels', ms(timings.blocked.looking), ''],
  ['activate()', `${activate} ms`, '< 20 ms'],
  ['size of the .vsix', vsix === null ? '–' : `${(vsix / 1e6).toFixed(2)} MB`, '< 6 MB'],
];
const table = [
  '| on the headline example | median (least–greatest) | goal |',
  '| - | -: | -: |',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
].join('\n');
say(table);
const page = 'docs/performance.md';
const [open, close] = ['<!-- editor -->', '<!-- /editor -->'];
const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
const block = `${open}\n\n${table}\n\n${close}`;
if (!text.includes(open)) throw new Error(`${page} has no place for it: ${open}.`);
const written = text.slice(0, text.indexOf(open)) + block + text.slice(text.indexOf(close) + close.length);
writeFileSync(page, await formatted(page, written));
