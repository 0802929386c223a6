import { expect, it } from 'vitest';
import { unwrap, wrap, wrapPlain } from '../../../src/protocol/parcel';

it('brings values with typed arrays through JSON', () => {
  const value = {
    name: '$array',
    layers: [
      { scores: Float32Array.of(1.5, NaN), values: [1, null, 0.1], deep: { of: Uint32Array.of(4) } },
      { scores: new Float32Array(), values: [], deep: { of: Uint32Array.of(5, 6) } },
    ],
    'a.b': { '0': Int32Array.of(-1) },
    lists: [[1, 2], [3]],
    nothing: null,
  };
  const parcel = wrap(value);
  expect(parcel.arrays).toHaveLength(5);
  expect(unwrap(structuredClone(parcel))).toEqual(value);
});

it.each([null, 1, 'text', true, [], Float32Array.of(1, 2), [Float32Array.of(3)]])('brings %s', (value) => {
  expect(unwrap(wrap(value))).toEqual(value);
});

it('brings any number of arrays of any kind in one buffer, as VS Code loses those beyond 253', () => {
  const kinds = [Uint8Array, Uint16Array, Float64Array, Int32Array, Float32Array, Uint32Array];
  const value = Array.from({ length: 400 }, (_, at) => ({ of: kinds[at % kinds.length].of(at % 7, 3, at) }));
  const parcel = wrap(value);
  expect(new Set(parcel.arrays.map(({ array }) => array.buffer)).size).toBe(1);
  expect(unwrap(structuredClone(parcel))).toEqual(value);
});

it('brings plain values without a walk', () => {
  const value = { text: '“ünïcode” </script> \u0000', numbers: [1e-300, -0.1], none: null };
  expect(unwrap(structuredClone(wrapPlain(value)))).toEqual(value);
  expect(unwrap(wrapPlain(undefined))).toBeNull();
});

it('does not let a name reach the prototypes', () => {
  const value = JSON.parse('{"__proto__": {"polluted": 1}, "x": 2}') as object;
  const got = unwrap(wrap({ value, array: Float32Array.of(1) })) as { value: object };
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.keys(got.value)).toEqual(['__proto__', 'x']);
});

it.each<[string, (string | number)[]]>([
  ['a prototype', ['__proto__', 'polluted']],
  ['what every object has', ['constructor']],
  ['nothing', ['absent', 'x']],
  ['null', ['none', 'x']],
])('puts no array into %s', (_, path) => {
  const { json } = wrapPlain({ none: null });
  expect(() => unwrap({ json, arrays: [{ path, array: Float32Array.of(1) }] })).toThrow('no place');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
