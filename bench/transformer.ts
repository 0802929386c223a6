/**
 * Milliseconds of a training step of a causal transformer (2 layers, width 64, 4 heads, MLP of four times the width, GELU, Adam, 220 tokens,
 * every position counts), by documents × positions. To run it:
 *
 *     npx esbuild bench/transformer.ts --bundle --platform=node --outfile=dist/bench-transformer.js && node dist/bench-transformer.js --pytorch
 *
 * `--pytorch`: the same program in PyTorch, too, in turns, the faster of 1 and 2 threads (PYTHON names the interpreter); `--tfjs`: in
 * TensorFlow.js on WASM; `--growth`: how the time grows with the sizes of the network; `--processor`: on a machine that others use, processor
 * time, and PyTorch on one thread only. Rates count the products of the layers and of attention (causal halves), three times those of
 * the forward pass. REPSCOPE_LANES=avx2 holds both to AVX2, PyTorch by ATEN_CPU_CAPABILITY and MKL's and oneDNN's switches.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs';
import { stream } from '../src/core/stream';
import { lanesInUse, startLanes } from '../src/numerics/kernels/lanes';
import { initializeProgram } from '../src/training/graph/initialize';
import type { Program } from '../src/training/graph/program';
import { GraphStepper } from '../src/training/graph/stepper';
import { transformer } from '../src/training/graph/transformer';
import { startBackend } from '../src/training/tfjs-backend';
import { TfjsProgram } from '../test/support/tfjs-program';

const SIZES = [
  [128, 8],
  [128, 32],
  [64, 128],
];
const SECONDS = 2;
const ROUNDS = 3;
const SPEC = { vocabulary: 220, layers: 2, width: 64, heads: 4, hidden: 256 };
type Spec = typeof SPEC;

const settings = {
  optimizer: 'adam' as const,
  momentum: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
};

const processor = process.argv.includes('--processor');

/** Milliseconds, of the processor or on the wall. */
function now(): number {
  if (!processor) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A way to time a step: milliseconds of the median, over so many seconds. */
interface Way {
  readonly name: string;
  time(documents: number, positions: number, spec: Spec): Promise<number>;
  end(): void;
}

/** A program and tokens for it. A document has a token more than there are positions: the last is only predicted. */
function problem(
  documents: number,
  positions: number,
  spec: Spec,
): { program: Program; tokens: Uint16Array; length: number } {
  const length = positions + 1;
  const random = stream('bench');
  return {
    program: transformer({ ...spec, length, activation: 'gelu', tied: false }),
    tokens: Uint16Array.from({ length: documents * length }, () => random.below(spec.vocabulary)),
    length,
  };
}

function ours(): Way {
  startLanes();
  return {
    name: `RepScope, ${lanesInUse().name}`,
    time(count, positions, spec) {
      const { program, tokens, length } = problem(count, positions, spec);
      const stepper = new GraphStepper(program, settings, initializeProgram(program, 'bench', 0));
      const documents = Uint32Array.from({ length: count }, (_, i) => i);
      const sequences = {
        tokens,
        starts: Uint32Array.from({ length: count + 1 }, (_, i) => i * length),
        counts: Uint8Array.from({ length: count * length }, (_, i) => (i % length === 0 ? 0 : 1)),
      };
      const ms = median(() => stepper.step({ sequences, documents, learningRate: 1e-3 }));
      stepper.release();
      return Promise.resolve(ms);
    },
    end() {},
  };
}

function median(action: () => void): number {
  const times: number[] = [];
  const begin = now();
  while (times.length < 2 || now() - begin < SECONDS * 1000) {
    const start = now();
    action();
    times.push(now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** PyTorch, on so many threads; `bench/pytorch/transformer.py` answers a line with a line. */
async function pytorch(threads: number): Promise<Way> {
  const held = process.env.REPSCOPE_LANES === 'avx2';
  const limits = { ATEN_CPU_CAPABILITY: 'avx2', MKL_ENABLE_INSTRUCTIONS: 'AVX2', ONEDNN_MAX_CPU_ISA: 'AVX2' };
  const process_ = spawn(process.env.PYTHON ?? 'python3', ['bench/pytorch/transformer.py', String(threads)], {
    env: { ...process.env, ...(held ? limits : {}) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<{ ms?: number; error?: string }> =>
    JSON.parse(String((await lines.next()).value)) as { ms?: number; error?: string };
  await answer();
  return {
    name: `PyTorch, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    async time(documents, positions, spec) {
      const request = { verb: 'step', documents, positions, seconds: SECONDS, processor, ...spec };
      process_.stdin.write(`${JSON.stringify(request)}\n`);
      const { ms, error } = await answer();
      if (ms === undefined) throw new Error(error);
      return ms;
    },
    end: () => process_.stdin.end(),
  };
}

function multiplyAdds(
  documents: number,
  positions: number,
  { layers, width, hidden, vocabulary }: Spec,
): number {
  const perPosition =
    layers * (4 * width * width + 2 * width * hidden + width * (positions + 1)) + width * vocabulary;
  return 3 * documents * positions * perPosition;
}

/** TensorFlow.js as it comes. */
async function tfjs(): Promise<Way> {
  const backend = await startBackend();
  return {
    name: `TensorFlow.js, ${backend}`,
    time(documents, positions, spec) {
      const { program, tokens, length } = problem(documents, positions, spec);
      const network = new TfjsProgram(program, initializeProgram(program, 'bench', 0));
      const batch = tf.tensor2d(Array.from(tokens), [documents, length]);
      const adam = tf.train.adam(1e-3);
      const ms = median(() => adam.minimize(() => network.loss(batch), false, [...network.variables]));
      tf.disposeVariables();
      batch.dispose();
      return Promise.resolve(ms);
    },
    end() {},
  };
}

async function compare(
  ways: readonly Way[],
  documents: number,
  positions: number,
  spec: Spec,
): Promise<void> {
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++)
    for (const way of ways)
      best.set(
        way.name,
        Math.min(best.get(way.name) ?? Infinity, await way.time(documents, positions, spec)),
      );
  const [mine] = best.values();
  for (const [name, ms] of best)
    console.log(
      `${documents} × ${positions}, ${JSON.stringify(spec)}, ${name}: ${ms.toFixed(2)} ms, ` +
        `${((2 * multiplyAdds(documents, positions, spec)) / ms / 1e6).toFixed(1)} GFLOP/s, ${(ms / mine).toFixed(2)} ×`,
    );
}

async function run(): Promise<void> {
  const asked = (name: string): boolean => process.argv.includes(name);
  const ways = [ours()];
  if (asked('--pytorch')) ways.push(await pytorch(1), ...(processor ? [] : [await pytorch(2)]));
  if (asked('--tfjs')) ways.push(await tfjs());
  for (const [documents, positions] of SIZES) await compare(ways, documents, positions, SPEC);
  if (asked('--growth')) {
    for (const width of [32, 128, 256]) await compare(ways, 128, 32, { ...SPEC, width, hidden: 4 * width });
    for (const layers of [1, 4]) await compare(ways, 128, 32, { ...SPEC, layers });
    for (const positions of [64, 256]) await compare(ways, 32, positions, SPEC);
    for (const vocabulary of [32, 1024]) await compare(ways, 128, 32, { ...SPEC, vocabulary });
  }
  for (const way of ways) way.end();
}

void run();
