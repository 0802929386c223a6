// Builds src/numerics/kernels/assembly (AssemblyScript) into dist/kernels.wasm.
//
//   node scripts/kernels.mjs          the product's file
//   node scripts/kernels.mjs --text   also dist/kernels.wat, to read what the compiler made of it
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Compiles the kernels. Throws with the compiler's messages when it cannot. */
export async function buildKernels({ text = false } = {}) {
  await mkdir(join(root, 'dist'), { recursive: true });
  const { error, stderr } = await asc.main([
    'src/numerics/kernels/assembly/index.ts',
    '--baseDir',
    root,
    '--outFile',
    'dist/kernels.wasm',
    ...(text ? ['--textFile', 'dist/kernels.wat'] : []),
    '-O3',
    '--noAssert',
    // No allocator and no garbage collector: every kernel works on addresses that its caller gives it.
    '--runtime',
    'stub',
    // The caller makes a memory of the size that its problem needs.
    '--importMemory',
    // 128-bit SIMD as it was standardised; relaxed SIMD would give different bits on different processors.
    '--enable',
    'simd',
    '--disable',
    'relaxed-simd',
  ]);
  if (error) throw new Error(`The kernels do not compile.\n${stderr.toString()}`);
  const warnings = stderr.toString();
  if (warnings) process.stderr.write(warnings);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildKernels({ text: process.argv.includes('--text') });
}
