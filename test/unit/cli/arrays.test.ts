import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { program } from '../../../src/cli/program';
import { stream } from '../../../src/core/stream';
import { readNpy, writeNpy } from '../../../src/formats/npy';
import type { RecoveryFound } from '../../../src/verbs/recovery';
import { UserError } from '../../../src/verbs/user-error';
import { repscope } from '../../support/command-line';
import { repscopeHere } from '../../support/command-here';
import fixture from '../../reference/fixtures/array-files.json';
import recovered from '../../reference/fixtures/recovery.json';
import { sharedScratch } from '../../support/scratch';

const folder = sharedScratch();
const random = stream('arrays', 0);
const [rows, units] = [12, 5];
const data = Float64Array.from({ length: rows * units }, () => random.normal());

beforeAll(() => {
  const write = (name: string, shape: number[], values: Float64Array | Float32Array): void =>
    writeFileSync(join(folder, name), writeNpy({ shape, data: values }));
  write('a.npy', [rows, units], data);
  write('line.npy', [rows * units], data);
  write('nan.npy', [2, 2], Float64Array.of(1, 2, NaN, 4));
  write('singular.npy', [units, units], new Float64Array(units * units));
  writeFileSync(
    join(folder, 'labels.csv'),
    `condition,fold\n${Array.from({ length: rows }, (_, row) => `c${row % 4},${Math.floor(row / 4)}`).join('\n')}\n`,
  );
  writeFileSync(join(folder, 'two.npz'), Buffer.from(fixture.packed, 'base64'));
  writeFileSync(join(folder, 'short.csv'), 'condition\na\nb\n');
  const some = [...'aabbab'].map((kind, row) => [kind, row, row === 4 ? 'b' : 'a', 'same', '']);
  writeFileSync(
    join(folder, 'classes.csv'),
    `kind,own,single,same,none\n${[...some, ...some.map(([kind, row]) => [kind, Number(row) + 6, 'a', 'same', ''])].join('\n')}\n`,
  );
});

const run = (...args: string[]) => repscopeHere(args, { cwd: folder });

/** The same in this process: what a command throws, where it does. */
async function asked(...args: string[]): Promise<{ error?: Error }> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const command = program().exitOverride();
    for (const one of command.commands) one.exitOverride().configureOutput({ writeErr: () => undefined });
    await command.parseAsync(args, { from: 'user' });
    return {};
  } catch (error) {
    return { error: error as Error };
  } finally {
    process.chdir(before);
  }
}

/** ‖x − y‖² of two rows. */
function squaredDistance(i: number, j: number): number {
  let sum = 0;
  for (let unit = 0; unit < units; unit++) sum += (data[i * units + unit] - data[j * units + unit]) ** 2;
  return sum;
}

