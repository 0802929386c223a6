// Generates src/numerics/kernels/signatures.ts, the TypeScript side of kernels.wasm, from the AssemblyScript that exports it.
// `--check` changes nothing and fails where it is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatted } from './formatted.mjs';
import { kernelSignatures } from './assembly.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src/numerics/kernels/signatures.ts');

/** What JavaScript passes for each type of AssemblyScript that kernels take. */
const types = {
  usize: 'number',
  i32: 'number',
  u32: 'number',
  f32: 'number',
  f64: 'number',
  bool: 'boolean',
  void: 'void',
};

const text = await formatted(
  target,
  `/** The functions of kernels.wasm; each is documented where it is written. Made by scripts/kernel-signatures.mjs. */
export interface Kernels {
${kernelSignatures().map(signature).join('\n')}
}
`,
);
const old = existsSync(target) ? readFileSync(target, 'utf8') : '';
if (old !== text) {
  if (process.argv.includes('--check')) {
    console.error(`${relative(root, target)} is stale: run node scripts/kernel-signatures.mjs`);
    process.exitCode = 1;
  } else {
    writeFileSync(target, text);
    console.log(`wrote ${relative(root, target)}`);
  }
}

function signature({ name, file, parameters, gives }) {
  const typed = (type) => {
    if (!types[type])
      throw new Error(`${file}: ${name} takes or gives ${type}, which has no type in JavaScript here.`);
    return types[type];
  };
  const taken = parameters.map((each) => `${each.name}: ${typed(each.type)}`);
  return `/** ${file} */\n${name}(${taken.join(', ')}): ${typed(gives)};`;
}
