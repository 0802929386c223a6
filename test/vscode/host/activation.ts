import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { extension } from './extension';
import { test } from './runner';

interface Manifest {
  main: string;
  contributes: { commands: { command: string }[] };
}

test('the extension is asleep until it is needed', () => {
  assert.equal(extension().isActive, false);
});

test('the bundle holds nothing heavy, and activates', async () => {
  const main = join(extension().extensionPath, (extension().packageJSON as Manifest).main);
  const text = readFileSync(main, 'utf8');
  assert.ok(text.length < 1_650_000, `the bundle has ${text.length} characters`);
  assert.ok(!/@tensorflow\/tfjs|registerKernel\(/.test(text), 'TensorFlow.js is in the bundle');
  const load = createRequire(__filename);
  // VS Code takes the module from Node's cache: what stands there is measured.
  const module = load(main) as { activate(context: vscode.ExtensionContext): unknown };
  let milliseconds = Infinity;
  const cached = load.cache[main];
  assert.ok(cached);
  cached.exports = {
    ...module,
    activate: (context: vscode.ExtensionContext) => {
      const started = performance.now();
      const exported = module.activate(context);
      milliseconds = performance.now() - started;
      return exported;
    },
  };
  await extension().activate();
  // For scripts/vscode-bench.mjs; how long is a matter of the machine.
  writeFileSync(join(__dirname, '..', 'activate.txt'), milliseconds.toFixed(1));
});

test('every command of the manifest is there', async () => {
  const known = new Set(await vscode.commands.getCommands(true));
  const { contributes } = extension().packageJSON as Manifest;
  const missing = contributes.commands.map(({ command }) => command).filter((command) => !known.has(command));
  assert.deepEqual(missing, []);
});
