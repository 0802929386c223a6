import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprint } from '../../support/kernel-bits';

// Every activation, loss and optimiser, and the float64 products, under V8's two compilers and with processor features that
// V8 uses where it finds them switched off.
const FLAGS = [
  ['--liftoff-only'],
  ['--no-liftoff'],
  ['--no-enable-avx'],
  ['--no-enable-avx', '--no-enable-sse4-2', '--no-enable-popcnt', '--no-enable-bmi1', '--no-enable-bmi2'],
  ['--no-enable-fma3', '--no-enable-avx2'],
];

describe('the kernels give the same bits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'repscope-bits-'));
  const script = join(folder, 'bits.cjs');
  const here = fingerprint();

  beforeAll(async () => {
    await build({
      stdin: {
        contents: `import { fingerprint } from './test/support/kernel-bits';\nprocess.stdout.write(fingerprint());`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
      logLevel: 'error',
      // The script lies in a temporary folder; the kernels do not.
      define: { __dirname: JSON.stringify(join(process.cwd(), 'dist')) },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(FLAGS)('under %s %s', (...flags) => {
    expect(execFileSync(process.execPath, [...flags, script], { encoding: 'utf8' })).toBe(here);
  });
});
