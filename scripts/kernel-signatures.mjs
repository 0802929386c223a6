// Generates src/numerics/kernels/signatures.ts, the TypeScript side of kernels.wasm, from the AssemblyScript that exports it.
// `--check` changes nothing and fails where it is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const assembly = join(root, 'src/numerics/kernels/assembly');
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

const text = await prettier.format(
  `/** The functions of kernels.wasm; each is documented where it is written. Made by scripts/kernel-signatures.mjs. */
export interface Kernels {
${exportsOf('index.ts').map(signature).join('\n')}
}
`,
  { ...(await prettier.resolveConfig(target)), parser: 'typescript' },
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

function parse(file) {
  return ts.createSourceFile(file, readFileSync(join(assembly, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Name and file of what the index exports. */
function exportsOf(index) {
  return parse(index)
    .statements.filter(ts.isExportDeclaration)
    .flatMap(({ exportClause, moduleSpecifier }) =>
      exportClause.elements.map(({ name }) => ({
        name: name.text,
        file: `${moduleSpecifier.text.slice(2)}.ts`,
      })),
    );
}

function signature({ name, file }) {
  const kernel = parse(file).statements.find(
    (node) => ts.isFunctionDeclaration(node) && node.name?.text === name,
  );
  if (!kernel) throw new Error(`${file} has no function ${name}.`);
  const typed = (node) => {
    const type = types[node.getText()];
    if (!type)
      throw new Error(
        `${file}: ${name} takes or gives ${node.getText()}, which has no type in JavaScript here.`,
      );
    return type;
  };
  const parameters = kernel.parameters.map((each) => `${each.name.text}: ${typed(each.type)}`);
  return `/** ${file} */\n${name}(${parameters.join(', ')}): ${typed(kernel.type)};`;
}
