import { kernelBytes } from './binary';
import type { Kernels } from './signatures';

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  return (compiled ??= new WebAssembly.Module(kernelBytes()));
}

/**
 * Whether this machine runs the kernels: false where WebAssembly has no 128-bit SIMD.
 *
 * @throws Error if kernels.wasm has not been built
 */
export function kernelsSupported(): boolean {
  try {
    compile();
    return true;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return false;
    throw error;
  }
}

/** Kernels working on a memory of the caller's. Compiles at the first call (some milliseconds). */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(compile(), { env: { memory } }).exports as unknown as Kernels;
}
