import { describe, expect, it } from 'vitest';
import type { StimulusSets } from '../../../src/stimuli/draw-stimuli';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { distinctRows } from '../../../src/stimuli/describe-set';
import { StimuliError } from '../../../src/stimuli/stimuli-error';
import {
  and,
  binary,
  bit,
  bits,
  build,
  categorical,
  categoryTask,
  gaussian,
  inputRow,
  is,
  mean,
  parity,
  task,
  valuesOf,
} from './builder';

const easy = task('easy', is('e'));
const hard = task('hard', parity(bit('h', 0), bit('h', 1), bit('h', 2), bit('h', 3)));
const recipe = (options: Parameters<typeof build>[1] = {}) =>
  build([binary('e', { units: 4 }), bits('e noise', 12), bits('h', 4), bits('h noise', 12)], {
    tasks: [easy, hard],
    balance: ['hard'],
    counts: [2048, 256, 255],
    ...options,
  });

function rowKeys(sets: StimulusSets): Set<string>[] {
  return [sets.train, sets.fit, sets.test].map(
    (set) => new Set(Array.from({ length: set.inputs.rows }, (_, row) => inputRow(set, row).join())),
  );
}

function expectDisjoint(sets: StimulusSets): void {
  const [train, fit, test] = rowKeys(sets);
  expect([...train].some((key) => fit.has(key) || test.has(key))).toBe(false);
  expect([...fit].some((key) => test.has(key))).toBe(false);
}

