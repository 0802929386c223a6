// Builds src/numerics/kernels/native (C) into dist/lanes.node, where a C compiler is found: the kernels once more, to the bit, in the
// widest lanes of this processor. Without it everything works, slower.
//
//   CC=clang node scripts/native.mjs
//   CC=aarch64-linux-gnu-gcc node scripts/native.mjs FILE   for another processor, into a file of its own
//   CC=x86_64-w64-mingw32-gcc node scripts/native.mjs FILE  for Windows
//   node scripts/native.mjs FILE --split                    the source of 512 bits for processors of 256: what tests hold on those
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { assembly, kernelSignatures } from './assembly.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const native = join(root, 'src/numerics/kernels/native');
const run = promisify(execFile);

/**
 * Sets of lanes for each processor, by how compilers name what they build for; widest first. What a set needs is called the same where the
 * compiler is told of it and where the processor is asked; `abreast`: native/lanes.h.
 */
const lanes = {
  x86_64: [
    {
      name: 'avx512',
      says: 'AVX-512',
      needs: ['avx2', 'fma', 'avx512f', 'avx512bw', 'avx512dq', 'avx512vl'],
      abreast: 2,
    },
    { name: 'avx2', says: 'AVX2', needs: ['avx2', 'fma'], abreast: 1 },
  ],
  'aarch64|arm64': [{ name: 'neon', says: 'NEON', needs: [], abreast: 1 }],
};
/** The widest of them, each vector in two halves: never to be fast, and so compiled in a third of the time. */
const split = {
  x86_64: [
    { name: 'split', says: 'AVX-512, split for AVX2', needs: ['avx2', 'fma'], abreast: 2, optimise: '-Og' },
  ],
};

/** Nothing is fused but what says so (native/lanes.h). */
const flags = '-ffp-contract=off -fno-math-errno -Wall -Wextra -Wno-psabi -fvisibility=hidden'.split(' ');

/** What systems want besides, by how compilers name what they build for. */
const systems = {
  linux: { compile: ['-fPIC'], link: [] },
  darwin: { compile: ['-fPIC'], link: ['-undefined', 'dynamic_lookup'] },
  // The stack of Windows is aligned to 16 bytes, which gcc forgets of wider vectors: moves must ask for no alignment.
  mingw: { compile: ['-Wa,-muse-unaligned-vector-move'], link: ['-static-libgcc'] },
};

/** How C has what the kernels of assembly/ take, and how it is read from a call. */
const types = {
  usize: ['address', (i) => `unsigned_at(&c, ${i})`],
  u32: ['address', (i) => `unsigned_at(&c, ${i})`],
  i32: ['int32_t', (i) => `signed_at(&c, ${i})`],
  f32: ['float', (i) => `(float)c.number[${i}]`],
  f64: ['double', (i) => `c.number[${i}]`],
  bool: ['bool', (i) => `c.number[${i}] != 0`],
};

/**
 * Builds the lanes of the processor that the compiler builds for, where that can be done.
 *
 * @param options.sets of lanes, by processor
 * @returns what products run in, in words: a compiler that is missing or too old is no error
 */
export async function buildLanes(
  target = join(root, 'dist/lanes.node'),
  { sets = lanes, compiler = process.env.CC ?? (process.platform === 'win32' ? 'gcc' : 'cc') } = {},
) {
  await rm(target, { force: true });
  let machine;
  try {
    machine = (await run(compiler, ['-dumpmachine'])).stdout.trim();
  } catch {
    return 'WebAssembly: there is no C compiler for wider lanes (the same bits, slower)';
  }
  const wide = Object.entries(sets).find(([name]) => new RegExp(`^(${name})-`).test(machine))?.[1];
  const system = Object.entries(systems).find(([name]) => machine.includes(name))?.[1];
  if (!wide || !system) return `WebAssembly: there are no wider lanes for ${machine}`;
  try {
    return await compileLanes(compiler, system, wide, target);
  } catch (error) {
    const why = /error: .*/.exec(error.stderr ?? '')?.[0] ?? error.message;
    return `WebAssembly: ${compiler} does not compile wider lanes (${why})`;
  }
}

