import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bitExperiment } from '../../support/bit-experiment';
import { repscope, writeExperiment } from '../../support/command-line';

/** Everything that a run writes, by file, and what it prints. */
async function everything(
  folder: string,
  name: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
  lanes?: string,
): Promise<Map<string, Buffer>> {
  const out = join(folder, name);
  const store = join(folder, `store ${name}`);
  const file = writeExperiment(folder, bitExperiment);
  const { code, stdout, stderr } = await repscope(
    ['analyze', file, '--json', '--out', out, '--store', store, ...args],
    { nodeOptions, lanes },
  );
  if (code !== 0) throw new Error(stderr);
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map([
    ['standard output', Buffer.from(stdout)],
    ...files.map(({ parentPath, name: base }): [string, Buffer] => {
      const path = join(parentPath, base);
      return [
        path.slice(out.length + 1),
        base === 'report.html' ? undated(readFileSync(path)) : readFileSync(path),
      ];
    }),
  ]);
}

/** A report says when it was made. */
function undated(report: Buffer): Buffer {
  const dated = /"analysedAt":\d+/;
  const text = report.toString('utf8');
  if (!dated.test(text)) throw new Error('The report does not say when it was made.');
  return Buffer.from(text.replace(dated, ''));
}

function differing(a: ReadonlyMap<string, Buffer>, b: ReadonlyMap<string, Buffer>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    (name) => a.get(name)?.equals(b.get(name) ?? Buffer.alloc(0)) !== true,
  );
}

describe('every file of a run has the same bytes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'repscope-test-'));
  let one = new Map<string, Buffer>();
  beforeAll(async () => {
    one = await everything(folder, 'one', ['--workers', '1']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('as standard output, where that is asked for', () => {
    expect([...one.keys()].filter((name) => name.endsWith('.safetensors'))).toHaveLength(9);
    expect(one.get('standard output')).toEqual(one.get('results.json'));
  });

  // Each in a store of its own.
  it.each([
    ['one worker again', ['--workers', '1'], []],
    ['two workers', ['--workers', '2'], []],
    ['WebAssembly in place of wide lanes', [], [], 'wasm'],
    ["V8's first compiler of WebAssembly alone", [], ['--liftoff-only'], 'wasm'],
    ["V8's second compiler of WebAssembly alone", [], ['--no-liftoff'], 'wasm'],
  ])('with %s', async (name, args, nodeOptions, lanes?: string) => {
    expect(differing(one, await everything(folder, name, args, nodeOptions, lanes))).toEqual([]);
  });
});
