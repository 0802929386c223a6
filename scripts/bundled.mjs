import { build } from 'esbuild';
import { basename, join } from 'node:path';

/**
 * Bundles a program in TypeScript so that Node runs it.
 *
 * @param {string} entry its file
 * @param {string} folder where the bundle goes
 * @param {'cjs' | 'esm'} format
 * @returns {Promise<string>} the bundle's file
 */
export async function bundled(entry, folder, format = 'cjs') {
  const outfile = join(folder, `${basename(entry, '.ts')}.${format === 'cjs' ? 'cjs' : 'mjs'}`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    // Its main file is UMD, which cannot be bundled.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    logLevel: 'error',
  });
  return outfile;
}
