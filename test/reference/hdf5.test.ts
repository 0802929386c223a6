import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { arrayIn, arraysIn } from '../../src/formats/array-file';
import { inMemory } from '../unit/formats/in-memory';
import fixture from './fixtures/hdf5.json';

const fileOf = (how: keyof typeof names): ReturnType<typeof inMemory> =>
  inMemory(new Uint8Array(inflateSync(Buffer.from(fixture[how].file, 'base64'))));

const names = { earliest: 'a.h5', latest: 'a.hdf5', matlab: 'a.mat', matlab5: 'a.mat', matlab7: 'a.MAT' };
const ways = Object.keys(names) as (keyof typeof names)[];

/** Not what is there under a second name, or not read. */
const isOwn = (name: string): boolean => !/^(?:loop|no)\//.test(name);

describe('HDF5 and MATLAB files', () => {
  it.each(ways)('are read as h5py and scipy read them, in every type, layout and packing: %s', (how) => {
    const found = [...arraysIn(names[how], fileOf(how))]
      .filter(([array, place]) => isOwn(array) && place.shape())
      .map(([array, place]) => {
        const { shape, data } = place.read();
        expect(shape, array).toEqual(place.shape());
        return [array, { shape, data: [...data] }];
      });
    expect(Object.fromEntries(found)).toEqual(fixture[how].arrays);
  });

  it('say of what is no array of numbers what it is', () => {
    const [early, late, matlab, five] = ways.map(fileOf);
    expect(() => arrayIn('a.h5', early, 'no/strings')).toThrow('lists of different lengths, or strings');
    expect(() => arrayIn('a.h5', early, 'no/fixed')).toThrow('It holds strings: numbers');
    expect(() => arrayIn('a.h5', late, 'no/references')).toThrow('references to other objects');
    expect(() => arrayIn('a.h5', late, 'no/fields')).toThrow('compounds of several fields');
    expect(() => arrayIn('a.h5', early, 'no/scaled')).toThrow('packed by filter 6');
    expect(() => arrayIn('a.h5', late, 'no/extends')).toThrow("save it with libver='earliest'");
    expect(() => arrayIn('a.mat', matlab, 'text')).toThrow('It holds a text');
    expect(() => arrayIn('a.mat', matlab, 'cell')).toThrow('references to other objects');
    expect(() => arrayIn('a.mat', five, 'text')).toThrow('It holds a text');
    expect(() => arrayIn('a.mat', five, 'cell')).toThrow('It holds cells');
    expect(() => arrayIn('a.mat', five, 'z')).toThrow('It holds complex numbers');
    expect([...arraysIn('a.mat', matlab).keys()]).not.toContain('#refs#/a');
  });
});
