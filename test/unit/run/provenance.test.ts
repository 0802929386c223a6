import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '../../../src/core/digest';

describe('digest', () => {
  it('is the SHA-256 of canonical JSON', () => {
    const canonical = '{"10":null,"2":"ä","a":[0,0.1,true]}';
    expect(digest({ a: [-0, 0.1, true], 2: 'ä', u: undefined, 10: null })).toBe(
      createHash('sha256').update(canonical).digest('hex'),
    );
  });

  it('ignores the order of keys and nothing else', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(digest(reversed)).toBe(digest(value));
        expect(digest({ ...value, added: {} })).not.toBe(digest({ ...value, added: [] }));
      }),
    );
  });

  it.each([
    [NaN],
    [{ a: Infinity }],
    [[undefined]],
    [undefined],
    [new Map()],
    [Float32Array.of(1)],
    [1n],
    [new Date(0)],
  ])('refuses what JSON cannot say (%#)', (value) => {
    expect(() => digest(value)).toThrow(TypeError);
  });
});
