// Checks the types of all there is, by TypeScript's compiler in Go. What works on its trees, lint rules and schemas, still
// needs the one in JavaScript.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const compiler = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');

let right = true;
for (const project of ['.', 'webview', join('test', 'webview')]) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], { cwd: root, stdio: 'inherit' });
  right &&= status === 0;
}
process.exit(right ? 0 : 1);
