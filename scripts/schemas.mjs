// Generates schemas/*.json from the types. `--check` changes nothing and fails where a schema is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemas = [
  {
    type: 'ExperimentFile',
    from: 'src/experiment/file.ts',
    to: 'schemas/experiment.schema.json',
    title: 'RepScope experiment file',
    // The format is JSON with comments: VS Code's own JSON support takes this hint.
    extra: { allowComments: true, allowTrailingCommas: true },
  },
  {
    type: 'ResultsFile',
    from: 'src/protocol/results.ts',
    to: 'schemas/results.schema.json',
    title: 'RepScope results',
    extra: {},
  },
];

const check = process.argv.includes('--check');
let stale = false;
for (const { type, from, to, title, extra } of schemas) {
  const { $schema, $ref, definitions } = createGenerator({
    path: root + from,
    tsconfig: `${root}tsconfig.json`,
    type,
    jsDoc: 'extended',
    expose: 'all',
    additionalProperties: false,
    skipTypeCheck: true,
  }).createSchema(type);
  const text = `${JSON.stringify(inlineRecords({ $schema, title, ...extra, $ref, definitions }), null, 2)}\n`;
  const old = await readFile(root + to, 'utf8').catch(() => '');
  if (old === text) continue;
  if (check) {
    stale = true;
    console.error(`${to} is stale: run node scripts/schemas.mjs`);
  } else {
    await writeFile(root + to, text);
    console.log(`wrote ${to}`);
  }
}
if (stale) process.exitCode = 1;

/** Puts the definition of each `Record<…>` where it is used: validators of draft 7 ignore what stands beside a `$ref`. */
function inlineRecords(schema) {
  const isRecord = (name) => name.startsWith('Record<');
  const inline = (node) => {
    if (Array.isArray(node)) return node.map(inline);
    if (node === null || typeof node !== 'object') return node;
    const name =
      typeof node.$ref === 'string' ? decodeURIComponent(node.$ref.replace('#/definitions/', '')) : '';
    const { $ref: _, ...rest } = node;
    const source = isRecord(name) ? { ...schema.definitions[name], ...rest } : node;
    return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, inline(value)]));
  };
  const kept = Object.entries(schema.definitions).filter(([name]) => !isRecord(name));
  return { ...schema, definitions: Object.fromEntries(kept.map(([name, node]) => [name, inline(node)])) };
}
