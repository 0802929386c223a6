// `npm run hazards`: what every rule of hazards says of a hundred experiments in which nothing is wrong (some minutes); writes docs/hazards.json, and docs/hazards.md with
// it. `--document` writes the document alone; `--check` changes nothing and fails where it is stale.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** Rules of what the experiments do not ask for. */
const NOT_ASKED = /^probe-|shuffled|best-of-layers|ceiling|tied|winning|natural|outputs-differ|label-noise/;

const root = join(import.meta.dirname, '..');
const numbers = join(root, 'docs', 'hazards.json');
const page = join(root, 'docs', 'hazards.md');
const [flag] = process.argv.slice(2);
if (flag === undefined) await measure();
await write();

async function measure() {
  const scratch = mkdtempSync(join(tmpdir(), 'repscope-hazards-'));
  try {
    const outfile = await bundled(join(root, 'test', 'hazards', 'main.ts'), scratch);
    const parts = await Promise.all(
      PARTS.map(async (part) => {
        const running = promisify(execFile)(process.execPath, [outfile, ...part.map(String)], { cwd: root });
        running.child.stderr.pipe(process.stderr);
        return JSON.parse((await running).stdout);
      }),
    );
    writeFileSync(numbers, await formatted(numbers, JSON.stringify({ found: parts.flat() })));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function write() {
  const bundle = await bundled(join(root, 'src', 'hazards', 'hazards.ts'), join(root, 'out'), 'esm');
  const { hazardRules } = await import(pathToFileURL(bundle).href);
  const { found } = JSON.parse(readFileSync(numbers, 'utf8'));
  const text = await formatted(page, document(hazardRules, found));
  if (flag !== '--check') return writeFileSync(page, text);
  if (readFileSync(page, 'utf8') === text) return;
  console.error('docs/hazards.md is stale: run npm run hazards -- --document');
  process.exitCode = 1;
}

function document(rules, found) {
  const any = found.filter(({ rules: own }) => own.length > 0).length;
  const kinds = [...new Set(found.map(({ kind }) => kind))].map(
    (kind) => `${found.filter((one) => one.kind === kind).length} with ${kind}`,
  );
  const rows = rules.map(({ name }) => {
    const alarms = found.filter(({ rules: own }) => own.includes(name)).length;
    return `| [\`${name}\`](#${name}) | ${NOT_ASKED.test(name) ? '–' : `${alarms} of ${found.length}`} |`;
  });
  return [
    '# Hazards',
    'What misleads in a run, by rules: each speaks where a number passes a bound, says the number, and what to look at instead. Made from the code by `npm run hazards`: what is to be changed here is changed in the file of the rule (`src/hazards/`). Untrained networks are exempt from all rules.',
    '## False alarms',
    `How often each rule speaks of an experiment in which nothing is wrong: two to four independent features, of equal difficulty and balanced, a task for each; 512 training stimuli (2,048 where a task is the parity of two bits: of fewer it is in part learned by heart, and rules say so), 128 to fit regressions and 128 to score; networks of one or two hidden layers and four activation functions, five replicates trained to mastery (the least mean accuracy of a task is ${percent(Math.min(...found.map(({ accuracy }) => accuracy)))}); beside them networks that learn the first task alone, and untrained ones (\`test/hazards/nothing-wrong.ts\`). ${found.length} experiments: ${kinds.join(', ')}. At least one rule spoke of ${any} of them; 5 % are borne. Rules of what these experiments do not ask for, such as probes and nulls of similarities, have nothing to speak of (–).`,
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
