import { describe, expect, it } from 'vitest';
import { packedColumns, unpackedColumns } from '../../../src/core/packed-columns';
import { placeOf, replicateAt, type ValueColumns, Values } from '../../../src/core/values';

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

  it('finds a number by its place, and says what there is at a place', () => {
    const values = table();
    expect(values.at({ measure: 'accuracy', source: 'both', seed: '0', label: 'easy' })).toEqual({
      value: 1,
    });
    expect(values.at({ measure: 'accuracy', source: 'both', seed: '1', label: 'easy' })).toEqual({
      value: null,
      why: 'The replicate failed.',
    });
    expect(values.at({ measure: 'accuracy', source: 'both', seed: '2', label: 'easy' })).toBeUndefined();
    expect(values.at({ measure: 'accuracy', source: 'nobody', seed: '0' })).toBeUndefined();
    expect(values.labels({ measure: 'accuracy', source: 'both' })).toEqual(['easy']);
    expect(values.labels({ measure: 'sparsity', source: 'both', site: 'hidden1' })).toEqual([]);
    // What is added later is found as well.
    values.add({ measure: 'accuracy', source: 'both', seed: '0', label: 'hard' }, 0.5);
    expect(values.labels({ measure: 'accuracy', source: 'both' })).toEqual(['easy', 'hard']);
  });

  it('finds the numbers of each replicate whether or not it has the same ones as others', () => {
    const values = new Values();
    const numbers: [string, string, number][] = [
      ['0', '10', 1],
      ['0', 'end', 2],
      // The same, but for the step at which it stopped.
      ['1', '8', 3],
      ['1', 'end', 4],
      ['2', 'end', 5],
      // Once more of the first.
      ['0', '20', 6],
    ];
    for (const [seed, checkpoint, value] of numbers) {
      const place = { source: 'both', seed, checkpoint };
      values.add({ measure: 'accuracy', ...place, label: `of ${checkpoint}` }, value);
      expect(values.at({ measure: 'accuracy', ...place, label: `of ${checkpoint}` })).toEqual({ value });
      values.add({ measure: 'loss', ...place }, -value);
    }
    for (const [seed, checkpoint, value] of numbers)
      expect(values.at({ measure: 'loss', source: 'both', seed, checkpoint })).toEqual({ value: -value });
    expect(values.at({ measure: 'loss', source: 'both', seed: '1', checkpoint: '10' })).toBeUndefined();
    expect(values.labels({ measure: 'accuracy', source: 'both', checkpoint: 'end' })).toEqual(['of end']);
    expect(values.labels({ measure: 'accuracy', source: 'both', checkpoint: '20' })).toEqual(['of 20']);
    expect(values.labels({ measure: 'accuracy', source: 'both', checkpoint: '30' })).toEqual([]);
  });

  it('finds the numbers of replicates whose rows come in turns, also those that come after a look', () => {
    const values = new Values();
    const place = (seed: number, label: string) =>
      ({ measure: 'accuracy', source: 'both', seed: String(seed), label }) as const;
    for (const label of ['a', 'b', 'c']) for (const seed of [0, 1]) values.add(place(seed, label), seed);
    expect(values.at(place(1, 'c'))).toMatchObject({ value: 1 });
    for (const seed of [0, 1]) values.add(place(seed, 'd'), 10 + seed);
    for (const seed of [0, 1])
      for (const label of ['a', 'b', 'c', 'd'])
        expect(values.at(place(seed, label))).toMatchObject({ value: label === 'd' ? 10 + seed : seed });
    expect(values.labels({ measure: 'accuracy', source: 'both' })).toEqual(['a', 'b', 'c', 'd']);
  });

  it('finds a number among so many names that their choices have no numbers of their own', () => {
    const values = new Values();
    const place = (at: number, other = at) => ({
      ...{ measure: `m${at}`, source: 'both', seed: '0', checkpoint: `${at}`, site: `s${at}` },
      ...{ other: `o${other}`, label: `l${at}`, part: `p${at}` },
    });
    for (let at = 0; at < 600; at++) values.add(place(at), at);
    for (let at = 0; at < 600; at++) expect(values.at(place(at))?.value).toBe(at);
    for (let at = 1; at < 600; at++) expect(values.at(place(at, at - 1))).toBeUndefined();
  });

  it('gives some of its rows as a table that names only what occurs in them', () => {
    const values = table();
    const { columns } = values;
    const part = values.part(1, 3);
    expect([...new Values(part).rows()]).toEqual([...values.rows()].slice(1));
    expect(part.label.names).toEqual(['easy']);
    expect(part.seed.names).toEqual(['1', '0']);
    const whole = new Values(values.part(0, 1));
    whole.append(part, {});
    expect(whole.columns).toEqual(columns);
  });

  it('takes the rows of another table at places of its own', () => {
    const whole = new Values();
    const part = new Values();
    part.add({ measure: 'loss', checkpoint: 'end' }, null, 'It diverged.');
    part.add({ measure: 'accuracy', checkpoint: 'end', label: 'easy' }, 0.9);
    whole.append(part.columns, { source: 'a', seed: '0' });
    whole.append(new Values().columns, { source: 'nothing', seed: '0' });
    whole.append(part.columns, { source: 'b', seed: '1' });
    expect([...whole.rows({ source: ['b'] })]).toEqual([
      { measure: 'loss', source: 'b', seed: '1', checkpoint: 'end', value: null, why: 'It diverged.' },
      { measure: 'accuracy', source: 'b', seed: '1', checkpoint: 'end', label: 'easy', value: 0.9 },
    ]);
    expect(whole.names('source')).toEqual(['a', 'b']);
  });

  it('tells points of a sweep apart, and has no column of them where there is one', () => {
    const values = new Values();
    const at = (point: string | undefined, seed: string) =>
      values.at({ measure: 'loss', source: 'both', point, seed })?.value;
    values.add({ measure: 'loss', source: 'both', seed: '0' }, 1);
    values.add({ measure: 'loss', source: 'both', point: '0', seed: '1' }, 2);
    expect(values.columns).not.toHaveProperty('point');
    expect([at(undefined, '0'), at('0', '0'), at(undefined, '1'), at('1', '0')]).toEqual([
      1,
      1,
      2,
      undefined,
    ]);
    expect([...values.rows({ point: ['0'] })]).toHaveLength(2);
    expect([...values.rows({ point: ['1'] })]).toHaveLength(0);
    expect(values.names('point')).toEqual([]);

    values.add({ measure: 'loss', source: 'both', point: '1', seed: '0', label: 'x' }, 3);
    values.add({ measure: 'loss', source: 'both', point: '1', seed: '0' }, 4);
    values.add({ measure: 'loss', source: 'both', seed: '2' }, 5);
    expect([at('0', '0'), at('1', '0'), at('1', '1'), at(undefined, '2')]).toEqual([1, 4, undefined, 5]);
    expect(values.labels({ measure: 'loss', source: 'both' })).toEqual([]);
    expect(values.labels({ measure: 'loss', source: 'both', point: '1' })).toEqual(['x']);
    expect([...values.rows()].map(({ point, value }) => [point, value])).toEqual([
      ...[
        ['0', 1],
        ['0', 2],
        ['1', 3],
        ['1', 4],
      ],
      ['0', 5],
    ]);
    expect([...values.rows({ point: ['0'] })].map(({ value }) => value)).toEqual([1, 2, 5]);
    expect(values.names('point')).toEqual(['0', '1']);
  });

  it('takes rows of other points, and gives them in parts', () => {
    const replicate = new Values();
    replicate.add({ measure: 'loss', checkpoint: 'end' }, 1);
    const whole = new Values();
    for (const point of [0, 2, 0]) whole.append(replicate.columns, placeOf({ source: 'a', point, seed: 3 }));
    expect([...whole.rows()].map(({ point, seed }) => [point, seed])).toEqual([
      ['0', '3'],
      ['2', '3'],
      ['0', '3'],
    ]);
    expect([...whole.rows()].map(replicateAt)[1]).toEqual({ source: 'a', point: 2, seed: 3 });
    const again = new Values(whole.part(0, 1));
    again.append(whole.part(1, 3), {});
    expect([...again.rows()]).toEqual([...whole.rows()]);
    // A table without the column has rows of the first point.
    again.append(replicate.columns, { source: 'b', seed: '0' });
    expect([...again.rows({ source: ['b'] })][0]).toMatchObject({ point: '0' });
    const packed = JSON.parse(JSON.stringify(packedColumns(again.columns))) as unknown;
    expect(unpackedColumns(packed)).toEqual(again.columns);
    expect(unpackedColumns({ ...again.columns, point: { names: ['0'], codes: [0] } })).toBeNull();
  });

  it('is JSON and back to the bit, with what is infinite', () => {
    const again = new Values(JSON.parse(JSON.stringify(table().columns)) as ValueColumns);
    expect([...again.rows()]).toEqual([...table().rows()]);
    expect(() => again.add({ measure: 'loss' }, NaN)).toThrow(TypeError);
  });
});
