// What one core can do in deterministic WebAssembly: multiplications and additions in 128-bit SIMD, from registers alone.
import asc from 'assemblyscript/asc';

// Twelve chains of x <- x * a + b hide the latency of both; the values stay near 1.
const chains = Array.from({ length: 12 }, (_, i) => i);
const source = `
export function run(count: i32): f32 {
  const a = f32x4.splat(0.999999);
  const b = f32x4.splat(0.000001);
  ${chains.map((i) => `let x${i} = f32x4.splat(1.${i});`).join('\n  ')}
  do {
    ${chains.map((i) => `x${i} = f32x4.add(f32x4.mul(x${i}, a), b);`).join('\n    ')}
  } while (--count);
  ${chains
    .slice(1)
    .map((i) => `x0 = f32x4.add(x0, x${i});`)
    .join('\n  ')}
  return f32x4.extract_lane(x0, 0);
}`;

/** @returns a function that measures GFLOP/s once, for about `seconds` */
export async function roofline() {
  const options = [
    '--enable',
    'simd',
    '-O3',
    '--runtime',
    'stub',
    '--noAssert',
    '--outFile',
    'roofline.wasm',
  ];
  let bytes;
  const { error, stderr } = await asc.main(['roofline.ts', ...options], {
    readFile: (name) => (name === 'roofline.ts' ? source : null),
    writeFile: (name, contents) => void (name === 'roofline.wasm' && (bytes = contents)),
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`The roofline kernel does not compile.\n${stderr.toString()}`);
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const count = 1_000_000;
  for (let i = 0; i < 5; i++) instance.exports.run(count);
  return (seconds) => {
    const start = performance.now();
    let runs = 0;
    do {
      instance.exports.run(count);
      runs++;
    } while (performance.now() - start < seconds * 1000);
    return (runs * count * chains.length * 8) / (performance.now() - start) / 1e6;
  };
}
