import { expect, test } from 'vitest';
import { evaluate, truths } from '../../../src/experiment/evaluate';
import { stream } from '../../../src/core/stream';
import type { Expression } from '../../../src/experiment/expression';
import { errors, file, mended, pointed, valid } from './files';

function expression(formula: string): Expression {
  const { label } = valid(file({ tasks: { t: formula, filler: 'e' } })).tasks[0];
  if (label.kind !== 'binary') throw new Error('not binary');
  return label.expression;
}

/** Truth of a formula for a stimulus: e, f, shape, other, h as bits, z. */
function holds(formula: string, stimulus: Record<string, number | number[]>): boolean {
  return evaluate(expression(formula), (feature, index) => [stimulus[feature] ?? 0].flat()[index]);
}

function firstError(formula: string): { message: string; code: string; at: string; mended: () => string } {
  const text = file({ tasks: { t: formula } });
  const [problem] = errors(text);
  return { ...problem, at: pointed(text, problem), mended: () => mended(text, problem) };
}

test('and binds more tightly than or, not less tightly than comparison', () => {
  for (const e of [0, 1])
    for (const f of [0, 1])
      for (const b of [0, 1]) {
        const stimulus = { e, f, h: [b, 0, 0, 0] };
        expect(holds('e or f and h[0]', stimulus)).toBe(e === 1 || (f === 1 && b === 1));
        expect(holds('(e or f) and h[0]', stimulus)).toBe((e === 1 || f === 1) && b === 1);
        expect(holds('not e == yes and f', stimulus)).toBe(e !== 1 && f === 1);
        expect(holds('not not e or f', stimulus)).toBe(e === 1 || f === 1);
        expect(holds('not e or f', stimulus)).toBe(e !== 1 || f === 1);
        expect(holds('e == f', stimulus)).toBe(e === f);
        expect(holds('h[0] != (e and f)', stimulus)).toBe((b === 1) !== (e === 1 && f === 1));
        expect(holds('e == (f or h[0])', stimulus)).toBe((e === 1) === (f === 1 || b === 1));
      }
});

test('parity, xor, count, all and any agree with counting bits, slices are half-open', () => {
  for (let pattern = 0; pattern < 16; pattern++) {
    const h = [0, 1, 2, 3].map((bit) => (pattern >> bit) & 1);
    const sum = (from = 0, to = 4): number => h.slice(from, to).reduce((total, bit) => total + bit, 0);
    for (const e of [0, 1]) {
      const stimulus = { h, e };
      expect(holds('parity(h)', stimulus)).toBe(sum() % 2 === 1);
      expect(holds('parity(h[1:3])', stimulus)).toBe(sum(1, 3) % 2 === 1);
      expect(holds('parity(h[:2])', stimulus)).toBe(sum(0, 2) % 2 === 1);
      expect(holds('parity(h[0], e == yes)', stimulus)).toBe((h[0] + e) % 2 === 1);
      expect(holds('xor(h[0], h[1], e)', stimulus)).toBe((h[0] + h[1] + e) % 2 === 1);
      expect(holds('count(h) >= 2', stimulus)).toBe(sum() >= 2);
      expect(holds('3 > count(h[1:], e)', stimulus)).toBe(sum(1) + e < 3);
      expect(holds('all(h[0:2]) or any(h[2:4])', stimulus)).toBe(sum(0, 2) === 2 || sum(2, 4) > 0);
      expect(holds('h[2] == 1 and h[3] == 0', stimulus)).toBe(h[2] === 1 && h[3] === 0);
    }
  }
});

test('values, quoted names, equal values of two features and Gaussians', () => {
  expect(holds('shape == square', { shape: 1 })).toBe(true);
  expect(holds('square != shape', { shape: 1 })).toBe(false);
  expect(holds("'my feature' == 'a b'", { 'my feature': 0 })).toBe(true);
  expect(holds('"my feature" == c', { 'my feature': 0 })).toBe(false);
  // circle is value 0 of shape and value 1 of other; square and dot have no partner.
  expect(holds('shape == other', { shape: 0, other: 1 })).toBe(true);
  expect(holds('shape == other', { shape: 1, other: 2 })).toBe(false);
  expect(holds('shape != other', { shape: 1, other: 2 })).toBe(true);
  expect(holds('z[1] > 0.5', { z: [0, 0.6] })).toBe(true);
  expect(holds('-1e-1 <= z[0]', { z: [-0.2, 0] })).toBe(false);
});

