import { createRequire } from 'node:module';
import { findBuilt } from './binary';
import { arithmetic, instantiateKernels, type NativeKernels, useNative, widened } from './kernels';
import type { Kernels } from './signatures';

/** What computes the products of a thread, and why it is not the widest lanes of this processor. */
export interface Lanes {
  /** `WebAssembly`, or what the addon says: `AVX-512`, `AVX2`, `NEON`. */
  readonly name: string;
  /** Empty: nothing went wrong. */
  readonly problem: string;
}

let started: Lanes | undefined;

/**
 * Has this thread compute in the widest lanes of this processor, where dist/lanes.node is built and gives the bits of the WebAssembly
 * kernels. For threads of their own only: a fault of native code takes its process with it, but one that cannot be loaded, or computes
 * something else, is found out here.
 *
 * @param wanted `wasm`, or a set of lanes of the addon's (`avx512`, `avx2`, `neon`); else the widest that can be used
 */
export function startLanes(wanted = process.env.REPSCOPE_LANES ?? ''): Lanes {
  return (started ??= wanted === 'wasm' ? webAssembly('') : start(wanted));
}

/** What computes the products of this thread. */
export function lanesInUse(): Lanes {
  return started ?? webAssembly('');
}

const webAssembly = (problem: string): Lanes => ({ name: 'WebAssembly', problem });

/** Sets of lanes that the addon has for this processor, widest first. */
type Addon = Readonly<Record<string, NativeKernels & { readonly says: string }>>;

function start(wanted: string): Lanes {
  if (arithmetic() === 'plain')
    return webAssembly('This processor, or its WebAssembly, has no fused multiply-add.');
  const file = findBuilt('lanes.node');
  if (file === undefined) return webAssembly('');
  try {
    return chooseLanes(createRequire(file)(file) as Addon, wanted);
  } catch (error) {
    useNative({});
    return webAssembly(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Has this thread compute in the first set that gives the bits of WebAssembly; what went wrong with wider ones is said.
 *
 * @param wanted the only one to try; empty: all
 */
export function chooseLanes(addon: Addon, wanted: string): Lanes {
  const sets = Object.keys(addon).filter((name) => wanted === '' || name === wanted);
  if (wanted !== '' && sets.length === 0)
    return webAssembly(
      `There are no lanes ${wanted} for this processor (REPSCOPE_LANES): wasm, ${Object.keys(addon).join(', ')}.`,
    );
  let problem = sets.length === 0 ? 'This processor has none of the lanes that were built.' : '';
  for (const name of sets) {
    const { says, ...kernels } = addon[name];
    useNative(kernels);
    if (sameBits()) return { name: says, problem };
    problem = `${says} lanes give other bits than WebAssembly, and are not used.`;
  }
  useNative({});
  return webAssembly(problem);
}

/** Products and one step of an optimiser, of some hundred numbers: by the addon, and by WebAssembly. */
function sameBits(): boolean {
  const [native, plain] = [true, false].map((lanes) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = instantiateKernels(memory);
    check(lanes ? widened(kernels, memory.buffer) : kernels, memory.buffer);
    return new Uint8Array(memory.buffer);
  });
  return native.every((byte, at) => byte === plain[at]);
}

/** Thirteen terms, seven octets and panels, three quads: what tiles of any width have to put together, and what is left of them. */
function check(kernels: Kernels, buffer: ArrayBuffer): void {
  const numbers = new Float32Array(buffer, 0, 8192);
  // Sums that no other order, and no second rounding, leaves the same.
  numbers.forEach((_, at) => (numbers[at] = 1 / (at + 3)));
  const doubles = new Float64Array(buffer, 32768, 4096);
  doubles.forEach((_, at) => (doubles[at] = 1 / (at + 3) - 0.01));
  kernels.forward(0, 4096, 6144, 8192, 13, 16, 16, 7, 3);
  kernels.adam(12288, 16384, 20480, 24576, 28672, 16, 24, 3, 3, 0.003, 0.1, 0.001, 1e-8);
  kernels.multiply64(32768, 36864, 45056, 3, 7, 13, 28, false, 2 ** 30);
}
