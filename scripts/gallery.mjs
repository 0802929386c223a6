// `npm run gallery`: analyses every example that is a figure of the gallery, holds what it claims against its numbers, and writes docs/gallery. Fails where a claim does not hold.
//   --only NAME   that figure alone, and the list of all; may be repeated
//   --fresh       from nothing, and takes the time of each; without it what was trained before is not trained again
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';
import { formatted } from './formatted.mjs';
import { openBrowser, takePictures } from './gallery-pictures.mjs';

const root = join(import.meta.dirname, '..');
process.chdir(root);
const pages = join('docs', 'gallery');
const timesFile = join(pages, 'times.json');
const work = join('out', 'gallery');
const store = join(work, 'store');
const { only, fresh } = parseArgs({
  options: { only: { type: 'string', multiple: true }, fresh: { type: 'boolean', default: false } },
}).values;

/** Writes what time of processors the program took, all its threads together, as it ends. */
const timed = `import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.REPSCOPE_TIME, String((user + system) / 1e6));
});`;

const bundle = await bundled('test/support/gallery-page.ts', work, 'esm');
const { figureNames, figureNamed, galleryPage, keptResults, shownFigure } = await import(
  pathToFileURL(join(root, bundle)).href
);
for (const name of only ?? [])
  if (!figureNames.includes(name)) {
    console.error(`There is no figure ${name}. There are ${figureNames.join(', ')}.`);
    process.exit(1);
  }
const times = existsSync(timesFile) ? JSON.parse(readFileSync(timesFile, 'utf8')) : {};
mkdirSync(join(pages, 'pictures'), { recursive: true });
const browser = await openBrowser();
try {
  const all = [];
  const failed = [];
  for (const name of figureNames) {
    const isAsked = only === undefined || only.includes(name);
    // The others as they are, for the page that lists all.
    if (!isAsked && !existsSync(join(work, name, 'run', 'results.json'))) continue;
    try {
      if (isAsked) analyse(name);
      all.push(await shown(name, isAsked));
    } catch (error) {
      failed.push(`${name}: ${error.message}`);
    }
  }
  const lost = all.flatMap(({ figure, judged }) =>
    judged
      .filter(({ held }) => held === false)
      .map(({ effect, found }) => `${figure.example}: ${effect.says} (${found.mean})`),
  );
  if (all.length === figureNames.length) await write('README.md', galleryPage(all));
  writeFileSync(timesFile, await formatted(timesFile, JSON.stringify(times)));
  for (const one of failed) console.error(`failed: ${one}`);
  for (const one of lost) console.error(`not held: ${one}`);
  process.exitCode = lost.length + failed.length === 0 ? 0 : 1;
} finally {
  await browser.close();
}

function analyse(name) {
  if (fresh) rmSync(join(work, name), { recursive: true, force: true });
  const own = fresh ? join(work, name, 'store') : store;
  const took = join(work, `${name}.seconds`);
  const started = Date.now();
  const { status } = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(timed)}`],
      ...['dist/cli.js', 'analyze', `examples/${name}.experiment.json`],
      ...['--out', join(work, name, 'run'), '--force', '--store', own],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, REPSCOPE_TIME: took } },
  );
  if (status !== 0) throw new Error(`${name} could not be analysed.`);
  const seconds = Number(readFileSync(took, 'utf8'));
  console.log(
    `${name}: ${seconds.toFixed(0)} s of processors, ${((Date.now() - started) / 1000).toFixed(0)} s in all`,
  );
  if (fresh) {
    times[name] = Number(seconds.toPrecision(2));
    rmSync(own, { recursive: true, force: true });
  }
}

async function shown(name, isAsked) {
  const figure = await figureNamed(name);
  const run = join(work, name, 'run');
  const results = keptResults(JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')));
  const files = figure.pictures.map((_, at) => `pictures/${name}-${at + 1}.svg`);
  const printed = join(pages, `${name}.out`);
  const recipe = existsSync(printed) ? readFileSync(printed, 'utf8') : undefined;
  const made = shownFigure(figure, results, files, { seconds: times[name], recipe });
  if (!isAsked) return made;
  for (const file of readdirSync(join(pages, 'pictures')))
    if (new RegExp(`^${name}-\\d+\\.svg$`).test(file)) rmSync(join(pages, 'pictures', file));
  const taken = await takePictures(browser, join(run, 'report.html'), figure.pictures);
  for (const [at, svg] of taken.entries()) writeFileSync(join(pages, files[at]), svg);
  await write(`${name}.md`, made.page);
  return made;
}

async function write(name, text) {
  const file = join(pages, name);
  writeFileSync(file, await formatted(file, text));
}
