import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprint } from '../../support/kernel-bits';

// Every activation, loss and optimiser, and the float64 products: under V8's two compilers, by the lanes of this processor, and with
// processor features that V8 uses where it finds them switched off.
const everyWay: [name: string, lanes: string, flags: string[]][] = [
  ['lanes of this processor', '', []],
  ['lanes of 512 bits, split', 'split', []],
  ['WebAssembly', 'wasm', []],
  ['V8’s first compiler', 'wasm', ['--liftoff-only']],
  ['V8’s second compiler', 'wasm', ['--no-liftoff']],
  ['few instructions', 'wasm', ['--no-enable-popcnt', '--no-enable-bmi1', '--no-enable-bmi2']],
];
/** Without a C compiler there are no lanes to split. */
const ways = everyWay.filter(([, lanes]) => lanes !== 'split' || existsSync('dist/split/lanes.node'));
/** The same multiplications and additions, on machines that fuse none. */
const plainFlags: string[][] = [
  ['--no-enable-fma3', '--no-enable-avx2'],
  ['--no-enable-avx'],
  ['--no-enable-avx', '--no-enable-sse4-2', '--no-enable-popcnt'],
];

interface Found {
  readonly arithmetic: string;
  readonly lanes: { name: string; problem: string };
  readonly bits: string;
}

describe('the kernels give the same bits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'repscope-bits-'));
  const script = join(folder, 'bits.cjs');
  const here = fingerprint();

  function found(lanes: string, flags: readonly string[]): Found {
    const beside = join(process.cwd(), lanes === 'split' ? 'dist/split' : 'dist');
    const env = { ...process.env, REPSCOPE_LANES: lanes, REPSCOPE_TEST_FOLDER: beside };
    return JSON.parse(execFileSync(process.execPath, [...flags, script], { encoding: 'utf8', env })) as Found;
  }

  beforeAll(async () => {
    await build({
      stdin: {
        contents: `
          import { fingerprint } from './test/support/kernel-bits';
          import { arithmetic } from './src/numerics/kernels/kernels';
          import { startLanes } from './src/numerics/kernels/lanes';
          const lanes = startLanes();
          process.stdout.write(JSON.stringify({ arithmetic: arithmetic(), lanes, bits: fingerprint() }));`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
      logLevel: 'error',
      // The script lies in a temporary folder; the kernels do not.
      define: { __dirname: 'process.env.REPSCOPE_TEST_FOLDER' },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(ways)('by %s', (_, lanes, flags) => {
    const { arithmetic, lanes: used, bits } = found(lanes, flags);
    expect(arithmetic).toBe('fused');
    expect(used.problem).toBe('');
    if (lanes === '' && existsSync('dist/lanes.node')) expect(used.name).not.toBe('WebAssembly');
    if (lanes === 'split') expect(used.name).toContain('split');
    if (lanes === 'wasm') expect(used.name).toBe('WebAssembly');
    expect(bits).toBe(here);
  });

  it.skipIf(!existsSync('dist/lanes.node'))(
    'by WebAssembly where there are no such lanes, which is said',
    () => {
      const { lanes, bits } = found('avx9', []);
      expect(lanes.name).toBe('WebAssembly');
      expect(lanes.problem).toContain('There are no lanes avx9 for this processor');
      expect(bits).toBe(here);
    },
  );

  it('and others, the same again, on machines without fused multiply-adds, which say so', () => {
    const all = plainFlags.map((flags) => found('', flags));
    for (const { arithmetic, lanes } of all) {
      expect(arithmetic).toBe('plain');
      expect(lanes.name).toBe('WebAssembly');
      expect(lanes.problem).toContain('no fused multiply-add');
    }
    const bits = new Set(all.map((one) => one.bits));
    expect([...bits]).toHaveLength(1);
    expect(bits.has(here)).toBe(false);
  });
});