/** @throws Error with the compiler's messages */
async function compileLanes(compiler, system, wide, target) {
  const built = join(dirname(target), 'native');
  await mkdir(built, { recursive: true });
  const sources = (await readdir(native)).filter((file) => file.endsWith('.c') && file !== 'addon.c').sort();
  await writeTables(built, await kernelsIn(sources), sources, wide);
  const places = ['-I', native, '-I', built, '-I', join(root, 'node_modules/node-api-headers/include')];
  const constants = await layoutConstants();
  const objects = [
    { source: join(native, 'addon.c'), name: 'addon', more: ['-O3'] },
    ...wide.map(({ name, says, needs, abreast, optimise = '-O3' }) => ({
      source: join(built, 'lanes.c'),
      name,
      more: [
        optimise,
        ...needs.map((feature) => `-m${feature}`),
        ...constants,
        `-DABREAST=${abreast}`,
        `-DNAME=${name}`,
        `-DSAYS="${says}"`,
      ],
    })),
  ];
  await Promise.all(
    objects.map(({ source, name, more }) =>
      run(compiler, [
        ...flags,
        ...system.compile,
        ...more,
        ...places,
        '-c',
        source,
        '-o',
        join(built, `${name}.o`),
      ]),
    ),
  );
  const files = objects.map(({ name }) => join(built, `${name}.o`));
  await run(compiler, ['-shared', ...system.link, ...files, '-o', target]);
  return `${wide.map(({ says }) => says).join(', ')}, and WebAssembly where a processor has none of these`;
}

/** The names of the kernels that are written in C. */
async function kernelsIn(sources) {
  const texts = await Promise.all(sources.map((file) => readFile(join(native, file), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/^KERNEL\((\w+)\)/gm)].map(([, name]) => name));
}

/** Where assembly/ says how matrices and tables are kept; a later file may name constants of an earlier. */
const layouts = ['layout.ts', 'bit-table.ts'];

/** The constants of the layouts. */
async function layoutConstants() {
  const known = new Map();
  for (const file of layouts) {
    const text = await readFile(join(assembly, file), 'utf8');
    for (const [, name, value] of text.matchAll(/^export const ([A-Z_]+): (?:usize|i32) = (.+);$/gm)) {
      const expression = value
        .replace(/<usize>/g, '')
        .replace(/[A-Z_]+/g, (other) => known.get(other) ?? other);
      if (!/^[\d\s*+()]+$/.test(expression))
        throw new Error(`${file}: ${name} = ${value} is no constant that C can be told.`);
      known.set(name, `(${expression})`);
    }
  }
  return [...known].map(([name, value]) => `-D${name}=${value}`);
}

/** table.h: what a set of lanes has; lanes.c: one set; calls.h: all sets, and how JavaScript reaches their kernels. */
async function writeTables(built, names, sources, sets) {
  const known = new Map(kernelSignatures().map((kernel) => [kernel.name, kernel]));
  const signatures = names.map((name) => {
    if (!known.has(name)) throw new Error(`${name} is written in C and not in ${assembly}.`);
    return { name, takes: known.get(name).parameters.map(({ type }) => type) };
  });
  const table = signatures.map(
    ({ name, takes }) =>
      `  bool (*${name})(uint8_t *, size_t, ${takes.map((type) => types[type][0]).join(', ')});`,
  );
  const calls = signatures.map(
    ({ name, takes }) => `static napi_value call_${name}(napi_env env, napi_callback_info info) {
  call c;
  if (!begin(env, info, &c, ${takes.length})) return NULL;
${takes.map((type, i) => `  const ${types[type][0]} a${i} = ${types[type][1](i)};`).join('\n')}
  return end(&c, "${name} would reach beyond its memory.", c.whole && c.lanes->${name}(c.memory, c.length, ${takes.map((_, i) => `a${i}`).join(', ')}));
}`,
  );
  const listed = signatures.map(({ name }) => `    {"${name}", call_${name}},`);
  const asked = sets.map(({ name, needs }) => {
    const all = needs.map((feature) => `__builtin_cpu_supports("${feature}")`);
    return `static bool has_${name}(void) { return ${all.join(' && ') || 'true'}; }`;
  });
  await writeFile(
    join(built, 'table.h'),
    `#include "kernels.h"\n\ntypedef struct {\n  const char *name, *says;\n${table.join('\n')}\n} kernels;\n\n${sets
      .map(({ name }) => `extern const kernels kernels_${name};`)
      .join('\n')}\n`,
  );
  await writeFile(
    join(built, 'lanes.c'),
    `#include "table.h"\n${sources.map((file) => `#include "${file}"`).join('\n')}\n
#define TEXT(x) #x
#define SET(name, says) const kernels kernels_##name = {TEXT(name), says, ${names.join(', ')}}
#define OF(name, says) SET(name, says)
OF(NAME, SAYS);\n`,
  );
  await writeFile(
    join(built, 'calls.h'),
    `${calls.join('\n\n')}\n\nstatic const struct {\n  const char *name;\n  napi_callback function;\n} calls[] = {\n${listed.join('\n')}\n};\n
${asked.join('\n')}\n\nstatic const struct {\n  const kernels *lanes;\n  bool (*has)(void);\n} sets[] = {${sets
      .map(({ name }) => `{&kernels_${name}, has_${name}}`)
      .join(', ')}};\n`,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  console.log(
    `Products run in ${await buildLanes(file, process.argv.includes('--split') ? { sets: split } : {})}.`,
  );
}