describe('repscope rdm', () => {
  it('prints the upper triangle, and writes the square', async () => {
    const { code, stdout } = await run('rdm', 'a.npy', '--metric', 'euclidean', '--json', '--out', 'r.npy');
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as { values: number[] };
    expect(found).toMatchObject({ definition: 'euclidean', n: rows, units });
    expect(found.values).toHaveLength((rows * (rows - 1)) / 2);
    expect(found.values[1]).toBeCloseTo(Math.sqrt(squaredDistance(0, 2)), 12);
    const square = readNpy(readFileSync(join(folder, 'r.npy')));
    expect(square.shape).toEqual([rows, rows]);
    expect(square.data[2 * rows]).toBe(found.values[1]);
    expect(square.data[0]).toBe(0);
  });

  it('takes one array of an archive', async () => {
    expect(await asked('rdm', 'two.npz:layer1', '--metric', 'euclidean', '--out', 'named.npy')).toEqual({});
    // Rows of 0, 1, 2, …: neighbours differ by 3 in each of 3 units.
    expect(readNpy(readFileSync(join(folder, 'named.npy'))).data[1]).toBeCloseTo(Math.sqrt(27), 12);
  });

  it('averages conditions, cross-validates over folds, and says so', async () => {
    const labels = ['--labels', 'labels.csv', '--condition', 'condition', '--fold', 'fold'];
    const { code, stdout } = await run('rdm', 'a.npy', '--metric', 'crossnobis', ...labels);
    expect(code).toBe(0);
    expect(stdout).toContain('crossnobis: RDM of 4 conditions, 5 units, 3 folds; noise: identity\n');
    expect(stdout).toContain('conditions, in the order of its rows: c0, c1, c2, c3\n');
  });

  it.each([
    [['rdm', 'nowhere.npy'], 'Cannot read nowhere.npy: there is no such place'],
    [['rdm', 'labels.csv'], "labels.csv: Row 2, column 1 has 'c0', which is no number"],
    [['rdm', 'two.npz'], "two.npz: Name one of its arrays, as in FILE:NAME. It has 'layer1'"],
    [['rdm', 'two.npz:fc'], "two.npz: There is no array 'fc'."],
    [['rdm', 'line.npy'], 'line.npy has 1 dimension, shape (60)'],
    [['rdm', 'nan.npy'], 'nan.npy has NaN in row 1, unit 0'],
    [['rdm', 'a.npy', '--metric', 'jaccard'], 'units that are on (1) or off (0)'],
    [['rdm', 'a.npy', '--metric', 'poisson'], 'none below 0'],
    [['rdm', 'a.npy', '--metric', 'crossnobis'], 'name the columns of the condition and of the fold'],
    [['rdm', 'a.npy', '--condition', 'condition'], 'name their file, too'],
    [['rdm', 'a.npy', '--labels', 'labels.csv', '--condition', 'kind'], "It has 'condition', 'fold'."],
    [['rdm', 'a.npy', '--labels', 'short.csv', '--condition', 'condition'], 'has 2 rows, and the array 12'],
    [['rdm', 'a.npy', '--noise', 'a.npy'], 'correlation takes no noise'],
    [['rdm', 'a.npy', '--metric', 'mahalanobis', '--noise', 'singular.npy'], 'has no inverse'],
    [['rdm', 'a.npy', '--metric', 'mahalanobis', '--noise', 'nan.npy'], 'nan.npy has NaN'],
    [
      ['compare-rdms', 'a.npy', 'a.npy', '--partial', '--regression'],
      'Give --partial or --regression, not both.',
    ],
    [['compare-rdms', 'a.npy', 'line.npy'], 'a.npy has the shape (12, 5): RDMs are squares'],
  ])('says what to mend: %j', async (args, sentence) => {
    const { error } = await asked(...args);
    expect(error).toBeInstanceOf(UserError);
    expect(error?.message).toContain(sentence);
  });

  it('says it in one line', async () => {
    const { code, stderr } = await run('rdm', 'nowhere.npy');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('Cannot read nowhere.npy: there is no such place'),
    ]);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('repscope compare-rdms', () => {
  it('prints one number for two RDMs, and says what it is of', async () => {
    await run('rdm', 'a.npy', '--metric', 'squared-euclidean', '--out', 'one.npy');
    await run('rdm', 'a.npy', '--metric', 'euclidean', '--out', 'two.npy');
    const { stdout } = await run('compare-rdms', 'one.npy', 'two.npy', '--method', 'spearman', '--json');
    // One is a monotone function of the other.
    expect(JSON.parse(stdout)).toEqual({ definition: 'spearman', n: rows, pairs: 66, value: 1 });
    const text = await run('compare-rdms', 'one.npy', 'two.npy');
    expect(text.stdout).toMatch(/^pearson of RDMs of 12 stimuli, over 66 pairs\n0\.9\d+\n$/);
    const sum = await run('compare-rdms', 'one.npy', 'one.npy', 'two.npy', '--regression');
    expect(sum.stdout).toMatch(/^regression, pearson of .*\nRDM +model +weight +unique .*\n1 +one +1 /);
  });
});

describe('repscope rsa', () => {
  it('prints scores, ceiling and tests, and writes the figure', async () => {
    const models = ['--models', 'one.npy', 'two.npy', '--names', 'first', 'second'];
    const args = ['rsa', 'one.npy', 'two.npy', ...models, '--draws', '100', '--figure', 'f.svg'];
    // What draws figures lies beside the program.
    const { code, stdout } = await repscope(args, { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^cosine with 2 RDMs of 12 stimuli, over 66 pairs\nnoise ceiling: 0\.\d+ to 0\.\d+\n/,
    );
    expect(stdout).toMatch(/\nfirst +0\.\d+ +\[.*\nsecond /);
    expect(stdout).toMatch(/\nfirst – second /);
    expect(readFileSync(join(folder, 'f.svg'), 'utf8')).toContain('>first</text>');
  });
});

describe('repscope similarity', () => {
  it('prints one measure as an object, all as a list, with the null where it is asked for', async () => {
    const { stdout } = await run('similarity', 'a.npy', 'a.npy', '--null', '99', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ definition: 'cka', n: rows, units: [units, units], more: 'alike' },
      null: { permutations: 99, calibrated: expect.closeTo(1, 9) as number, p: 0.01 },
    });
    const all = JSON.parse((await run('similarity', 'a.npy', 'a.npy', '--all', '--json')).stdout) as {
      definition: string;
      value: number;
    }[];
    expect(all.map(({ definition }) => definition)).toContain('pwcca');
    for (const { definition, value } of all.filter((one) => one.definition !== 'cka-debiased-units'))
      expect(value, definition).toBeCloseTo(/^procrustes|^shape/.test(definition) ? 0 : 1, 4);
    const text = await run('similarity', 'a.npy', 'a.npy', '--measure', 'procrustes', '--null', '19');
    expect(text.stdout).toMatch(
      /^12 stimuli, 5 and 5 units\n\nmeasure +value +null mean +calibrated +p +more\n/,
    );
  });

  it.each([
    [['a.npy', 'nan.npy'], 'nan.npy has NaN'],
    [['a.npy', 'singular.npy'], 'a.npy has 12 rows, singular.npy 5'],
    [['a.npy', 'a.npy', '--null', '3'], 'from 19 to'],
    [['a.npy', 'a.npy', '--all', '--measure', 'cka'], 'not both'],
    [['a.npy', 'a.npy', '--alpha', '0.5'], 'of the measure shape alone'],
    [['a.npy', 'a.npy', '--measure', 'shape', '--alpha', '2'], 'Give a number from 0 to 1'],
  ])('says what to mend: %j', async (args, sentence) => {
    const { error } = await asked('similarity', ...args);
    expect(error?.message).toContain(sentence);
  });

  it('has a line for each direction of a measure that has one', async () => {
    const { stdout } = await run('similarity', 'a.npy', 'a.npy', '--measure', 'matching-semi');
    expect(stdout).toMatch(
      /\nmatching-semi +1\.0000 +alike\nmatching-semi, second to first +1\.0000 +alike\n$/,
    );
  });

  it('says why there is no value', async () => {
    const { stdout } = await run('similarity', 'singular.npy', 'singular.npy', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      value: null,
      why: 'No unit varies over the test stimuli.',
    });
  });
});

describe('repscope selectivity', () => {
  it('leaves out rows without the label, compares the second value with the first, and says why there is no number', async () => {
    const of = ['--labels', 'gaps.csv', '--label', 'kind', '--permutations', '0', '--json'];
    const kinds = ['', 'NaN', ...'xyxyxyxyxy'];
    writeFileSync(
      join(folder, 'gaps.csv'),
      `row,kind\n${kinds.map((kind, row) => `${row},${kind}`).join('\n')}\n`,
    );
    const found = JSON.parse((await run('selectivity', 'a.npy', ...of)).stdout) as {
      values: { correlation: number[] };
    };
    expect(found).toMatchObject({
      ...{ definition: 'selectivity', n: 10, missing: 2, units, classes: ['x', 'y'], counts: [5, 5] },
      undefinedValues: { 'selectivity.kind.p': 'No permutations were asked for.' },
    });
    const values = Array.from({ length: 10 }, (_, at) => data[(at + 2) * units]);
    const difference =
      values.filter((_, at) => at % 2 === 1).reduce((sum, value) => sum + value, 0) -
      values.filter((_, at) => at % 2 === 0).reduce((sum, value) => sum + value, 0);
    expect(Math.sign(found.values.correlation[0])).toBe(Math.sign(difference));
  });

  it('takes the spread of double precision for what it is', async () => {
    const values = Float64Array.of(1e5, 1e5 + 1e-3, 1e5 + 2e-3, 1e5 + 1, 1e5 + 1.001, 1e5 + 1.002);
    writeFileSync(join(folder, 'far.npy'), writeNpy({ shape: [6, 1], data: values }));
    writeFileSync(join(folder, 'halves.csv'), 'half\n0\n0\n0\n1\n1\n1\n');
    const of = ['--labels', 'halves.csv', '--label', 'half', '--permutations', '0', '--json'];
    const { stdout } = await run('selectivity', 'far.npy', ...of);
    const found = JSON.parse(stdout) as { values: { dprime: number[] } };
    expect(found.values.dprime[0]).toBeCloseTo(1000, 3);
  });

  it.each([
    ['own', "'own' of classes.csv has 12 values in 12 rows"],
    ['same', "has one value, 'same', in all rows"],
    ['none', "'none' of classes.csv is empty in every row."],
    ['other', "classes.csv has no column 'other'."],
  ])('says what to mend: %s', async (label, sentence) => {
    const { error } = await asked('selectivity', 'a.npy', '--labels', 'classes.csv', '--label', label);
    expect(error).toBeInstanceOf(UserError);
    expect(error?.message).toContain(sentence);
  });
});

describe('repscope recovery', () => {
  const given = recovered.cases[0];
  const { x, y, labels } = given;
  const lines = Array.from({ length: x.rows }, (_, row) => labels.map(({ of }) => of[row]).join(','));
  beforeAll(() => {
    writeFileSync(
      join(folder, 'x.npy'),
      writeNpy({ shape: [x.rows, x.cols], data: Float64Array.from(x.data) }),
    );
    writeFileSync(
      join(folder, 'y.npy'),
      writeNpy({ shape: [y.rows, y.cols], data: Float64Array.from(y.data) }),
    );
    const head = labels.map(({ name }) => name).join(',');
    writeFileSync(
      join(folder, 'of-x.csv'),
      `${head},own,gaps\n${lines.map((line, row) => `${line},${row},${row === 0 ? '' : row % 2}`).join('\n')}\n`,
    );
  });

  it('gives the scores, components and shared labels that numpy gives', async () => {
    const { stdout } = await run('recovery', 'x.npy', 'y.npy', '--labels', 'of-x.csv', '--json');
    const { n, units: widths, values } = JSON.parse(stdout) as RecoveryFound;
    expect([n, widths]).toEqual([x.rows, [x.cols, y.cols]]);
    expect(values?.scores.procrustes).toBeCloseTo(given.scores.procrustes, 9);
    for (const [at, { shares }] of (values?.components ?? []).entries())
      expect(shares.cka).toBeCloseTo(given.components[at].shares.cka, 9);
    expect(values?.features.map(({ name }) => name)).toEqual([...labels.map(({ name }) => name), 'gaps']);
    expect(values?.features[0].shares.ccaSquared).toBeCloseTo(given.features[0].shares.ccaSquared, 9);
  });

  it('leaves out rows without a label that is named, and prints a table', async () => {
    const of = ['--labels', 'of-x.csv', '--label', 'gaps', '--components', '2'];
    const { stdout } = await run('recovery', 'x.npy', 'y.npy', ...of);
    expect(stdout).toContain(`over ${x.rows - 1} stimuli (1 without a label are left out)`);
    expect(stdout).toMatch(/\nPC2 +[\d.]+ .*\ngaps +[\d.]+ .*\nthe score +[\d.]+ +[\d.]+ +[\d.]+\n$/);
  });

  it.each([
    [['--label', 'gaps'], 'name the file of the labels, too'],
    [['--labels', 'of-x.csv', '--label', 'own'], `'own' of of-x.csv has ${x.rows} values in ${x.rows} rows`],
  ])('says what to mend: %s', async (options, sentence) => {
    const { error } = await asked('recovery', 'x.npy', 'y.npy', ...options);
    expect(error).toBeInstanceOf(UserError);
    expect(error?.message).toContain(sentence);
  });
});

describe('tables of components, units and probes', () => {
  it('say what they are of', async () => {
    const components = (await run('pca', 'a.npy', '--components', '2')).stdout;
    expect(components).toMatch(/^principal components of 12 rows, 5 units, centred\n/);
    expect(components).toMatch(/\nPC2 +\d+\.\d\d % +\d+\.\d\d % +[\d.]+\n$/);
    const of = ['--labels', 'classes.csv', '--label', 'kind'];
    const units = (await run('selectivity', 'a.npy', ...of)).stdout;
    expect(units).toMatch(/\nvalues: a \(6\), b \(6\); 1000 permutations\n/);
    expect(units).toMatch(/\n\d +b over a +-?\d\.\d{3} /);
    const probed = (await run('probe', 'a.npy', ...of, '--kind', 'ridge', '--untrained', 'a.npy')).stdout;
    expect(probed).toMatch(/^ridge probe of kind, 2 classes: 12 rows, 12 distinct, 5 units\n/);
    for (const row of ['activations', 'chance', 'control task per stimulus', 'untrained'])
      expect(probed).toMatch(new RegExp(`\\n${row} +[\\d.]+`));
  });
});

it('structure lays rows out on a plane, by classical scaling on their first two components', async () => {
  const { found } = JSON.parse(
    (await run('structure', 'a.npy', '--method', 'classical', '--json')).stdout,
  ) as { found: { maps: { x: number[] }[] } };
  const { scores } = JSON.parse((await run('pca', 'a.npy', '--json')).stdout) as { scores: number[][] };
  const [x, score] = [found.maps[0].x, scores[0]];
  const sign = Math.sign(x[0] * score[0]);
  for (const row of x.keys()) expect(x[row]).toBeCloseTo(sign * score[row], 9);
});