function failure(run: () => unknown): StimuliError {
  try {
    run();
  } catch (error) {
    if (error instanceof StimuliError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the headline recipe', () => {
  const sets = drawStimuli(recipe());

  it('has 32 input units that carry their features', () => {
    expect(sets.train.inputs).toMatchObject({ rows: 2048, cols: 32 });
    const e = valuesOf(sets.train, 'e');
    const h = valuesOf(sets.train, 'h');
    for (let row = 0; row < 100; row++) {
      expect(inputRow(sets.train, row).slice(0, 4)).toEqual(new Array(4).fill(e[row]));
      expect(inputRow(sets.train, row).slice(16, 20)).toEqual([...h.subarray(row * 4, row * 4 + 4)]);
    }
  });

  it('labels tasks by their formulas and balances exactly', () => {
    const h = valuesOf(sets.test, 'h');
    const odd = Array.from(
      { length: 255 },
      (_, row) => h.subarray(row * 4, row * 4 + 4).reduce((a, b) => a + b, 0) % 2,
    );
    expect([...valuesOf(sets.test, 'hard')]).toEqual(odd);
    expect(valuesOf(sets.train, 'hard').reduce((a, b) => a + b, 0)).toBe(1024);
    expect(valuesOf(sets.fit, 'hard').reduce((a, b) => a + b, 0)).toBe(128);
    expect([127, 128]).toContain(valuesOf(sets.test, 'hard').reduce((a, b) => a + b, 0));
    expect(valuesOf(sets.train, 'easy')).toEqual(valuesOf(sets.train, 'e'));
  });

  it('has disjoint sets and says that they do not coincide', () => {
    expectDisjoint(sets);
    expect(sets.coincide).toBe(false);
  });

  it('is the same again, and another with another seed', () => {
    expect(drawStimuli(recipe())).toEqual(sets);
    expect(drawStimuli(recipe({ seed: 1 })).train.inputs.data).not.toEqual(sets.train.inputs.data);
  });
});

describe('independent streams', () => {
  const parts = [binary('e'), bits('noise', 40), gaussian('z', 2)];
  const sets = drawStimuli(build(parts));

  it('a larger training set begins with the smaller one and leaves the others as they are', () => {
    const larger = drawStimuli(build(parts, { counts: [1500, 200, 200] }));
    expect(larger.train.inputs.data.subarray(0, sets.train.inputs.data.length)).toEqual(
      sets.train.inputs.data,
    );
    expect(larger.fit).toEqual(sets.fit);
    expect(larger.test).toEqual(sets.test);
  });

  it('noise on one feature changes its own units only', () => {
    const noisy = drawStimuli(build([binary('e', { noise: 0.5 }), ...parts.slice(1)]));
    expect(noisy.train.features).toEqual(sets.train.features);
    const others = (row: number, from: StimulusSets) => inputRow(from.train, row).slice(1);
    for (let row = 0; row < 1000; row++) expect(others(row, noisy)).toEqual(others(row, sets));
    const differences = Array.from(
      { length: 1000 },
      (_, row) => inputRow(noisy.train, row)[0] - inputRow(sets.train, row)[0],
    );
    expect(Math.abs(mean(differences))).toBeLessThan((6 * 0.5) / Math.sqrt(1000));
    expect(Math.abs(mean(differences.map((d) => d * d)) - 0.25)).toBeLessThan(6 * 0.25 * Math.sqrt(2 / 1000));
  });

  it('a feature that is drawn otherwise leaves the draws of the others', () => {
    const other = drawStimuli(build([binary('e', { draw: { prevalence: [0.9, 0.1] } }), ...parts.slice(1)]));
    expect(valuesOf(other.train, 'z')).toEqual(valuesOf(sets.train, 'z'));
    expect(valuesOf(other.train, 'e')).not.toEqual(valuesOf(sets.train, 'e'));
  });

  it('sets differ', () => {
    expect(valuesOf(sets.fit, 'z')).not.toEqual(valuesOf(sets.test, 'z'));
  });
});

describe('balance', () => {
  it('crosses binary and categorical tasks to within one stimulus', () => {
    const sets = drawStimuli(
      build(
        [
          binary('e', { draw: { prevalence: [0.95, 0.05] } }),
          categorical('c', ['a', 'b', 'd']),
          bits('noise', 30),
        ],
        {
          tasks: [easy, categoryTask('colour', 'c', ['a', 'b', 'd'])],
          balance: ['easy', 'colour'],
          counts: [1000, 100, 101],
        },
      ),
    );
    for (const set of [sets.train, sets.fit, sets.test]) {
      const counts = new Array<number>(6).fill(0);
      valuesOf(set, 'easy').forEach((value, row) => counts[value * 3 + valuesOf(set, 'colour')[row]]++);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('puts stimuli of rare combinations everywhere, not last', () => {
    const { train } = drawStimuli(
      build([binary('e', { draw: { prevalence: [0.98, 0.02] } }), bits('noise', 30)], {
        tasks: [easy],
        balance: ['easy'],
      }),
    );
    const rows = Array.from(valuesOf(train, 'easy')).flatMap((value, row) => (value === 1 ? [row] : []));
    // Mean of 500 of the places 0 … 999 without repeats.
    expect(Math.abs(mean(rows) - 499.5)).toBeLessThan(6 * Math.sqrt((1000 * 1001) / 12 / 500 / 2));
  });

  it('names the combination that cannot occur', () => {
    const opposite = task('opposite', { kind: 'not', of: is('e') });
    const error = failure(() =>
      drawStimuli(
        build([binary('e'), bits('noise', 30)], { tasks: [easy, opposite], balance: ['easy', 'opposite'] }),
      ),
    );
    expect(error.path).toEqual(['stimuli', 'balance']);
    expect(error.message).toMatch(/'easy' = (true and 'opposite' = true|false and 'opposite' = false)/);
  });

  it('refuses too many combinations', () => {
    const tasks = Array.from({ length: 21 }, (_, i) => task(`t${i}`, bit('h', i)));
    const names = tasks.map(({ name }) => name);
    const error = failure(() => drawStimuli(build([bits('h', 40)], { tasks, balance: names })));
    expect(error.message).toContain('2097152 combinations');
  });
});

describe('disjoint sets', () => {
  it('repeat no row in a small space', () => {
    const sets = drawStimuli(build([bits('h', 9)], { counts: [256, 128, 128] }));
    expectDisjoint(sets);
    expect([sets.train, sets.fit, sets.test].map(({ inputs }) => distinctRows(inputs))).toEqual([
      256, 128, 128,
    ]);
  });

  it('repeat rows within a large space only', () => {
    // 4096 rows for 1000 stimuli: independent draws, of which some repeat.
    const sets = drawStimuli(build([bits('h', 12)], { counts: [800, 100, 100] }));
    expectDisjoint(sets);
    expect(distinctRows(sets.train.inputs)).toBeLessThan(800);
  });

  it('counts a latent feature out', () => {
    const sets = drawStimuli(
      build([bits('h', 7), bits('latent', 10, { units: 0 })], { counts: [64, 32, 32] }),
    );
    expectDisjoint(sets);
    expect(sets.train.inputs.cols).toBe(7);
    expect(new Set(valuesOf(sets.train, 'latent')).size).toBe(2);
  });

  it('are disjoint with noise and embedding as well', () => {
    const sets = drawStimuli(
      build([bits('h', 2)], {
        inputNoise: 0.1,
        embedding: { units: 8, matrix: 'gaussian' },
        counts: [500, 100, 100],
      }),
    );
    expectDisjoint(sets);
    expect(distinctRows(sets.train.inputs)).toBe(500);
  });

  it('too few rows are a problem with a mend', () => {
    const error = failure(() => drawStimuli(build([bits('h', 2)])));
    expect(error.path).toEqual(['stimuli']);
    expect(error.message).toMatch(/only 4 different input rows.*1400.*'enumerate'/);
  });

  it('rows that a distribution never reaches are a problem too, soon', () => {
    const parts = [bits('h', 30, { draw: { prevalence: [1, 0] } })];
    const error = failure(() => drawStimuli(build(parts)));
    expect(error.path).toEqual(['stimuli', 'fit']);
    expect(error.message).toContain('fewer stimuli');
  });
});

it('draws a set by its own distribution: correlated in training, in conflict in the test', () => {
  const parts = [binary('label', { units: 0 }), binary('e'), bits('noise', 30)];
  const e = (probability: number) => ({
    feature: 'e',
    prevalence: [0.5, 0.5],
    agrees: { by: 'formula', with: is('label'), probability, as: null } as const,
    correlates: null,
  });
  const sets = drawStimuli(build(parts, { sets: { train: [e(1)], test: [e(0)] } }));
  expect(valuesOf(sets.train, 'e')).toEqual(valuesOf(sets.train, 'label'));
  expect(valuesOf(sets.test, 'e')).toEqual(valuesOf(sets.test, 'label').map((value) => 1 - value));
});

describe('enumeration', () => {
  const xor = task('xor', parity(is('a'), is('b')));

  it('shows all of XOR once, the first feature slowest', () => {
    const sets = drawStimuli(
      build([binary('a'), binary('b')], {
        tasks: [xor],
        enumerate: 'all',
        balance: ['xor'],
        counts: [4, 4, 4],
      }),
    );
    for (const set of [sets.train, sets.fit, sets.test]) {
      expect([...set.inputs.data]).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
      expect([...valuesOf(set, 'xor')]).toEqual([0, 1, 1, 0]);
    }
    expect(sets.coincide).toBe(true);
  });

  it('shows the whole design whatever the balance', () => {
    const tasks = [task('both', and(bit('h', 0), bit('h', 1)))];
    const { train } = drawStimuli(build([bits('h', 2)], { tasks, balance: ['both'], enumerate: 'all' }));
    expect([...valuesOf(train, 'both')]).toEqual([0, 0, 0, 1]);
  });

  it('orders bits and categories alike', () => {
    const sets = drawStimuli(
      build([bits('h', 2), categorical('c', ['x', 'y', 'z'])], { enumerate: 'all', counts: [12, 12, 12] }),
    );
    const rows = Array.from({ length: 12 }, (_, row) => [
      ...valuesOf(sets.train, 'h').subarray(2 * row, 2 * row + 2),
      valuesOf(sets.train, 'c')[row],
    ]);
    expect(rows).toEqual([0, 0, 1, 1].flatMap((first, i) => [0, 1, 2].map((c) => [first, i % 2, c])));
  });

  it('gives fresh noise to each set, which then do not coincide', () => {
    const sets = drawStimuli(build([bits('h', 3)], { enumerate: 'all', counts: [8, 8, 8], inputNoise: 0.1 }));
    expect(sets.coincide).toBe(false);
    expectDisjoint(sets);
    expect(sets.train.features).toEqual(sets.test.features);
  });

  it('divides a design among the sets', () => {
    const sets = drawStimuli(build([bits('h', 6)], { enumerate: 'split', counts: [32, 16, 16] }));
    const keys = rowKeys(sets);
    expect(keys.map(({ size }) => size)).toEqual([32, 16, 16]);
    expect(new Set(keys.flatMap((set) => [...set])).size).toBe(64);
    expect([...keys[0]]).not.toEqual([...keys[0]].sort());
  });

  it('balances the parts where it can', () => {
    const tasks = [task('hard', parity(bit('h', 0), bit('h', 1)))];
    const sets = drawStimuli(
      build([bits('h', 6)], { tasks, balance: ['hard'], enumerate: 'split', counts: [32, 16, 16] }),
    );
    expect(
      [sets.train, sets.fit, sets.test].map((set) => valuesOf(set, 'hard').reduce((a, b) => a + b, 0)),
    ).toEqual([16, 8, 8]);
  });

  it('says so where it cannot', () => {
    const tasks = [task('both', and(bit('h', 0), bit('h', 1)))];
    const split = build([bits('h', 6)], {
      tasks,
      balance: ['both'],
      enumerate: 'split',
      counts: [32, 16, 16],
    });
    expect(failure(() => drawStimuli(split)).message).toContain("'both' = true");
  });

  it('refuses Gaussian features and designs that are too small or too large', () => {
    const refused = (parts: Parameters<typeof build>[0], counts: [number, number, number]) =>
      failure(() => drawStimuli(build(parts, { enumerate: 'split', counts }))).message;
    expect(refused([gaussian('z')], [1, 1, 1])).toContain("'z' is Gaussian");
    expect(refused([bits('h', 3)], [8, 1, 1])).toContain('8 combinations');
    expect(refused([bits('h', 30)], [8, 1, 1])).toContain('more than can be enumerated');
  });
});
