// What src/numerics/kernels/assembly exports, as its source says.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const assembly = join(dirname(fileURLToPath(import.meta.url)), '../src/numerics/kernels/assembly');

function parse(file) {
  return ts.createSourceFile(file, readFileSync(join(assembly, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Every kernel: its name and file, its parameters with their types in AssemblyScript, and the type of what it gives. */
export function kernelSignatures() {
  return parse('index.ts')
    .statements.filter(ts.isExportDeclaration)
    .flatMap(({ exportClause, moduleSpecifier }) =>
      exportClause.elements.map(({ name }) => signature(name.text, `${moduleSpecifier.text.slice(2)}.ts`)),
    );
}

function signature(name, file) {
  const kernel = parse(file).statements.find(
    (node) => ts.isFunctionDeclaration(node) && node.name?.text === name,
  );
  if (!kernel) throw new Error(`${file} has no function ${name}.`);
  const parameters = kernel.parameters.map((each) => ({ name: each.name.text, type: each.type.getText() }));
  return { name, file, parameters, gives: kernel.type.getText() };
}
