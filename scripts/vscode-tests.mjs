// The tests in a real VS Code: one suite inside its extension host, others that drive its workbench as a user does.
// Writes out/reports/vscode.json. Installs VS Code and Chromium from nothing where they are missing.
//   node scripts/vscode-tests.mjs [vitest's arguments]
//   REPSCOPE_VSCODE=EXECUTABLE|download   the same in a desktop VS Code (Linux: under a display, xvfb-run for one)
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from './chromium.mjs';
import { vscodeServer } from './vscode.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, 'out', 'reports');
mkdirSync(reports, { recursive: true });

if (process.env.REPSCOPE_VSCODE === undefined) vscodeServer();
const browser = await chromium();
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--config', join('test', 'vscode', 'vitest.config.ts')],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'vscode.json')}`],
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...browser.env, REPSCOPE_CHROMIUM: browser.executable },
  },
);
process.exit(status ?? 1);
