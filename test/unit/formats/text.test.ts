import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { csv } from '../../../src/formats/csv';
import { fileName } from '../../../src/formats/file-name';
import { escapeForScript, jsonPieces, toJson } from '../../../src/formats/json';

describe('csv', () => {
  it('quotes what needs it and leaves every value exact', () => {
    const text = csv(
      ['network', 'a,b', 'value'],
      [
        ['say "x"', 'two\nlines', 0.1],
        ['=1+1', '', null],
        ['-1', '@SUM(A1)', '+x'],
        [true, ' x', 1e-7],
      ],
    );
    expect(text).toBe(
      [
        'network,"a,b",value',
        '"say ""x""","two\nlines",0.1',
        `'=1+1,"",`,
        `-1,'@SUM(A1),'+x`,
        'true," x",1e-7',
        '',
      ].join('\r\n'),
    );
  });
  it('refuses rows of another width', () => {
    expect(() => csv(['a', 'b'], [[1]])).toThrow(RangeError);
  });
  it('prints numbers that read back exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const printed = csv(['x', 'y'], [[value, 1]])
          .split('\r\n')[1]
          ?.split(',')[0];
        expect(Number(printed) === value).toBe(true);
      }),
    );
  });
});

describe('toJson', () => {
  it('keeps the order of keys and puts plain lists on one line', () => {
    expect(toJson({ b: [1, null, 0.1], a: { x: undefined, y: [[1], []] }, e: {}, z: -0 })).toBe(
      '{\n  "b": [1,null,0.1],\n  "a": {\n    "y": [\n      [1],\n      []\n    ]\n  },\n  "e": {},\n  "z": 0\n}\n',
    );
  });
  it('writes typed arrays as lists', () => {
    expect(toJson(Float32Array.of(0.5, 2))).toBe('[0.5,2]\n');
  });
  it('says the same as JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
  it('comes in pieces of a bounded length', () => {
    const value = {
      rows: Array.from({ length: 400 }, (_, i) => ({ i, row: new Float64Array(500).fill(i) })),
    };
    const pieces = [...jsonPieces(value)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1e6);
    expect(pieces.join('')).toBe(toJson(value));
  });
  const loop: Record<string, unknown> = {};
  loop['again'] = loop;
  it.each([
    [NaN, '$'],
    [{ a: [1, Infinity] }, '$.a[1]'],
    [Float32Array.of(NaN), '$[0]'],
    [[undefined], '$[0]'],
    [{ m: new Map() }, '$.m'],
    [{ d: new Date(0) }, '$.d'],
    [loop, '$.again'],
  ])('refuses what JSON cannot say (%#)', (value, path) => {
    expect(() => toJson(value)).toThrow(TypeError);
    expect(() => toJson(value)).toThrow(path);
  });
});

describe('escapeForScript', () => {
  it('leaves nothing that ends or opens a script, and the same value', () => {
    const value = { '</script><!--': '<script>&amp;\u2028\u2029' };
    const escaped = escapeForScript(toJson(value));
    expect(escaped).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(escaped)).toEqual(value);
  });
});

describe('fileName', () => {
  it.each([
    ['easy only', 'easy only'],
    ['a/b\\c:d', 'a%2Fb%5Cc%3Ad'],
    ['..', '%2E%2E'],
    ['.hidden', '%2Ehidden'],
    ['100%', '100%25'],
    ['con', '%63on'],
    ['Nul.txt', '%4Eul.txt'],
    ['COM1', '%43OM1'],
    ['console', 'console'],
    ['end.', 'end%2E'],
    ['ä', '%C3%A4'],
    ['', '%'],
  ])('%j becomes %j', (text, name) => expect(fileName(text)).toBe(name));

  it('is safe, and different for different texts', () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const name = fileName(text);
        expect(name).toMatch(/^[A-Za-z0-9%_-](?:[A-Za-z0-9 ._%~-]{0,118}[A-Za-z0-9%_-])?$/);
        expect(seen.get(name) ?? text).toBe(text);
        seen.set(name, text);
      }),
      { numRuns: 500 },
    );
    const long = 'x'.repeat(300);
    expect(fileName(`${long}a`)).not.toBe(fileName(`${long}b`));
    expect(fileName(long)).toHaveLength(120);
  });
});
