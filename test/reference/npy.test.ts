import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../src/formats/npy';
import fixture from './fixtures/npy.json';

const bytes = (file: string): Uint8Array => new Uint8Array(Buffer.from(file, 'base64'));

describe('.npy files', () => {
  it.each(fixture.cases)('of NumPy are read: $name', ({ file, shape, data }) => {
    const found = readNpy(bytes(file));
    expect(found.shape).toEqual(shape);
    expect([...found.data]).toEqual(data);
  });

  it.each(Object.entries(fixture.wrong))('of %s are refused with a sentence', (_, file) => {
    expect(() => readNpy(bytes(file))).toThrow(/^(It holds Python objects|Its elements).*: [a-z ]+.*\.$/);
  });

  it('are written as NumPy writes them', () => {
    const given = fixture.cases.find(({ name }) => name === '<f8 C');
    const file = bytes(given?.file ?? '');
    expect(Buffer.from(writeNpy(readNpy(file)))).toEqual(Buffer.from(file));
    for (const name of ['one dimension', 'no dimension', '<f4 C', 'no rows']) {
      const own = bytes(fixture.cases.find((one) => one.name === name)?.file ?? '');
      expect(Buffer.from(writeNpy(readNpy(own))), name).toEqual(Buffer.from(own));
    }
  });
});
