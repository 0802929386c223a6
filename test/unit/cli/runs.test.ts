import { treeOf } from '../../support/tree';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PLACES } from '../../../src/core/values';
import type { Comparison } from '../../../src/protocol/comparison';
import type { Results } from '../../../src/protocol/results';
import type { RsaLayers } from '../../../src/verbs/rsa-layers';
import { repscopeHere } from '../../support/command-here';
import { repscope, writeExperiment } from '../../support/command-line';
import { sharedScratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';
import { writtenResults } from '../../support/written';

const folder = sharedScratch();
let results: Results;

beforeAll(async () => {
  const file = writeExperiment(folder, tinyExperiment());
  await repscope(['analyze', file, '--store', join(folder, 'store')], { cwd: folder });
  results = writtenResults(readFileSync(join(folder, 'tiny.results', 'results.json'), 'utf8'));
}, 120_000);

const run = (args: readonly string[]) => repscopeHere(args, { cwd: folder });

describe('repscope rsa of a run', () => {
  it('prints labels × layers of each network, as results.json has them', async () => {
    const { code, stdout } = await run(['rsa', 'tiny.results', '--json']);
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as RsaLayers;
    const both = found.layers.filter(({ network }) => network === 'both');
    const tree = treeOf(results).find(({ name }) => name === 'both');
    expect(both.map(({ layer }) => layer)).toEqual(tree?.layers.map(({ name }) => name));
    for (const { layer, labels } of both) {
      const own = labels.find(({ label }) => label === 'hard');
      const each = tree?.replicates.map(
        ({ layers }) => layers.find(({ name }) => name === layer)?.modelRsa?.hard ?? NaN,
      );
      expect(own?.mean).toBeCloseTo(
        (each ?? []).reduce((sum, one) => sum + one, 0) / (each ?? []).length,
        12,
      );
    }
    const text = (await run(['rsa', 'tiny.experiment.json'])).stdout;
    expect(text).toMatch(/^both: RDMs of labels, correlation distance over stimuli, Pearson/m);
    expect(text).toMatch(/^label +hidden1 .*output/m);
    expect(text).toMatch(/^hard +-?\d\.\d{3}/m);
  });

  it('says what is missing where there are neither models nor one run', async () => {
    const { code, stderr } = await run(['rsa', 'a.npy', 'b.npy']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Name the files of model RDMs (--models)');
  });
});

describe('repscope values', () => {
  it('prints the numbers that are asked for, as results.json has them', async () => {
    const asked = [
      '--measure',
      'varianceExplained',
      '--source',
      'both',
      '--checkpoint',
      'end',
      '--label',
      'hard',
    ];
    const { code, stdout } = await run(['values', 'tiny.results', ...asked, '--json']);
    expect(code).toBe(0);
    const { values } = JSON.parse(stdout) as { values: { seed: string; site: string; value: number }[] };
    const [both] = treeOf(results);
    const expected = both.replicates.flatMap(({ seed, layers }) =>
      layers.map(({ name, varianceExplained }) => [String(seed), name, varianceExplained.hard]),
    );
    expect(values.map(({ seed, site, value }) => [seed, site, value])).toEqual(expected);
  });

  it('finds the run of an experiment file that was analysed here, and prints a table with one row a number', async () => {
    const { code, stdout } = await run([
      'values',
      'tiny.experiment.json',
      '--measure',
      'accuracy',
      '--checkpoint',
      'end',
    ]);
    expect(code).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^measure +source +seed +checkpoint +label +value$/);
    expect(rows).toHaveLength(results.networks.reduce((sum, { tasks }) => sum + 2 * tasks.length, 0));
  });

  it('says which names there are, where one is unknown', async () => {
    const { code, stderr } = await run(['values', 'tiny.results', '--site', 'hidden9']);
    expect(code).toBe(1);
    expect(stderr).toContain("There is no site 'hidden9' in this run. It has 'hidden1', 'output'.");
  });

  it('has an option for every place', async () => {
    const { stdout } = await run(['values', '--help']);
    for (const place of PLACES) expect(stdout).toContain(`--${place} <name...>`);
  });
});

describe('repscope hazards', () => {
  it('prints those of results.json', async () => {
    const { code, stdout } = await run(['hazards', 'tiny.results', '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Results).hazards).toEqual(results.hazards);
    expect(results.hazards.length).toBeGreaterThan(0);
    expect((await run(['hazards', 'tiny.results'])).stdout).toContain(results.hazards[0].rule);
  });
});

describe('repscope compare', () => {
  it('subtracts one run from another, and names networks that are the same in both', async () => {
    const longer = tinyExperiment({
      networks: { both: { training: { epochs: 9 } }, 'easy only': { tasks: ['easy'] } },
    });
    const file = writeExperiment(folder, longer, 'longer.experiment.json');
    await repscope(['analyze', file, '--store', join(folder, 'store')], { cwd: folder });
    const { code, stdout } = await run(['compare', 'longer.results', 'tiny.results', '--json']);
    expect(code).toBe(0);
    const { rows, unchanged, onlyThere } = JSON.parse(stdout) as Comparison;
    expect([unchanged, onlyThere]).toEqual([['easy only'], ['network untrained']]);
    expect(new Set(rows.map(({ network }) => network))).toEqual(new Set(['both']));
    const there = treeOf(results)[0].replicates.map(({ layers }) => layers[0].varianceExplained.hard ?? NaN);
    const row = rows.find(
      ({ layer, measure, label }) =>
        layer === 'hidden1' && measure === 'varianceExplained' && label === 'hard',
    );
    expect(row?.there).toBeCloseTo((there[0] + there[1]) / 2, 12);
    expect(row?.difference).toBeCloseTo((row?.here ?? NaN) - (row?.there ?? NaN), 12);
    expect(row?.difference).not.toBe(0);
  });

  it('subtracts several runs, and pairs networks of other names', async () => {
    const others = ['tiny.results', 'tiny.results'];
    const pair = ['--pair', 'both=easy only', '--pair', 'untrained=both'];
    const { stdout } = await run(['compare', 'tiny.results', ...others, ...pair, '--json']);
    const found = JSON.parse(stdout) as Comparison[];
    expect(found).toHaveLength(2);
    for (const { paired, rows } of found) {
      expect(paired).toHaveLength(2);
      expect(rows.find(({ network }) => network === 'both')).toMatchObject({ against: 'easy only' });
    }
    const { stdout: text } = await run(['compare', 'tiny.results', ...others, ...pair]);
    expect(text.match(/Welch/g)).toHaveLength(2);
    expect(text).toContain('both − easy only');
    const wrong = await run(['compare', 'tiny.results', 'tiny.results', '--pair', 'both']);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("'both' pairs no two networks")]);
  });

  it('says of a run and itself that all is the same', async () => {
    const { stdout } = await run(['compare', 'tiny.results', 'tiny.results']);
    expect(stdout).toContain('Welch');
    expect(stdout).toContain('The same in both, replicate by replicate: both, easy only, untrained.');
  });
});

describe('a run that cannot be read', () => {
  it.each([
    ['{ "schemaVersion": 1,', 'is no JSON'],
    ['{ "schemaVersion": 7 }', 'has no results of this version'],
    ['[]', 'has no results of this version'],
    // As an earlier build wrote it.
    [
      '{ "schemaVersion": 1, "networks": [], "rsa": [], "labels": [], "hazards": [], "notes": [] }',
      'has no results of this version',
    ],
  ])('%j is answered with a sentence', async (text, sentence) => {
    const file = join(folder, 'other-results.json');
    writeFileSync(file, text);
    const { code, stderr } = await run(['hazards', file]);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it.each([
    [
      'some where/absent.experiment.json',
      'absent.results',
      'analyse some where/absent.experiment.json here first',
    ],
    ['.', '', 'name the folder of a run, or the experiment file that was analysed here'],
  ])('and is not there: %s is answered with what would work', async (place, at, sentence) => {
    const { code, stderr } = await run(['values', place]);
    expect(code).toBe(1);
    expect(stderr).toContain(`There are no results at ${join(at, 'results.json')}: `);
    expect(stderr).toContain(sentence);
  });

  it('for another reason than that it is not there says this one', async () => {
    mkdirSync(join(folder, 'odd', 'results.json'), { recursive: true });
    const { code, stderr } = await run(['values', 'odd']);
    expect(code).toBe(1);
    expect(stderr).toBe(`Cannot read ${join('odd', 'results.json')}: it is a folder (EISDIR).\n`);
  });
});
