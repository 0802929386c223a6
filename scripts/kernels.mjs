// Builds src/numerics/kernels/assembly (AssemblyScript) into dist/kernels.wasm, whose products are fused multiply-adds (relaxed SIMD),
// and dist/kernels-plain.wasm, for machines without.
//
//   node scripts/kernels.mjs          the product's files
//   node scripts/kernels.mjs --text   also dist/kernels.wat, to read what the compiler made of it
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Compiles the kernels. Throws with the compiler's messages when it cannot. */
export async function buildKernels({ text = false } = {}) {
  await mkdir(join(root, 'dist'), { recursive: true });
  await compile('kernels', '--enable', text);
  await compile('kernels-plain', '--disable', text);
}

async function compile(name, relaxed, text) {
  const { error, stderr } = await asc.main([
    'src/numerics/kernels/assembly/index.ts',
    '--baseDir',
    root,
    '--outFile',
    `dist/${name}.wasm`,
    ...(text ? ['--textFile', `dist/${name}.wat`] : []),
    '-O3',
    '--noAssert',
    // No allocator and no garbage collector: every kernel works on addresses that its caller gives it.
    '--runtime',
    'stub',
    // The caller makes a memory of the size that its problem needs.
    '--importMemory',
    '--enable',
    'simd',
    // Of relaxed SIMD only the fused multiply-add is used (assembly/fused.ts).
    relaxed,
    'relaxed-simd',
  ]);
  if (error) throw new Error(`The kernels do not compile.\n${stderr.toString()}`);
  const warnings = stderr.toString();
  if (warnings) process.stderr.write(warnings);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildKernels({ text: process.argv.includes('--text') });
}
