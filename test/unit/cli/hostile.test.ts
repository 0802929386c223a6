import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgressLine } from '../../../src/cli/progress';
import { readExperiment } from '../../../src/sources/read-experiment';
import { replicateNamed } from '../../../src/core/replicate';
import { unfinished } from '../../../src/run/outcome';
import { repscopeHere } from '../../support/command-here';
import { repscope, writeExperiment } from '../../support/command-line';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';
import { writtenResults } from '../../support/written';

const red = '\u001b[31m';
const wicked = {
  title: `${red}title\n\u202e</script><script>alert(1)</script>`,
  networks: [
    '../../escaped',
    `${red}ansi\nline`,
    '</script><img src=x onerror=alert(2)>',
    '__proto__x',
    'a,"b"=1',
  ],
  task: '=cmd\u0007()',
};

const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe('hostile names', () => {
  it('are shown and not obeyed, and stay inside the folder of the results', async () => {
    const folder = scratch();
    const experiment = tinyExperiment({
      title: wicked.title,
      tasks: { [wicked.task]: 'e == yes' },
      networks: Object.fromEntries(wicked.networks.map((name) => [name, {}])),
      training: { epochs: 1 },
      seeds: 1,
    });
    const file = writeExperiment(folder, experiment);
    const out = join(folder, 'deep', 'out');
    const { code, stdout, stderr } = await repscope([
      'analyze',
      file,
      '--out',
      out,
      '--store',
      join(folder, 'store'),
    ]);
    expect(
      stderr
        .split('\n')
        .filter(
          (line) => !/^Computed by|(?: done \(\d of 5, |comparing layers: \d of \d \()\d+ s\)$/.test(line),
        ),
    ).toEqual(['']);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(controls);
    expect(stderr).not.toMatch(controls);
    expect(stdout).toContain('\\u001b[31mtitle');

    expect(readdirSync(folder).sort()).toEqual(['deep', 'store', 'tiny.experiment.json']);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['out']);
    expect(readdirSync(out).sort()).toEqual([
      'activations',
      'report.html',
      'results.json',
      'results.safetensors',
      'run.json',
      'tables',
    ]);
    const written = readdirSync(join(out, 'activations'));
    expect(written).toHaveLength(wicked.networks.length);
    for (const name of written) {
      expect(name).toMatch(/^[\w %.~-]+$/);
      expect(readdirSync(join(out, 'activations', name))).toEqual(['0.safetensors']);
    }
    const results = writtenResults(readFileSync(join(out, 'results.json'), 'utf8'));
    expect(results.networks.map(({ name }) => name)).toEqual(wicked.networks);
    expect(results.title).toBe(wicked.title);

    const report = readFileSync(join(out, 'report.html'), 'utf8');
    // As many script elements as a report of five harmlessly named networks, and no element that a name would make.
    const harmless = { a: {}, b: {}, c: {}, d: {}, e: {} };
    const plain = writeExperiment(
      folder,
      tinyExperiment({ networks: harmless, training: { epochs: 1 }, seeds: 1 }),
      'plain.experiment.json',
    );
    const other = join(folder, 'other');
    await repscope(['analyze', plain, '--out', other, '--store', join(folder, 'store')]);
    const ends = (text: string): number => text.split(/<\/script/i).length;
    expect(ends(report)).toBe(ends(readFileSync(join(other, 'report.html'), 'utf8')));
    expect(report).not.toContain('<img src=x onerror');
    expect(report).not.toContain('<script>alert');
  });

  it('in problems are shown and not obeyed', async () => {
    const folder = scratch();
    const text = JSON.stringify({
      stimuli: { features: { e: { values: ['no', 'yes'] } } },
      tasks: { [`${red}t`]: `${red}\u0085e == yes` },
      networks: { [`n\n${red}`]: { tasks: [`\u009b31m`] } },
    });
    const file = writeExperiment(folder, text, `${red}named.json`);
    const { code, stdout } = await repscopeHere(['check', file]);
    expect(code).toBe(1);
    expect(stdout).not.toMatch(controls);
    // Each problem is one line.
    for (const line of stdout.trim().split('\n')) expect(line).toMatch(/named\.json:1:\d+: /);
    const absent = await repscopeHere(['check', join(folder, `${red}absent`)]);
    expect(absent.stderr).not.toMatch(controls);
  });

  it('in the command line itself are shown and not obeyed', async () => {
    for (const words of [
      [`${red}verb`],
      ['check', `--${red}option`],
      ['analyze', `${red}absent.json`, '--workers', `${red}many`],
      ['analyze', 'absent.json', '--out', `${red}out`],
    ]) {
      const { code, stdout, stderr } = await repscope(words);
      expect(code, words.join(' ')).not.toBe(0);
      expect(stdout + stderr, words.join(' ')).not.toMatch(controls);
    }
  });

  it('in the line of progress are shown and not obeyed', () => {
    const { experiment } = readExperiment(
      JSON.stringify(tinyExperiment({ networks: { [wicked.networks[1]]: {} }, seeds: 1 })),
    );
    if (!experiment) throw new Error('The experiment has errors.');
    let written = '';
    const line = new ProgressLine(
      {
        isTTY: true,
        columns: 400,
        write: (text) => (written += text),
      },
      true,
    );
    const replicate = replicateNamed(experiment.networks[0].name, 0);
    line.on({ kind: 'analysing', ...replicate, reused: false });
    const { results } = unfinished(replicate, 'failed', `${red}why`);
    line.on({ kind: 'replicate', ...replicate, reused: false, results });
    line.end();
    expect(written).toContain('\\u001b[31mansi\\u000aline/0');
    // Nothing but what moves to the start of the line and clears it.
    expect(written.replaceAll('\r\u001b[K', '')).not.toMatch(controls);
  });
});
