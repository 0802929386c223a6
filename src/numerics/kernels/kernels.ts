import { allowRelaxedSimd, kernelBytes } from './binary';
import type { Kernels } from './signatures';

/**
 * How the terms of all products are added: `fused` multiply-adds with one rounding, the same bits whatever computes them, or `plain`
 * multiplications and additions, on machines that know no other.
 */
type Arithmetic = 'fused' | 'plain';

interface Compiled {
  readonly module: WebAssembly.Module;
  readonly arithmetic: Arithmetic;
}

let compiled: Compiled | undefined;

function compile(): Compiled {
  return (compiled ??= compileFused() ?? {
    module: new WebAssembly.Module(kernelBytes('kernels-plain.wasm')),
    arithmetic: 'plain',
  });
}

/** @returns undefined where WebAssembly has no relaxed SIMD, or the processor no fused multiply-add */
function compileFused(): Compiled | undefined {
  const bytes = kernelBytes('kernels.wasm');
  let module: WebAssembly.Module;
  try {
    module = new WebAssembly.Module(bytes);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    if (!allowRelaxedSimd()) return undefined;
    try {
      module = new WebAssembly.Module(bytes);
    } catch {
      return undefined;
    }
  }
  // A product that tells them apart, not a list of features: what counts is what the engine makes of it.
  return instantiate(module, new WebAssembly.Memory({ initial: 1 })).roundsOnce()
    ? { module, arithmetic: 'fused' }
    : undefined;
}

/**
 * Whether this machine runs the kernels: false where WebAssembly has no 128-bit SIMD.
 *
 * @throws Error if they have not been built
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

/** What determines the bits of all that is computed here. */
export function arithmetic(): Arithmetic {
  return compile().arithmetic;
}

/** Kernels that an addon has, to the bit those of the same name in WebAssembly, on a memory that is their first parameter. */
export type NativeKernels = Readonly<
  Partial<Record<keyof Kernels, (memory: ArrayBuffer, ...parameters: unknown[]) => void>>
>;

let native: NativeKernels = {};

/** What memories are worked on by from now on, where it has the kernel. */
export function useNative(kernels: NativeKernels): void {
  native = kernels;
}

/** The WebAssembly kernels, working on a memory of the caller's. Compiles at the first call (some milliseconds). */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  return instantiate(compile().module, memory);
}

/**
 * The same, those of the addon in the place of WebAssembly's where there are any.
 *
 * @param kernels of the memory
 * @param buffer of the memory as it is now: once it has grown, what this gives is used up
 */
export function widened(kernels: Kernels, buffer: ArrayBuffer): Kernels {
  const wide = Object.entries(native).map(
    ([name, kernel]) =>
      [name, (kernel as (...parameters: unknown[]) => void).bind(undefined, buffer)] as const,
  );
  return wide.length === 0 ? kernels : { ...kernels, ...(Object.fromEntries(wide) as Partial<Kernels>) };
}

function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
