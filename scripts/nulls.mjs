// `npm run nulls`: what every similarity says of independent random networks, with its null; writes docs/nulls.json, and docs/measures.md with it.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundled } from './bundled.mjs';
import { formatted } from './formatted.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'repscope-nulls-'));
try {
  const outfile = await bundled(join(root, 'test', 'nulls', 'main.ts'), scratch, 'esm');
  const widths = await Promise.all(
    ['16', '128', '1024'].map(async (units) => {
      const running = promisify(execFile)(process.execPath, [outfile, units], { cwd: root });
      running.child.stderr.pipe(process.stderr);
      return JSON.parse((await running).stdout);
    }),
  );
  const text = JSON.stringify({ ...widths[0], found: widths.flatMap(({ found }) => found) });
  const page = join(root, 'docs', 'nulls.json');
  writeFileSync(page, await formatted(page, text));
  spawnSync(process.execPath, ['scripts/measures-document.mjs'], { cwd: root, stdio: 'inherit' });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
