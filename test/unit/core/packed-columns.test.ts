import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedColumn, packedColumns, unpackedColumns } from '../../../src/core/packed-columns';
import { noColumns, Values } from '../../../src/core/values';

/** Three rows of two replicates. */
function table(): Values {
  const values = new Values();
  for (const seed of ['0', '1'])
    for (const label of ['a', 'b', 'c'])
      values.add({ measure: 'm', seed, label }, label === 'c' ? null : 1, 'none');
  return values;
}

describe('a column in a file', () => {
  it('tells codes that are repeated once, where that is shorter', () => {
    const names = ['a', 'b'];
    expect(packedColumn({ names, codes: [0, 0, 0, 1, 1, 1, -1] })).toEqual({
      names,
      codes: [0, 1, -1],
      counts: [3, 3, 1],
    });
    expect(packedColumn({ names, codes: [0, 1, 0, 0] })).toEqual({ names, codes: [0, 1, 0, 0] });
    expect(packedColumn({ names: [], codes: [] })).toEqual({ names: [], codes: [] });
  });

  it('is read as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 2 })), (codes) => {
        const columns = { ...noColumns(), value: codes.map(() => 0) };
        const each = () => ({ names: ['a', 'b', 'c'], codes });
        for (const name of Object.keys(columns))
          if (name !== 'value') Object.assign(columns, { [name]: each() });
        expect(unpackedColumns(packedColumns(columns))).toEqual(columns);
      }),
    );
    const { columns } = table();
    expect(unpackedColumns(packedColumns(columns))).toEqual(columns);
    expect(unpackedColumns(columns)).toEqual(columns);
  });

  it('is refused before anything is allocated where it has not as many rows as values', () => {
    const good = packedColumns(table().columns);
    const { seed } = good;
    for (const wrong of [
      { ...good, seed: { ...seed, counts: [3, 1e15] } },
      { ...good, seed: { ...seed, counts: [3] } },
      { ...good, seed: { ...seed, counts: [3, -3] } },
      { ...good, seed: { ...seed, codes: [0, 2] } },
      { ...good, seed: { names: seed.names, codes: [0, 1] } },
      { ...good, seed: { codes: [] } },
      { ...good, value: undefined },
      { ...good, why: undefined },
      [],
      null,
    ])
      expect(unpackedColumns(wrong)).toBeNull();
  });
});
