import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The bytes of kernels.wasm: beside the running bundle (the product), or in the `dist` of a directory above this file
 * (tests and benchmarks, which run from source).
 *
 * @throws Error if it has not been built
 */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  // Bundles are CommonJS, and so have __dirname; where it is missing the working directory serves.
  const here = typeof __dirname === 'string' ? __dirname : process.cwd();
  const tried = [join(here, 'kernels.wasm')];
  for (let folder = here; ; folder = dirname(folder)) {
    tried.push(join(folder, 'dist', 'kernels.wasm'));
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
    `kernels.wasm was not found beside ${here} nor in a dist folder above it. Run "node scripts/kernels.mjs".`,
  );
}
