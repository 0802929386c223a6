import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../src/protocol/base64';
import { pack, unpack } from '../../../src/protocol/packed';

describe('packed data', () => {
  it('gives back what was packed, typed arrays and undefined numbers included', () => {
    const value = {
      a: [1, null, 'text', true],
      f: Float32Array.of(1.5, NaN, -Infinity),
      s: Uint16Array.of(0, 65535),
      l: Uint32Array.of(4294967295),
      part: new Float32Array(new Float32Array([9, 1, 2]).buffer, 4),
      $: ['not', 'an array of bytes'],
    };
    expect(unpack(JSON.parse(JSON.stringify(pack(value))) as ReturnType<typeof pack>)).toEqual(value);
  });

  it('packs symmetric matrices as their lower triangle', () => {
    const matrix = Float32Array.of(0, 1, 2, 1, 0, NaN, 2, NaN, 0);
    const packed = pack({ m: matrix, other: matrix }, ['m']) as { m: { b: string }; other: { b: string } };
    expect(fromBase64(packed.m.b)).toHaveLength(6 * 4);
    expect(fromBase64(packed.other.b)).toHaveLength(9 * 4);
    expect(unpack(packed)).toEqual({ m: matrix, other: matrix });
  });

  it('keeps keys that mean something to JavaScript', () => {
    const value = JSON.parse('{"__proto__": {"b": 1}, "constructor": 2}') as unknown;
    const back = unpack(pack(value));
    expect(Object.keys(back as object)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(back)).toBe(JSON.stringify(value));
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => pack({ f: () => 1 })).toThrow(TypeError);
  });

  it('writes base64 of any length', () => {
    for (const length of [0, 1, 2, 3, 8191, 8192, 20000]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) & 255);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }
  });
});
