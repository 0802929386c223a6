// Bundles one of the programs of test/vscode (TypeScript) for Node, and gives what it exports.
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} name of a file of test/vscode, without its extension */
export async function program(name) {
  const outfile = join(root, 'out', 'vscode', `${name.replaceAll('/', '-')}.mjs`);
  await build({
    entryPoints: [join(root, 'test', 'vscode', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