test('formulas label many rows of columns as they do one stimulus', () => {
  const random = stream('rows of columns');
  const rows = 40;
  const drawn = (width: number, draw: () => number) => ({
    width,
    values: Float32Array.from({ length: rows * width }, draw),
  });
  const columns = new Map([
    ['e', drawn(1, () => random.below(2))],
    ['f', drawn(1, () => random.below(2))],
    ['h', drawn(4, () => random.below(2))],
    ['shape', drawn(1, () => random.below(3))],
    ['other', drawn(1, () => random.below(3))],
    ['z', drawn(2, () => random.normal())],
  ]);
  const formulas = [
    ...['e == yes', 'not f', 'h[2]', 'shape == other', 'shape != other', 'z[1] > 0.5', 'z[0] <= -1e-1'],
    ...[
      'e or f and h[0]',
      '(e or f) and not (h[1] and h[2])',
      'parity(h)',
      'xor(e, h[3])',
      'all(h) or any(h[0:2])',
    ],
    ...[
      'count(h) >= 2',
      'count(e, f, z[0] > 0) == 1',
      'count(h) != 3',
      'parity(h) and (e or shape == other)',
    ],
  ];
  for (const formula of formulas) {
    const parsed = expression(formula);
    const each = Array.from({ length: rows }, (_, row) =>
      evaluate(parsed, (name, index) => {
        const { values, width } = columns.get(name) ?? { values: [], width: 0 };
        return values[row * width + index];
      }),
    );
    expect([...truths(parsed, columns, rows)], formula).toEqual(each.map(Number));
  }
  expect(() => truths(expression('parity(h) and e'), new Map(), 1)).toThrow('h');
});

test('an unknown feature gives the nearest name at its place, and a fix that mends it', () => {
  const problem = firstError('shap == circle and e');
  expect(problem.message).toBe("Unknown feature 'shap' in the formula of task 't'. Did you mean 'shape'?");
  expect(problem.at).toBe('shap');
  expect(errors(problem.mended())).toEqual([]);
});

test('a fix keeps quotes and escapes right', () => {
  const problem = firstError('"my featur" == c');
  expect(problem.at).toBe('\\"my featur\\"');
  expect(errors(problem.mended())).toEqual([]);
});

test('all unknown names of a formula are reported', () => {
  const text = file({ tasks: { t: 'ee and hh[0] or shape == circl' } });
  expect(errors(text).map((problem) => pointed(text, problem))).toEqual(['ee', 'hh', 'circl']);
});

test('places count lines, columns and escapes of the file', () => {
  const unknown = errors(
    `{"stimuli": {"features": {"e": {"values": ["no", "yes"], "units": 30, "noise": 1}}},\n "tasks": {\n  "t": "\\u0065 == \\"yes\\" and hx"},\n "networks": {"a": {}}}`,
  );
  expect(unknown).toHaveLength(1);
  expect(unknown[0].range.start).toMatchObject({ line: 2, character: 30 });
  expect(unknown[0].range.end).toMatchObject({ line: 2, character: 32 });
});

test.each([
  ['', 'formula-syntax'],
  ['e ==', 'formula-syntax'],
  ['e = yes', 'formula-syntax'],
  ['e && f', 'formula-syntax'],
  ['e AND f', 'formula-syntax'],
  ['(e', 'formula-syntax'],
  ['e)', 'formula-syntax'],
  ['xor()', 'formula-syntax'],
  ["'e", 'formula-syntax'],
  ['z[0] > 0 > 1', 'formula-syntax'],
  ['e # f', 'formula-syntax'],
  ['('.repeat(300) + 'e' + ')'.repeat(300), 'formula-syntax'],
  ['e or '.repeat(3000) + 'e', 'formula-syntax'],
  ['pariti(h)', 'unknown-function'],
  ['h', 'formula-type'],
  ['h[0:2]', 'formula-type'],
  ['count(h)', 'formula-type'],
  ['count(h) > 1.5', 'formula-type'],
  ['not shape', 'which-value'],
  ['z', 'formula-type'],
  ['z[0]', 'formula-type'],
  ['z > 0', 'formula-type'],
  ['shape < circle', 'formula-type'],
  ['e[0]', 'formula-type'],
  ['h[4]', 'index-out-of-range'],
  ['parity(h[2:2])', 'index-out-of-range'],
  ['parity(h[2:9])', 'index-out-of-range'],
  ['shape == e', 'no-common-values'],
  ['shape == triangle', 'unknown-value'],
  ['t or e', 'task-in-formula'],
  ['e or not e', 'constant-task'],
  ['constructor', 'unknown-feature'],
])('%s is a problem: %s', (formula, code) => {
  const text = file({ tasks: { t: formula } });
  expect(errors(text).map((problem) => problem.code)).toEqual([code]);
});

test('fixes of foreign operators', () => {
  for (const formula of ['e = yes', 'e && f', 'e || f', '!e', 'e OR f', 'pariti(h)']) {
    expect(errors(firstError(formula).mended())).toEqual([]);
  }
});

test('a bare vector says how to mend it', () => {
  expect(firstError('h').message).toContain('parity(h)');
  expect(firstError('h').message).toContain('h[0]');
});

test('a bare categorical feature is a categorical task', () => {
  const [task] = valid(file({ tasks: { t: 'shape' } })).tasks;
  expect(task).toMatchObject({
    label: { kind: 'categorical', feature: 'shape' },
    classes: ['circle', 'square', 'star'],
    outputs: 3,
    features: ['shape'],
  });
});

test('features and bits of a task are listed in the order of the file', () => {
  const [task] = valid(file({ tasks: { t: 'h[2] and (f or e) or parity(h[0:2])' } })).tasks;
  expect(task.features).toEqual(['e', 'f', 'h']);
  expect(task.bits.map((bit) => bit.index).sort()).toEqual([0, 1, 2]);
});
