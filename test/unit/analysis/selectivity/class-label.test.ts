import { expect, it } from 'vitest';
import { classLabels } from '../../../../src/analysis/selectivity/class-label';
import type { Label } from '../../../../src/core/label';

const labels: Label[] = [
  {
    name: 'shape',
    source: 'feature',
    kind: 'categorical',
    classes: ['a', 'b', 'c'],
    width: 1,
    values: Float32Array.of(2, 0, 2),
  },
  {
    name: 'h',
    source: 'feature',
    kind: 'bits',
    classes: [],
    width: 2,
    values: Float32Array.of(0, 1, 1, 1, 0, 0),
  },
  { name: 'g', source: 'feature', kind: 'real', classes: [], width: 1, values: Float32Array.of(0.1, 1, 2) },
  {
    name: 'hard',
    source: 'task',
    kind: 'binary',
    classes: ['false', 'true'],
    width: 1,
    values: Float32Array.of(1, 0, 0),
  },
];

it('takes tasks, features with values and bits, in the order of the names', () => {
  const found = classLabels(labels, ['hard', 'h[1]', 'shape']);
  expect(found.undefinedValues).toEqual({});
  expect(found.labels.map(({ name, binary, of, counts }) => [name, binary, [...of], counts])).toEqual([
    ['hard', true, [1, 0, 0], [2, 1]],
    ['h[1]', true, [1, 1, 0], [1, 2]],
    ['shape', false, [2, 0, 2], [1, 0, 2]],
  ]);
});

it('takes all bits for the name of a bit vector, none twice', () => {
  const found = classLabels(labels, ['h[1]', 'h']);
  expect(found.labels.map(({ name }) => name)).toEqual(['h[1]', 'h[0]']);
});

it('says why a name stands for nothing', () => {
  const found = classLabels(labels, ['g', 'h[2]', 'colour']);
  expect(found.labels).toEqual([]);
  expect(found.undefinedValues['selectivity.g']).toContain('Gaussian');
  expect(Object.keys(found.undefinedValues)).toEqual([
    'selectivity.g',
    'selectivity.h[2]',
    'selectivity.colour',
  ]);
});
