// What the linter does not see of the product's files: imports that point upwards and circles of them (of types, too), files that
// nothing of the product leads to (what only tests use is not kept), and exports that no other file names, tests and benchmarks included.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where the product begins: what is built from (esbuild.js, scripts/webview-build.mjs) and what schemas are made of. */
const MAINS = [
  'src/extension.ts',
  'src/cli.ts',
  'src/cli/start.ts',
  'src/cli/check-alone.ts',
  'src/run/worker.ts',
  'src/run/report-worker.ts',
  'src/run/brought-worker.ts',
  'webview/src/main.ts',
  'webview/src/side.ts',
  'webview/src/figures.ts',
  'src/experiment/file.ts',
  'src/protocol/results.ts',
];

/** The rooms of src/, top to bottom: a room imports from those below it only. */
const ROOMS = [
  'editor',
  'verbs',
  'language',
  'run',
  'hazards',
  'measures',
  'sources',
  'analysis',
  'training',
  'stimuli',
  'experiment',
  'formats',
  'protocol',
  'numerics',
  'core',
];
const TOP = ['src/extension.ts', 'src/cli.ts', 'src/cli/'];

/** What does not import what: all that begins with one of a list, from what begins with one of another, but for exceptions. */
const APART = [
  ...ROOMS.map((room, at) => ({
    from: [`src/${room}/`],
    to: [...TOP, ...ROOMS.slice(0, at).map((above) => `src/${above}/`)],
    why: `src/${room} stands below: imports point downwards only (ARCHITECTURE.md, Rooms)`,
  })),
  {
    from: ['webview/'],
    to: [
      ...TOP,
      ...ROOMS.filter((room) => room !== 'protocol' && room !== 'formats').map((room) => `src/${room}/`),
    ],
    // The table of values, means over it (those of a checkpoint are taken when one looks at it), and where measures agree on them.
    but: [
      'src/analysis/findings.ts',
      'src/analysis/agreement.ts',
      'src/analysis/model-agreement.ts',
      'src/core/values.ts',
      'src/core/replicate.ts',
      'src/core/extended.ts',
    ],
    why: 'the dashboard draws what it is sent: it imports src/protocol, src/formats, replicates and the table of values only',
  },
  {
    from: [
      'src/measures/',
      'src/hazards/',
      'src/analysis/',
      'src/run/detail.ts',
      'src/run/activations-file.ts',
    ],
    to: ['src/training/'],
    why: 'what is measured is a recording (src/sources/source.ts): how it was made is for its source to know',
  },
  { from: ['src/'], to: ['webview/'], why: 'the host knows the dashboard through src/protocol only' },
  { from: ['src/'], to: ['test/', 'bench/'], why: 'the product does not import its tests' },
];

const files = typescriptIn('src', 'webview/src');
const modules = new Map([...files, ...typescriptIn('test', 'bench')].map((file) => [file, read(file)]));

const faults = [...upwards(), ...circles(), ...unreached(), ...unused()];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function typescriptIn(...folders) {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.includes('/assembly/'));
}

/** @returns {{ imports: Map<string, Set<string>>, exports: Set<string> }} names by file (`*` for all); names that it exports */
function read(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const imports = new Map();
  const exports = new Set();
  const uses = (specifier, names) => {
    const from = resolve(file, specifier);
    if (from) imports.set(from, new Set([...(imports.get(from) ?? []), ...names]));
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) uses(node.moduleSpecifier.text, namesOf(node.importClause));
    else if (ts.isExportDeclaration(node)) {
      const named =
        node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : [];
      for (const { name } of named) exports.add(name.text);
      if (node.moduleSpecifier)
        uses(
          node.moduleSpecifier.text,
          named.length > 0 ? named.map((each) => (each.propertyName ?? each.name).text) : ['*'],
        );
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      uses(node.arguments[0].text, ['*']);
    else if (ts.isImportTypeNode(node))
      uses(node.argument.literal.text, [node.qualifier?.getText().split('.')[0] ?? '*']);
    if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      const declared = ts.isVariableStatement(node) ? node.declarationList.declarations : [node];
      for (const { name } of declared) for (const text of boundNames(name)) exports.add(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { imports, exports };
}

function namesOf(clause) {
  const bindings = clause?.namedBindings;
  if (!bindings) return clause?.name ? ['default'] : [];
  return ts.isNamespaceImport(bindings)
    ? ['*']
    : bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text);
}

function boundNames(name) {
  if (!name) return ['default'];
  return ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => boundNames(element.name));
}

function resolve(file, specifier) {
  if (!specifier?.startsWith('.')) return undefined;
  const path = join(dirname(file), specifier);
  return [`${path}.ts`, join(path, 'index.ts'), path].find(
    (each) => existsSync(join(root, each)) && each.endsWith('.ts'),
  );
}

function upwards() {
  const within = (file, places) => places.some((place) => file.startsWith(place));
  return files.flatMap((file) =>
    [...modules.get(file).imports.keys()].flatMap((imported) =>
      APART.filter(
        ({ from, to, but = [] }) => within(file, from) && within(imported, to) && !but.includes(imported),
      ).map(({ why }) => `${file} imports ${imported}: ${why}.`),
    ),
  );
}

function circles() {
  const found = [];
  const state = new Map();
  const walk = (file, trail) => {
    state.set(file, 'open');
    for (const next of modules.get(file)?.imports.keys() ?? []) {
      if (state.get(next) === 'open')
        found.push(`A circle of imports: ${[...trail.slice(trail.indexOf(next)), next].join(' → ')}`);
      else if (!state.has(next)) walk(next, [...trail, next]);
    }
    state.set(file, 'closed');
  };
  for (const file of files) if (!state.has(file)) walk(file, [file]);
  return found;
}

function unreached() {
  const reached = new Set();
  const walk = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const next of modules.get(file)?.imports.keys() ?? []) walk(next);
  };
  MAINS.forEach(walk);
  return files
    .filter((file) => !reached.has(file))
    .map((file) => `${file}: nothing of the product leads to it.`);
}

function unused() {
  const named = new Map();
  for (const { imports } of modules.values())
    for (const [from, names] of imports) named.set(from, new Set([...(named.get(from) ?? []), ...names]));
  return files
    .filter((file) => !MAINS.includes(file) && !named.get(file)?.has('*'))
    .flatMap((file) =>
      [...modules.get(file).exports]
        .filter((name) => !named.get(file)?.has(name))
        .map((name) => `${file}: no other file names its export ${name}.`),
    );
}
