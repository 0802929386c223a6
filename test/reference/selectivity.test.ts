import { describe, expect, it } from 'vitest';
import { classLabel } from '../../src/analysis/selectivity/class-label';
import { selectivity } from '../../src/analysis/selectivity/selectivity';
import type { Extended } from '../../src/core/extended';
import type { MaximumResults, Value } from '../../src/protocol/results';
import fixture from './fixtures/selectivity.json';

interface Expected {
  dprime: Value[][];
  auroc: Value[][];
  correlation: Value[][];
  classSelectivity?: Value[];
  p: { dprime: Value[][]; auroc: Value[][]; correlation: Value[][]; classSelectivity?: Value[] };
  maximum: Record<string, MaximumResults>;
}

const orders = Uint32Array.from(fixture.orders.flat());
const permutations = { count: fixture.orders.length, length: fixture.stimuli, blocks: () => [orders] };

describe.each(fixture.cases)('$activations activations, label $label', (example) => {
  const data = Float32Array.from(fixture.activations[example.activations as 'signed' | 'rectified']);
  const expected = example.expected as Expected;
  const classes = Array.from({ length: example.classes }, (_, c) => `c${c}`);
  const label = classLabel('label', classes, example.classes === 2, example.of);
  const activations = { rows: fixture.stimuli, cols: fixture.units, data };
  const found = selectivity(activations, [label], permutations).selectivity.label;
  const rows = (values: Extended[] | Extended[][]) =>
    (example.classes === 2 ? [values] : values) as Extended[][];

  it.each(['dprime', 'auroc', 'correlation'] as const)(
    '%s is as in scikit-learn, SciPy and NumPy',
    (name) => {
      expectClose(rows(found[name]), expected[name]);
      expect(rows(found.p[name])).toEqual(expected.p[name]);
      expectClose([maximum(found.maximum[name])], [maximum(expected.maximum[name])]);
    },
  );

  it('class selectivity is as in NumPy', () => {
    if (!expected.classSelectivity || !expected.p.classSelectivity) {
      expect(found.classSelectivity).toEqual(Array(fixture.units).fill(null));
      return;
    }
    expectClose([found.classSelectivity], [expected.classSelectivity]);
    expect(found.p.classSelectivity).toEqual(expected.p.classSelectivity);
    expectClose([maximum(found.maximum.classSelectivity)], [maximum(expected.maximum.classSelectivity)]);
  });
});

const maximum = ({ value, p, threshold }: MaximumResults): Extended[] => [value, p, threshold];

function expectClose(found: Extended[][], expected: Extended[][]): void {
  expect(found.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  expected.forEach((row, r) =>
    row.forEach((value, i) => expect(found[r][i]).toBeCloseTo(value as number, 9)),
  );
}
