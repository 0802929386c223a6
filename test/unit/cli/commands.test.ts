import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repscopeHere } from '../../support/command-here';
import { repscope, writeExperiment } from '../../support/command-line';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

describe('repscope check', () => {
  it('prints the problems of all files, and ends with 1 where there is an error', async () => {
    const folder = scratch();
    const good = writeExperiment(folder, tinyExperiment(), 'good.experiment.json');
    const cut = writeExperiment(folder, '{ "stimuli": ', 'cut.experiment.json');
    const constant = writeExperiment(
      folder,
      tinyExperiment({ tasks: { easy: 'e == yes or e == no', hard: 'parity(h)' } }),
      'constant.experiment.json',
    );
    const absent = join(folder, 'absent.experiment.json');
    const { code, stdout, stderr } = await repscopeHere(['check', good, cut, absent, constant]);
    expect(code).toBe(1);
    expect(stdout).not.toContain(good);
    const lines = stdout.trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^\S+\.json:\d+:\d+: .+[.?]$/);
    expect(lines.some((line) => line.startsWith(`${cut}:1:`))).toBe(true);
    expect(lines.find((line) => line.startsWith(`${constant}:`))).toContain('easy');
    expect(stderr).toContain(`Cannot read ${absent}`);
  });

  it('says nothing of a file without problems', async () => {
    const file = writeExperiment(scratch(), tinyExperiment());
    expect(await repscopeHere(['check', file])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('refuses bytes that are no UTF-8', async () => {
    const file = writeExperiment(scratch(), tinyExperiment());
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from([0x2f, 0x2f, 0xff])]));
    const { code, stderr } = await repscopeHere(['check', file]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${file} is no UTF-8 text. Save it with the encoding UTF-8.`);
  });

  it('finds stimuli that cannot be drawn', async () => {
    const experiment = tinyExperiment({
      stimuli: { features: { e: { values: ['no', 'yes'] }, h: { bits: 2 } }, train: 128, fit: 64, test: 64 },
    });
    const file = writeExperiment(scratch(), experiment);
    const { code, stdout } = await repscopeHere(['check', file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/tiny\.experiment\.json:\d+:\d+: /);
  });
});

describe('repscope stimuli', () => {
  it('lists every stimulus with its labels and inputs, to standard output or a file', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment());
    const { code, stdout } = await repscopeHere(['stimuli', file]);
    expect(code).toBe(0);
    const [header, ...rows] = stdout.trim().split(/\r?\n/);
    const columns = header.split(',');
    expect(columns.slice(0, 5)).toEqual(['set', 'index', 'e', 'h[0]', 'h[1]']);
    expect(columns.filter((name) => name.startsWith('input['))).toHaveLength(12);
    expect(rows).toHaveLength(128 + 64 + 64);
    for (const row of rows) {
      const of = Object.fromEntries(row.split(',').map((value, at) => [columns[at], value]));
      expect(of.easy).toBe(String(of.e === 'yes'));
      expect(of.hard).toBe(String(of['h[0]'] !== of['h[1]']));
      // The first feature is copied over the first two input units.
      expect([of['input[0]'], of['input[1]']]).toEqual(of.e === 'yes' ? ['1', '1'] : ['0', '0']);
    }

    const out = join(folder, 'tables', 'stimuli.csv');
    expect(await repscopeHere(['stimuli', file, '--out', out])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(out, 'utf8')).toBe(stdout);
  });
});

describe('repscope store', () => {
  it('counts and clears what is kept', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment({ networks: { both: {} } }));
    const store = join(folder, 'kept');
    await repscope(['analyze', file, '--json', '--store', store]);
    // A training and its analysis, for each of two seeds; two RSA matrices for each of two layers; four other measures of pairs of the last hidden one.
    expect((await repscopeHere(['store', '--store', store])).stdout).toMatch(`${store}: 12 entries, `);
    expect(await repscopeHere(['store', '--clear', '--store', store])).toEqual({
      code: 0,
      stdout: `${store}: 0 entries, 0.0 MB\n`,
      stderr: '',
    });
    const again = await repscope(['analyze', file, '--json', '--store', store]);
    expect(again.stderr).toContain('both/0 done');
  });

  it.each(['', '.', '~', '/'])('refuses %j, and deletes nothing there', async (store) => {
    const folder = scratch();
    const thesis = join(folder, 'tmp', 'thesis');
    mkdirSync(thesis, { recursive: true });
    const long = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(thesis, long, long);
    const file = writeExperiment(folder, tinyExperiment());
    for (const words of [['store'], ['store', '--clear'], ['analyze', file, '--json']]) {
      // An analysis asks its threads, which only the built program has.
      const run = words[0] === 'analyze' ? repscope : repscopeHere;
      const { code, stdout, stderr } = await run([...words, '--store', store], { cwd: folder });
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(readdirSync(folder).sort()).toEqual(['tiny.experiment.json', 'tmp']);
    expect(existsSync(thesis)).toBe(true);
  });

  it('goes on where finished work cannot be kept, with one warning', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment({ networks: { both: {} } }));
    const store = join(folder, 'kept');
    // Links stand where entries would be made.
    await repscopeHere(['store', '--store', store]);
    for (let group = 0; group < 256; group++)
      symlinkSync('nowhere', join(store, 'entries', group.toString(16).padStart(2, '0')));
    const { code, stdout, stderr } = await repscope(['analyze', file, '--json', '--store', store]);
    expect(code).toBe(0);
    expect(stderr.match(/^warning: .*$/gm)).toEqual([expect.stringContaining('cannot be written')]);
    const whole = await repscope(['analyze', file, '--json', '--store', join(folder, 'other')]);
    expect(stdout).toBe(whole.stdout);
  });

  it('is not larger than its cap after a run', async () => {
    const folder = scratch();
    const file = writeExperiment(
      folder,
      tinyExperiment({ network: { hidden: [256, 128] }, training: { epochs: 2, checkpoints: 4 }, seeds: 3 }),
    );
    const store = join(folder, 'kept');
    const first = await repscope(['analyze', file, '--json', '--store', store, '--store-cap', '1']);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/^warning: The store is too small for all of this run/m);
    const said = (await repscopeHere(['store', '--store', store])).stdout;
    expect(Number(/([\d.]+) MB/.exec(said)?.[1])).toBeLessThanOrEqual(1);
  });

  it('says in a line where the store cannot be opened', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment());
    const { code, stdout, stderr } = await repscope(['analyze', file, '--json', '--store', file]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(file);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('repscope --help', () => {
  it.each(['', 'check', 'explain', 'plan', 'analyze', 'stimuli', 'values', 'hazards', 'compare', 'store'])(
    'explains %j',
    async (name) => {
      const command = name === '' ? [] : [name];
      const { code, stdout } = await repscopeHere([...command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(['Usage: repscope', ...command].join(' '));
    },
  );

  it('writes no file', () => expect(existsSync('repscope.results')).toBe(false));
});
