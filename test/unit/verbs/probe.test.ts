import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { probe } from '../../../src/verbs/probe';
import type { ProbeAsked } from '../../../src/verbs/probe-given';
import { UserError } from '../../../src/verbs/user-error';

const random = stream('probe-verb', 0);
const [rows, units] = [60, 4];
const data = Float64Array.from({ length: rows * units }, () => random.normal());
const column = (of: (row: number) => string): string[] => Array.from({ length: rows }, (_, row) => of(row));
const sign = (row: number, unit: number): string => (data[row * units + unit] > 0 ? 'cat' : 'dog');
const columns = new Map([
  ['kind', column((row) => sign(row, 0))],
  ['gaps', column((row) => (row < 7 ? '' : row < 10 ? 'NaN' : sign(row, 0)))],
  ['other', column((row) => sign(row, 1))],
  ['rare', column((row) => (row === 3 ? 'once' : sign(row, 0)))],
  ['real', column((row) => `${data[row * units] + 0.1 * data[row * units + 1]}`)],
  ['same', column(() => 'x')],
  ['pair', column((row) => `${Math.floor(row / 2)}`)],
  ['letters', column((row) => (row === 5 ? '' : sign(row, 1) === 'cat' ? 'a' : 'b'))],
]);
const noise = Float64Array.from({ length: rows * 2 }, () => random.normal());
const arrays = new Map([
  ['a.npy', { shape: [rows, units], data }],
  ['scaled.npy', { shape: [rows, units], data: data.map((one) => 1e3 * one + 5) }],
  ['noise.npy', { shape: [rows, 2], data: noise }],
  ['short.npy', { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) }],
  ['still.npy', { shape: [rows, 2], data: Float64Array.from({ length: 2 * rows }, () => 1) }],
]);
const room = {
  array: (file: string) => Promise.resolve(arrays.get(file) ?? { shape: [], data: new Float64Array() }),
  columns: () => Promise.resolve(columns),
};
const ask = (label: string, how: Partial<ProbeAsked> = {}) =>
  probe.run({ activations: 'a.npy', labels: 'l.csv', label, ...how }, room);

describe('repscope probe', () => {
  it('tells a label on rows that it was not fitted on, beside chance, a control task, inputs and an untrained network', async () => {
    const found = await ask('kind', { inputs: 'a.npy', untrained: 'noise.npy', to: 'a.npy' });
    expect(found).toMatchObject({
      ...{
        definition: 'logistic',
        score: 'balancedAccuracy',
        n: rows,
        missing: 0,
        stimuli: rows,
        units,
        folds: 5,
      },
      ...{ classes: ['cat', 'dog'], chance: { balancedAccuracy: 0.5, auc: 0.5 } },
      control: { per: 'stimulus', tasks: 3 },
    });
    expect(found.value).toBeGreaterThan(0.85);
    expect(found.control.selectivity).toBeCloseTo((found.value ?? 0) - (found.control.value ?? 0), 12);
    expect(found.inputs?.value).toBe(found.value);
    expect(found.to?.value).toBe(found.value);
    expect(Math.abs((found.untrained?.value ?? 0) - 0.5)).toBeLessThan(0.25);
    expect(found.penalties).toHaveLength(5);
    // Its inputs are what it is fitted on, and noise tells nothing.
    expect(found.cautions).toEqual([
      expect.stringMatching(
        /^No better than on the inputs \(0\.\d+ against 0\.\d+, a difference of 0\.000 ± 0\.000 over folds\): /,
      ),
    ]);
    expect((await ask('kind', { activations: 'noise.npy' })).cautions).toEqual([
      expect.stringContaining('No better than chance'),
    ]);
    expect(new Set(found.foldOf)).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it.each(['logistic', 'ridge', 'nearest-mean'])(
    'depends on neither offset nor scale of the activations: %s',
    async (kind) => {
      const how = { kind, folds: 2 };
      const [one, other] = [await ask('kind', how), await ask('kind', { ...how, activations: 'scaled.npy' })];
      expect(other.value).toBeCloseTo(one.value ?? 0, 1);
      expect(one.value).toBeGreaterThan(0.7);
      expect(await ask('kind', how)).toEqual(one);
    },
  );

  it('predicts real labels, leaves out rows without one, and keeps groups together', async () => {
    expect((await ask('real')).value).toBeGreaterThan(0.9);
    const gaps = await ask('gaps', { group: 'pair', kind: 'nearest-mean' });
    expect(gaps).toMatchObject({ n: 50, missing: 10, stimuli: 25 });
    expect(gaps.foldOf.slice(0, 10)).toEqual(new Array(10).fill(null));
    for (let row = 10; row < rows; row += 2) expect(gaps.foldOf[row]).toBe(gaps.foldOf[row + 1]);
    expect(gaps).not.toHaveProperty('penalties');
  });

  it('tells what is no line by a small network', async () => {
    const found = await ask('real', { kind: 'mlp', folds: 2 });
    expect(found).toMatchObject({ definition: 'mlp', score: 'r2', folds: 2 });
    expect(found.value).toBeGreaterThan(0.8);
  });

  it('says which of two labels it follows where they disagree', async () => {
    const { conflict, n, value } = await ask('kind', { agree: 'other' });
    expect(n + (conflict?.n ?? 0)).toBe(rows);
    expect((conflict?.label.mean ?? 0) + (conflict?.other.mean ?? 0)).toBeCloseTo(1, 12);
    expect(value).toBeGreaterThan(0.7);
  });

  it('is at chance where nothing varies', async () => {
    const found = await ask('kind', { activations: 'still.npy', group: 'pair' });
    expect(found.scores.balancedAccuracy?.mean).toBe(0.5);
    expect(found.scores.auc?.mean).toBe(0.5);
  });

  it.each<[string, Partial<ProbeAsked>, string]>([
    ['rare', {}, "class 'once' has fewer than two distinct stimuli"],
    ['same', {}, "has one value, 'x', in all rows"],
    ['real', { kind: 'logistic' }, 'logistic tells classes apart'],
    ['kind', { as: 'real' }, "has 'cat', which is no number"],
    ['kind', { activations: 'still.npy' }, 'fewer than two distinct stimuli'],
    ['kind', { folds: 59 }, 'folds at most'],
    ['kind', { inputs: 'short.npy' }, 'short.npy has 2 rows, and a.npy 60'],
    ['kind', { to: 'noise.npy' }, 'noise.npy has 2 units, and a.npy 4'],
    ['kind', { agree: 'letters' }, "'kind' and 'letters' of l.csv agree in no row"],
    ['kind', { agree: 'kind' }, 'disagree in no row'],
    ['kind', { kind: 'forest' }, 'There is no probe forest.'],
    ['kind', { control: ['nothing'] }, "l.csv has no column 'nothing'"],
  ])('says what to mend: %s %j', async (label, how, sentence) => {
    const error = await ask(label, how).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(sentence);
  });
});
