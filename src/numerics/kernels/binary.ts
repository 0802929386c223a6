import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

/** Where a built file is: beside the running bundle (the product), or in the `dist` of a directory above this file (tests and benchmarks). */
export function findBuilt(name: string): string | undefined {
  return placesOf(name).find((file) => existsSync(file));
}

function placesOf(name: string): string[] {
  const here = ownFolder();
  const places = [join(here, name)];
  for (let folder = here; ; folder = dirname(folder)) {
    places.push(join(folder, 'dist', name));
    if (folder === dirname(folder)) return places;
  }
}

/** Bundles are CommonJS, and so have __dirname; where it is missing the working directory serves. */
function ownFolder(): string {
  return typeof __dirname === 'string' ? __dirname : process.cwd();
}

/**
 * The bytes of a file of kernels.
 *
 * @throws Error if it has not been built
 */
export function kernelBytes(name: 'kernels.wasm' | 'kernels-plain.wasm'): Uint8Array<ArrayBuffer> {
  const file = findBuilt(name);
  if (file === undefined)
    throw new Error(
      `${name} was not found beside ${ownFolder()} nor in a dist folder above it. Run "node scripts/kernels.mjs".`,
    );
  return new Uint8Array(readFileSync(file));
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
