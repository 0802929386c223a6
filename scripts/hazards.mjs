// `npm run hazards`: what every rule of hazards says of a hundred experiments in which nothing is wrong (some minutes); writes docs/hazards.json, and docs/hazards.md with
// it. `--models` measures the rule of models that win alone, `--document` writes the document alone; `--check` changes nothing and fails where it is stale.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundled } from './bundled.mjs';
import { formatted } from './formatted.mjs';

/** Experiments, in as many processes as two processors can do at once. */
const PARTS = [
  [0, 50],
  [50, 100],
];

/** Groups of replicates in which no model is better by one measure and worse by another. */
const GROUPS = 600;

/** Rules of what the experiments do not ask for. */
const NOT_ASKED =
  /^probe-|decodable|a-floor|context-without|more-values|shuffled|best-of-layers|ceiling|tied|natural|outputs-differ|label-noise/;

const root = join(import.meta.dirname, '..');
const numbers = join(root, 'docs', 'hazards.json');
const page = join(root, 'docs', 'hazards.md');
const [flag] = process.argv.slice(2);
if (flag === undefined) await measure([...PARTS.map((part) => part.map(String)), ['models', String(GROUPS)]]);
if (flag === '--models') await measure([['models', String(GROUPS)]]);
await write();

/** @param {string[][]} parts words of each process: a range of experiments, or of groups of replicates */
async function measure(parts) {
  // The kernels are found in dist, which is above it.
  const outfile = await bundled(join(root, 'test', 'hazards', 'main.ts'), join(root, 'out', 'hazards'));
  const made = await Promise.all(
    parts.map(async (part) => {
      const running = promisify(execFile)(process.execPath, [outfile, ...part], { cwd: root });
      running.child.stderr.pipe(process.stderr);
      return JSON.parse((await running).stdout);
    }),
  );
  const known = existsSync(numbers) ? JSON.parse(readFileSync(numbers, 'utf8')) : {};
  const found = parts.length > 1 ? made.slice(0, -1).flat() : known.found;
  writeFileSync(numbers, await formatted(numbers, JSON.stringify({ found, models: made.at(-1) })));
}

async function write() {
  const bundle = await bundled(join(root, 'src', 'hazards', 'hazards.ts'), join(root, 'out'), 'esm');
  const { hazardRules } = await import(pathToFileURL(bundle).href);
  const { found, models } = JSON.parse(readFileSync(numbers, 'utf8'));
  const text = await formatted(page, document(hazardRules, found, models));
  if (flag !== '--check') return writeFileSync(page, text);
  if (readFileSync(page, 'utf8') === text) return;
  console.error('docs/hazards.md is stale: run npm run hazards -- --document');
  process.exitCode = 1;
}

function document(rules, found, models) {
  const any = found.filter(({ rules: own }) => own.length > 0).length;
  const kinds = [...new Set(found.map(({ kind }) => kind))].map(
    (kind) => `${found.filter((one) => one.kind === kind).length} with ${kind}`,
  );
  const turned = models.filter(({ turned: spoke }) => spoke);
  const groups = [...new Set(models.map(({ kind }) => kind))].map(
    (kind) =>
      `${kind} (${turned.filter((one) => one.kind === kind).length} of ${models.filter((one) => one.kind === kind).length})`,
  );
  const rows = rules.map(({ name }) => {
    const alarms = found.filter(({ rules: own }) => own.includes(name)).length;
    const said = NOT_ASKED.test(name) ? '–' : `${alarms} of ${found.length}`;
    return `| [\`${name}\`](#${name}) | ${name === 'winning-model-turns' ? `${turned.length} of ${models.length}` : said} |`;
  });
  return [
    '# Hazards',
    'What misleads in a run, by rules: each speaks where a number passes a bound, says the number, and what to look at instead. Made from the code by `npm run hazards`: what is to be changed here is changed in the file of the rule (`src/hazards/`). Untrained networks are exempt from all rules.',
    '## False alarms',
    `How often each rule speaks of an experiment in which nothing is wrong: two to four independent features, of equal difficulty and balanced, a task for each; 512 training stimuli (2,048 where a task is the parity of two bits: of fewer it is in part learned by heart, and rules say so), 128 to fit regressions and 128 to score; networks of one or two hidden layers and four activation functions, five replicates trained to mastery (the least mean accuracy of a task is ${percent(Math.min(...found.map(({ accuracy }) => accuracy)))}); beside them networks that learn the first task alone, and untrained ones (\`test/hazards/nothing-wrong.ts\`). ${found.length} experiments: ${kinds.join(', ')}. At least one rule spoke of ${any} of them; 5 % are borne. Rules of what these experiments do not ask for, such as probes and nulls of similarities, have nothing to speak of (–).`,
    `\`winning-model-turns\` is asked of ${models.length} groups of five replicates in which no model wins by one measure and loses by another: patterns of two features in noise, tested by three models (\`test/hazards/nothing-turns.ts\`): ${groups.join(', ')}.`,
    ['| rule | spoke of |', '| --- | --- |', ...rows].join('\n'),
    '## Rules',
    ...rules.flatMap(({ name, describe, link }) => [`### ${name}`, plain(describe), `More: <${link}>`]),
  ].join('\n\n');
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** Text in Markdown that is read as it stands. */
function plain(said) {
  return said.replaceAll(/[\\`*_<>[\]|~]/g, String.raw`\$&`);
}
