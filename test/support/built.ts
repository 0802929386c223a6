import { existsSync } from 'node:fs';

/** The tests use what `npm run build` writes (kernels, worker and command-line bundles): say so before they fail one by one. */
export default function setup(): void {
  for (const file of ['dist/cli.js', 'dist/worker.js', 'dist/kernels.wasm'])
    if (!existsSync(file)) throw new Error(`${file} is missing: run 'npm run build' first.`);
}
