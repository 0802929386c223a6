// `npm run coverage`: how often the intervals that are shown hold the mean that they should, measured; writes docs/coverage.md.
//   node scripts/coverage.mjs [replicates]     of each network of the population; 200 by default
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled } from './bundled.mjs';
import { formatted } from './formatted.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'repscope-coverage-'));
const replicates = process.argv[2] ?? '200';
try {
  const outfile = await bundled(join(root, 'test', 'intervals', 'main.ts'), scratch, 'esm');
  const store = join(scratch, 'store');
  mkdirSync(store);
  const { status, stdout } = spawnSync(process.execPath, [outfile, store, replicates], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('Coverage could not be measured.');
  const page = join(root, 'docs', 'coverage.md');
  writeFileSync(page, await formatted(page, stdout));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
