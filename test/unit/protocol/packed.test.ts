import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../../../src/protocol/base64';
import { pack, unpack } from '../../../src/protocol/packed';

const arrays = fc.oneof(
  fc.float32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 10 }),
  fc.uint8Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.int32Array(),
);
// JSON has one zero.
const plain = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Objects in objects and in lists, with typed arrays, lists and plain values in them. */
const { value: values } = fc.letrec<{ value: unknown; record: Record<string, unknown> }>((tie) => ({
  record: fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { depthSize: 'small' },
    arrays,
    plain,
    fc.array(arrays, { maxLength: 3 }),
    tie('record'),
    fc.array(tie('record'), { maxLength: 3 }),
  ),
}));

describe('packed data', () => {
  it('gives back whatever was packed', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(unpack(pack(value))).toEqual(value);
      }),
    );
  });

  it('gives back numbers that are not finite, and parts of larger buffers', () => {
    const value = {
      f: Float32Array.of(1.5, NaN, -Infinity, -0),
      d: Float64Array.of(Math.PI, NaN, 5e-324),
      part: new Float32Array(new Float32Array([9, 1, 2]).buffer, 4),
      $: ['not', 'an array of bytes'],
    };
    expect(unpack(pack(value))).toEqual(value);
  });

  it('gives back symmetric matrices, of which it holds one half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.func(fc.float()), (rows, draw) => {
        const at = (i: number, j: number): number => draw(Math.min(i, j), Math.max(i, j));
        const matrix = Float32Array.from({ length: rows ** 2 }, (_, k) => at(Math.floor(k / rows), k % rows));
        expect(unpack(pack({ matrix }))).toEqual({ matrix });
      }),
    );
    const matrix = Float32Array.of(0, 1, 2, 1, 0, NaN, 2, NaN, 0);
    const skew = Float32Array.of(0, 1, 2, 1, 0, NaN, 2, 7, 0);
    expect(pack(skew).length - pack(matrix).length).toBe(3 * 4 - ',"rows":3'.length);
  });

  it('lays bytes of one significance together', () => {
    const bytes = pack(Float32Array.from({ length: 3 }, () => 1));
    expect([...bytes.subarray(-12)]).toEqual([0, 0, 0, 0, 0, 0, 0x80, 0x80, 0x80, 0x3f, 0x3f, 0x3f]);
  });

  it('keeps keys that mean something to JavaScript', () => {
    const value = JSON.parse('{"__proto__": {"b": 1}, "constructor": 2}') as unknown;
    const back = unpack(pack(value));
    expect(Object.keys(back as object)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(back)).toBe(JSON.stringify(value));
  });

  it('refuses arrays of kinds that it does not know', () => {
    expect(() => pack({ a: BigInt64Array.of(1n) })).toThrow(TypeError);
  });

  it('reads base64 of any length', () => {
    for (const length of [0, 1, 2, 3, 8191, 8192, 20000]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) & 255);
      expect(fromBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
    }
  });
});
