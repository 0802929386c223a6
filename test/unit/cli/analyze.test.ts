import { readFileSync, readdirSync, statSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../../src/formats/safetensors';
import type { Results } from '../../../src/protocol/results';
import { treeOf } from '../../support/tree';
import { repscopeHere } from '../../support/command-here';
import { repscope, writeExperiment } from '../../support/command-line';
import { schemaFaults } from '../../support/results-schema';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';
import { writtenResults } from '../../support/written';

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('repscope analyze', () => {
  it('writes everything asked for, and says with --json what results.json says', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment());
    const out = join(folder, 'out');
    const store = join(folder, 'store');
    const first = await repscope(['analyze', file, '--store', store, '--out', out, '--workers', '1']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('easy only');
    expect(first.stdout).toContain('hidden1');
    expect(first.stderr).toContain('both/1 done');
    // Where standard error is no terminal, too, one sees how far the comparisons are.
    expect(first.stderr).toMatch(/comparing layers: 0 of (\d+) .*\n[^]*comparing layers: \1 of \1 /);
    expect(files(out)).toEqual(
      [
        ...['both', 'easy only', 'untrained'].flatMap((name) =>
          [0, 1].map((seed) => join('activations', name, `${seed}.safetensors`)),
        ),
        'report.html',
        'results.json',
        'results.safetensors',
        'run.json',
        ...[
          'accuracy',
          'agreement',
          'checkpoints',
          'hazards',
          'layers',
          'pair-groups',
          'pairs',
          'pca',
          'probes',
          'rsa-groups',
          'rsa',
          'stimuli',
          'units',
        ].map((name) => join('tables', `${name}.csv`)),
      ].sort(),
    );

    const text = readFileSync(join(out, 'results.json'), 'utf8');
    expect((JSON.parse(text) as Results).experiment).toBe(readFileSync(file, 'utf8'));
    const second = await repscope(['analyze', file, '--store', store, '--json'], { cwd: folder });
    expect(second.code).toBe(0);
    expect(second.stdout).toBe(text);
    expect(second.stderr).toContain('both/1 taken from the store');
    // Nothing but what was asked for: with --json alone no folder is made.
    expect(readdirSync(folder).sort()).toEqual(['out', 'store', 'tiny.experiment.json']);

    const results = writtenResults(text);
    expect(schemaFaults(results)).toEqual([]);
    expect(text).not.toMatch(/NaN/);
    expect(results.title).toBe('Tiny');
    expect(results.tasks.hard).toMatchObject({ formula: 'parity(h)', kind: 'binary' });
    const trees = treeOf(results);
    for (const network of trees) {
      expect(network.replicates.map(({ seed }) => seed)).toEqual([0, 1]);
      expect(network.layers.map(({ name }) => name)).toEqual(['hidden1', 'output']);
      for (const replicate of network.replicates)
        expect(replicate.layers.map(({ name }) => name)).toEqual(['hidden1', 'output']);
    }
    const lines = (table: string): string[][] =>
      readFileSync(join(out, 'tables', `${table}.csv`), 'utf8')
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(','));
    // One row per network, seed and task that it is trained on.
    expect(lines('accuracy')).toHaveLength(1 + 2 * (2 + 1 + 2));
    const [both] = trees;
    expect(lines('accuracy')[1]).toEqual(
      ['both', 0, 'done', '', 8, both.replicates[0].loss, 'easy', both.replicates[0].accuracy.easy].map(
        String,
      ),
    );

    const { tensors, metadata } = readSafetensors(
      readFileSync(join(out, 'activations', 'easy only', '1.safetensors')),
    );
    expect(Object.fromEntries(metadata)).toMatchObject({ experiment: 'Tiny', version: results.version });
    expect(tensors.get('test/hidden1')?.shape).toEqual([64, 8]);
    expect(tensors.get('fit/output')?.shape).toEqual([64, 1]);
    expect(tensors.get('test/inputs')?.shape).toEqual([64, 12]);
    // The accuracy follows from the exported logits and labels.
    const logits = Array.from(tensors.get('test/output')?.data ?? [], Number);
    const labels = Array.from(tensors.get('test/labels/easy')?.data ?? [], Number);
    const right = logits.filter((logit, at) => logit > 0 === (labels[at] === 1)).length;
    expect(right / 64).toBe(trees[1].replicates[1].accuracy.easy);

    const report = readFileSync(join(out, 'report.html'), 'utf8');
    expect(report).toContain(results.fingerprint);
  });

  it('leaves activations of an earlier run that it would write as they are', async () => {
    const folder = scratch();
    const out = join(folder, 'out');
    const analyze = async (experiment: object): Promise<void> => {
      const args = ['analyze', writeExperiment(folder, experiment), '--store', join(folder, 'store')];
      expect(await repscope([...args, '--out', out, '--workers', '1'])).toMatchObject({ code: 0 });
    };
    const path = (name: string): string => join(out, 'activations', name, '0.safetensors');
    const experiment = tinyExperiment();
    await analyze(experiment);
    const bytes = readFileSync(path('both'));
    const marked = (name: string): void => utimesSync(path(name), 1, 1);
    const isMarked = (name: string): boolean => statSync(path(name)).mtimeMs === 1000;
    for (const name of ['both', 'untrained']) marked(name);
    truncateSync(path('easy only'), 200);
    await analyze(experiment);
    expect(['both', 'untrained'].map(isMarked)).toEqual([true, true]);
    expect(readSafetensors(readFileSync(path('easy only'))).tensors.size).toBeGreaterThan(0);
    // A file says what it is of, so it is another, although the networks are the same.
    await analyze({ ...experiment, title: 'Other' });
    expect(['both', 'untrained'].map(isMarked)).toEqual([false, false]);
    await analyze(experiment);
    expect(readFileSync(path('both')).equals(bytes)).toBe(true);
  });

  it('summarises replicates by their means', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment());
    const { stdout } = await repscope([
      'analyze',
      file,
      '--json',
      '--seeds',
      '3',
      '--store',
      join(folder, 's'),
    ]);
    const written = writtenResults(stdout);
    const networks = treeOf(written);
    const mean = (values: readonly (number | null)[]): number =>
      values.reduce<number>((sum, value) => sum + (value ?? NaN), 0) / values.length;
    for (const { replicates, summary, tasks, layers } of networks) {
      expect(replicates).toHaveLength(3);
      for (const task of tasks) {
        const interval = summary.accuracy[task];
        expect(interval.mean).toBeCloseTo(mean(replicates.map(({ accuracy }) => accuracy[task])), 12);
        expect(interval.values).toEqual(replicates.map(({ accuracy }) => accuracy[task]));
        expect(interval.n).toBe(3);
        expect(interval.low).toBeLessThanOrEqual(interval.mean ?? NaN);
        expect(interval.high).toBeGreaterThanOrEqual(interval.mean ?? NaN);
      }
      layers.forEach((_, at) => {
        for (const label of ['e', 'h', 'easy', 'hard'])
          expect(summary.layers[at].varianceExplained[label].mean).toBeCloseTo(
            mean(replicates.map((replicate) => replicate.layers[at].varianceExplained[label])),
            12,
          );
        expect(summary.layers[at].participationRatio?.mean).toBeCloseTo(
          mean(replicates.map((replicate) => replicate.layers[at].participationRatio)),
          12,
        );
      });
    }
  });

  it('places problems as file:line:col and ends with 1, having written nothing', async () => {
    const folder = scratch();
    const text = `{
  "stimuli": { "features": { "shape": { "values": ["circle", "square"] } } },
  "tasks": { "round": "shap == circle" },
  "networks": { "net": { "tasks": ["rond"] } }
}`;
    const file = writeExperiment(folder, text, 'wrong.experiment.json');
    const { code, stdout, stderr } = await repscope(['analyze', file, '--store', join(folder, 'store')], {
      cwd: folder,
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const lines = stderr.trim().split('\n');
    expect(lines.find((line) => line.startsWith(`${file}:3:24: `))).toContain('shape');
    expect(lines.find((line) => line.startsWith(`${file}:4:36: `))).toContain('round');
    expect(readdirSync(folder)).toEqual(['wrong.experiment.json']);
  });

  it('says in one line that a file cannot be read', async () => {
    const folder = scratch();
    const file = join(folder, 'absent.json');
    const { code, stderr } = await repscope(['analyze', file, '--store', join(folder, 'store')]);
    expect(code).toBe(1);
    expect(stderr).toBe(`Cannot read ${file}: ENOENT.\n`);
  });

  it('ends with 2 where a replicate diverges, and keeps the others', async () => {
    const folder = scratch();
    const file = writeExperiment(
      folder,
      tinyExperiment({
        networks: {
          fine: {},
          wild: { training: { optimizer: 'sgd', learningRate: 1e30, epochs: 20 } },
        },
      }),
    );
    const out = join(folder, 'out');
    const { code, stderr } = await repscope([
      'analyze',
      file,
      '--out',
      out,
      '--store',
      join(folder, 'store'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wild\/0 failed: .*diverged/);
    const results = writtenResults(readFileSync(join(out, 'results.json'), 'utf8'));
    expect(schemaFaults(results)).toEqual([]);
    const [fine, wild] = treeOf(results);
    expect(fine.replicates.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(fine.summary.accuracy.easy.n).toBe(2);
    expect(wild.replicates.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(wild.replicates[0].reason).toContain('diverged');
    expect(wild.summary.accuracy).toEqual({});
    expect(results.rsa[0].labels).toEqual(['fine/0', 'fine/1']);
    expect(files(join(out, 'activations'))).toEqual(['fine/0.safetensors', 'fine/1.safetensors']);
  });

  it.each([
    ['--seeds', '0'],
    ['--seeds', 'many'],
    ['--workers', '1.5'],
    ['--engine', 'abacus'],
    ['--colour', 'red'],
  ])('refuses %s %s', async (option, value) => {
    const { code, stdout, stderr } = await repscopeHere(['analyze', 'x.json', option, value]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(option);
  });
});
