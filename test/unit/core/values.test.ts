import { describe, expect, it } from 'vitest';
import { Values } from '../../../src/core/values';

function table(): Values {
  const values = new Values();
  values.add({ measure: 'accuracy', source: 'both', seed: '0', label: 'easy' }, 1);
  values.add(
    { measure: 'accuracy', source: 'both', seed: '1', label: 'easy' },
    null,
    'The replicate failed.',
  );
  values.add({ measure: 'sparsity', source: 'both', seed: '0', site: 'hidden1' }, Infinity);
  return values;
}

describe('a table of values', () => {
  it('gives back what was added, in order, without the places that a value does not have', () => {
    expect([...table().rows()]).toEqual([
      { measure: 'accuracy', source: 'both', seed: '0', label: 'easy', value: 1 },
      {
        measure: 'accuracy',
        source: 'both',
        seed: '1',
        label: 'easy',
        value: null,
        why: 'The replicate failed.',
      },
      { measure: 'sparsity', source: 'both', seed: '0', site: 'hidden1', value: Infinity },
    ]);
  });

  it('chooses by the places that are named, and leaves out what has no such place', () => {
    const values = table();
    const count = (wanted: Parameters<Values['rows']>[0]): number => [...values.rows(wanted)].length;
    expect(count({ measure: ['accuracy'] })).toBe(2);
    expect(count({ measure: ['accuracy', 'sparsity'], seed: ['0'] })).toBe(2);
    expect(count({ site: ['hidden1'] })).toBe(1);
    expect(count({ label: [] })).toBe(0);
    expect(values.names('measure')).toEqual(['accuracy', 'sparsity']);
    expect(values.names('part')).toEqual([]);
  });

  it('never has a number missing without a reason', () => {
    const values = new Values();
    values.add({ measure: 'loss' }, null);
    expect([...values.rows()][0].why).toMatch(/\w/);
  });

  it('takes names like those of members of Object', () => {
    const values = new Values();
    for (const label of ['__proto__', 'constructor', '']) values.add({ measure: 'accuracy', label }, 1);
    expect([...values.rows({ label: ['__proto__'] })]).toHaveLength(1);
    expect([...values.rows()].map(({ label }) => label)).toEqual(['__proto__', 'constructor', '']);
  });
});
