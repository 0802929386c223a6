import { kernelBytes } from './binary';

/** The functions of kernels.wasm (`assembly/index.ts`), where they are documented. Addresses are in bytes. */
export interface Kernels {
  multiply64(
    a: number,
    b: number,
    c: number,
    aPanels: number,
    bPanels: number,
    k: number,
    stride: number,
    add: boolean,
    diagonal: number,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

/** Kernels working on a memory of the caller's. Compiles at the first call (some milliseconds). */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}

/** A new memory of at least so many bytes, all 0. */
export function newMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / 65536);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}
