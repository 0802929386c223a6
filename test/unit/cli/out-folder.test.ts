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
import { OutFolder } from '../../../src/cli/out-folder';
import { temporaryFile } from '../../../src/run/temporary';
import { repscope, writeExperiment } from '../../support/command-line';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const tree = (folder: string): string[] => (readdirSync(folder, { recursive: true }) as string[]).sort();

/** Writes files as a run does. */
async function run(folder: string, names: readonly string[], force = false): Promise<void> {
  const out = await OutFolder.open(folder, 'activations/a/0.safetensors', force);
  await out.begin(names);
  for (const name of names) await out.write(name, `of ${names.join(' ')}`);
  await out.abandon();
}

describe('the folder of a run’s files', () => {
  it('leaves nothing of what was made for one that cannot be', async () => {
    const folder = scratch();
    const long = 'x'.repeat(300);
    await expect(OutFolder.open(join(folder, 'new', 'out', long), 'results.json', false)).rejects.toThrow(
      'its name is too long',
    );
    await expect(OutFolder.open(join(folder, 'other', 'out'), join(long, 'a'), false)).rejects.toThrow(
      'its name is too long',
    );
    expect(tree(folder)).toEqual([]);
  });

  it('has the files of one run, and a list of them', async () => {
    const folder = join(scratch(), 'new', 'out');
    await run(folder, [
      'results.json',
      'tables/units.csv',
      'activations/a/0.safetensors',
      'activations/b/0.safetensors',
    ]);
    await run(folder, ['results.json', 'activations/b/0.safetensors']);
    expect(tree(folder)).toEqual([
      'activations',
      'activations/b',
      'activations/b/0.safetensors',
      'results.json',
      'run.json',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toMatchObject({
      kind: 'repscope run',
      files: ['activations/b/0.safetensors', 'results.json'],
    });
  });

  it('keeps what the user put there, and never replaces it unless he insists', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'results.json'), 'mine');
    await expect(run(folder, ['results.json'])).rejects.toThrow(
      `${folder} holds what is of no earlier run (results.json): choose another folder with --out, or replace what is in the way with --force.`,
    );
    expect(readFileSync(join(folder, 'results.json'), 'utf8')).toBe('mine');
    await run(folder, ['results.json'], true);
    expect(readFileSync(join(folder, 'results.json'), 'utf8')).toBe('of results.json');
    // Beside the files of a run, what is not in their way is no matter.
    writeFileSync(join(folder, 'notes.md'), 'mine');
    await run(folder, ['results.json']);
    mkdirSync(join(folder, 'tables'));
    writeFileSync(join(folder, 'tables', 'mine.csv'), 'mine');
    await expect(run(folder, ['results.json'])).rejects.toThrow('(tables/mine.csv)');
    await run(folder, ['report.html'], true);
    expect(tree(folder)).toEqual(['notes.md', 'report.html', 'run.json', 'tables', 'tables/mine.csv']);
  });

  it('may hold what systems drop into folders, which stays', async () => {
    const folder = scratch();
    writeFileSync(join(folder, '.DS_Store'), 'theirs');
    writeFileSync(join(folder, 'desktop.ini'), 'theirs');
    await run(folder, ['results.json', 'tables/a.csv']);
    writeFileSync(join(folder, 'tables', 'Thumbs.db'), 'theirs');
    await run(folder, ['results.json']);
    expect(tree(folder)).toEqual([
      '.DS_Store',
      'desktop.ini',
      'results.json',
      'run.json',
      'tables',
      'tables/Thumbs.db',
    ]);
  });

  it('is not reached through a link, whatever its list says', async () => {
    const [folder, outside] = [scratch(), scratch()];
    writeFileSync(join(outside, '0.safetensors'), 'mine');
    await run(folder, ['results.json']);
    symlinkSync(outside, join(folder, 'activations'));
    const list = ['../escaped', 'activations/0.safetensors', 'activations', 'results.json', 'notes.md'];
    writeFileSync(join(folder, 'notes.md'), 'mine');
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ kind: 'repscope run', files: list }));
    await run(folder, ['results.json']);
    expect(tree(outside)).toEqual(['0.safetensors']);
    expect(tree(folder)).toEqual(['notes.md', 'results.json', 'run.json']);
  });

  it('is swept of what a run left that was killed', async () => {
    const folder = scratch();
    await run(folder, ['results.json', 'tables/a.csv']);
    const left = temporaryFile().replace(/-[0-9a-f]{8}-\d+-/, '-00000000-1-');
    const long = new Date(Date.now() - 2 * 3_600_000);
    for (const path of [left, join('tables', left), 'theirs.tmp']) {
      writeFileSync(join(folder, path), '');
      utimesSync(join(folder, path), long, long);
    }
    await run(folder, ['results.json', 'tables/a.csv']);
    expect(tree(folder)).toEqual(['results.json', 'run.json', 'tables', 'tables/a.csv', 'theirs.tmp']);
  });

  it('goes again where nothing was written', async () => {
    const folder = scratch();
    const out = await OutFolder.open(join(folder, 'new', 'out'), 'activations/a/0.safetensors', false);
    await out.abandon();
    expect(tree(folder)).toEqual([]);
  });
});

describe('places where results cannot go', () => {
  const long = 'x'.repeat(300);
  it.each<[string, (folder: string) => string, string]>([
    [
      'below a file',
      (folder) => join(folder, 'tiny.experiment.json', 'out'),
      'a part of its path is not a folder',
    ],
    ['with too long a name', (folder) => join(folder, long), 'its name is too long'],
    ...(process.platform === 'linux'
      ? [
          ['where nothing can be made', () => '/proc/x', 'there is no such place'] as [
            string,
            () => string,
            string,
          ],
        ]
      : []),
    ['without a name', () => '', '--out is empty'],
  ])('%s are said in one line, before anything is trained', async (_, place, why) => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment());
    const store = join(folder, 'store');
    for (const command of [
      ['analyze', file, '--store', store],
      ['stimuli', file],
    ]) {
      const { code, stdout, stderr } = await repscope([...command, '--out', place(folder)]);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toContain(why);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(existsSync(store)).toBe(false);
  });

  it('let the table be printed where they turn out late', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment());
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await repscope(
      ['analyze', file, '--store', join(folder, 'store'), '--out', out],
      { onStderr: () => mkdirSync(join(out, 'results.json', 'in the way'), { recursive: true }) },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('easy only');
    expect(stdout).not.toContain('Report:');
    expect(stderr).toMatch(/^Cannot write .*results\.json: .*\.$/m);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
