import { describe, expect, it } from 'vitest';
import { arrayIn, arraysIn } from '../../src/formats/array-file';
import { tensorNumbers } from '../../src/formats/safetensors';
import { inMemory } from '../unit/formats/in-memory';
import fixture from './fixtures/array-files.json';

const bytes = (file: string): Uint8Array => new Uint8Array(Buffer.from(file, 'base64'));

describe('.npz files', () => {
  it.each(['stored', 'packed'] as const)('of NumPy are read: %s', (how) => {
    const found = [...arraysIn('a.npz', inMemory(bytes(fixture[how])))].map(([name, place]) => {
      const { shape, data } = place.read();
      return [name, { shape, data: [...data] }];
    });
    expect(Object.fromEntries(found)).toEqual(fixture.arrays);
  });

  it('of Python objects are refused, and the arrays beside them read', () => {
    const file = inMemory(bytes(fixture.objects));
    expect([...arrayIn('a.npz', file, 'good').data]).toEqual([0, 1, 2]);
    expect(() => arrayIn('a.npz', file, 'bad')).toThrow('never executed');
  });
});

describe('numbers of 16 bits', () => {
  it.each([
    ['F16', fixture.half],
    ['BF16', fixture.bfloat16],
  ] as const)('are those of PyTorch: %s', (type, numbers) => {
    const data = Uint16Array.from(fixture.bits);
    expect([...tensorNumbers({ type, shape: [numbers.length], data }).data]).toEqual(numbers);
  });
});
