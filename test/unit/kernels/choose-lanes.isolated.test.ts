import { describe, expect, it } from 'vitest';
import { instantiateKernels, type NativeKernels } from '../../../src/numerics/kernels/kernels';
import { chooseLanes } from '../../../src/numerics/kernels/lanes';

/** WebAssembly's product, as an addon would have it. */
const right: NativeKernels = {
  multiply64: (buffer, ...parameters) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    new Uint8Array(memory.buffer).set(new Uint8Array(buffer));
    (instantiateKernels(memory).multiply64 as (...all: unknown[]) => void)(...parameters);
    new Uint8Array(buffer).set(new Uint8Array(memory.buffer));
  },
};
/** One that computes nothing. */
const wrong: NativeKernels = { multiply64: () => undefined };

describe('of the lanes that a processor has', () => {
  const addon = { wide: { says: 'Wide', ...wrong }, narrow: { says: 'Narrow', ...right } };

  it('the widest is taken that gives the bits of WebAssembly, and the wider are spoken of', () => {
    expect(chooseLanes(addon, '')).toEqual({
      name: 'Narrow',
      problem: 'Wide lanes give other bits than WebAssembly, and are not used.',
    });
  });

  it('the widest is taken, where nothing is wrong with it', () => {
    expect(chooseLanes({ ...addon, wide: { says: 'Wide', ...right } }, '').name).toBe('Wide');
  });

  it('the one that is asked for is taken, or none', () => {
    expect(chooseLanes(addon, 'narrow')).toEqual({ name: 'Narrow', problem: '' });
    expect(chooseLanes(addon, 'wide').name).toBe('WebAssembly');
    expect(chooseLanes(addon, 'other').problem).toBe(
      'There are no lanes other for this processor (REPSCOPE_LANES): wasm, wide, narrow.',
    );
  });

  it('WebAssembly is, where it has none', () => {
    expect(chooseLanes({}, '')).toEqual({
      name: 'WebAssembly',
      problem: 'This processor has none of the lanes that were built.',
    });
  });
});
