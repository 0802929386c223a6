import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

/**
 * The bytes of a file of kernels: beside the running bundle (the product), or in the `dist` of a directory above this file
 * (tests and benchmarks, which run from source).
 *
 * @throws Error if it has not been built
 */
export function kernelBytes(name: 'kernels.wasm' | 'kernels-plain.wasm'): Uint8Array<ArrayBuffer> {
  // Bundles are CommonJS, and so have __dirname; where it is missing the working directory serves.
  const here = typeof __dirname === 'string' ? __dirname : process.cwd();
  const tried = [join(here, name)];
  for (let folder = here; ; folder = dirname(folder)) {
    tried.push(join(folder, 'dist', name));
    if (folder === dirname(folder)) break;
  }
  for (const file of tried) {
    try {
      return new Uint8Array(readFileSync(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(
    `${name} was not found beside ${here} nor in a dist folder above it. Run "node scripts/kernels.mjs".`,
  );
}

/**
 * Node 20 has relaxed SIMD behind a flag of V8's, which may be set as long as nothing that wants it was compiled; later versions have it.
 *
 * @returns false where V8 knows no such flag
 */
export function allowRelaxedSimd(): boolean {
  try {
    setFlagsFromString('--experimental-wasm-relaxed-simd');
    return true;
  } catch {
    return false;
  }
}
