import { createRequire } from 'node:module';
import { findBuilt } from './binary';
import { arithmetic, instantiateKernels, type NativeKernels, useNative, widened } from './kernels';
import type { Kernels } from './signatures';

/** What computes the products of a thread, and why it is not the widest lanes of this processor. */
export interface Lanes {
  /** `WebAssembly`, or what the addon says: `AVX2`, `NEON`. */
  readonly name: string;
  /** Empty: nothing went wrong. */
  readonly problem: string;
}

let started: Lanes | undefined;

/**
 * Has this thread compute in the widest lanes of this processor, where dist/lanes.node is built and gives the bits of the WebAssembly
 * kernels. For threads of their own only: a fault of native code takes its process with it, but one that cannot be loaded, or computes
 * something else, is found out here.
 */
export function startLanes(wanted = process.env.REPSCOPE_LANES): Lanes {
  return (started ??= wanted === 'wasm' ? webAssembly('') : start());
}

/** What computes the products of this thread. */
export function lanesInUse(): Lanes {
  return started ?? webAssembly('');
}

const webAssembly = (problem: string): Lanes => ({ name: 'WebAssembly', problem });

function start(): Lanes {
  if (arithmetic() === 'plain')
    return webAssembly('This processor, or its WebAssembly, has no fused multiply-add.');
  const file = findBuilt('lanes.node');
  if (file === undefined) return webAssembly('');
  try {
    const { lanes, ...kernels } = createRequire(file)(file) as NativeKernels & { lanes?: string };
    if (lanes === undefined) return webAssembly('This processor has none of the lanes that were built.');
    useNative(kernels);
    if (sameBits()) return { name: lanes, problem: '' };
    useNative({});
    return webAssembly(`${lanes} lanes give other bits than WebAssembly, and are not used.`);
  } catch (error) {
    useNative({});
    return webAssembly(error instanceof Error ? error.message : String(error));
  }
}

/** Two products of some hundred numbers: by the addon, and by WebAssembly. */
function sameBits(): boolean {
  const [native, plain] = [true, false].map((lanes) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = instantiateKernels(memory);
    check(lanes ? widened(kernels, memory.buffer) : kernels, memory.buffer);
    return new Uint8Array(memory.buffer);
  });
  return native.every((byte, at) => byte === plain[at]);
}

/** Thirteen terms, three octets, two quads: what tiles of any width have to put together. */
function check(kernels: Kernels, buffer: ArrayBuffer): void {
  const numbers = new Float32Array(buffer, 0, 4096);
  // Sums that no other order, and no second rounding, leaves the same.
  numbers.forEach((_, at) => (numbers[at] = Math.fround(1 / (at + 3)) - 0.01));
  const doubles = new Float64Array(buffer, 16384, 1024);
  doubles.forEach((_, at) => (doubles[at] = 1 / (at + 3) - 0.01));
  kernels.forward(0, 2048, 4096, 8192, 13, 16, 8, 3, 2);
  kernels.multiply64(16384, 18432, 20480, 2, 3, 13, 12, false, 2 ** 30);
}
