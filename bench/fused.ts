/**
 * Milliseconds per training step of the fused engine, by batch size. To run it:
 *
 *     npx esbuild bench/fused.ts --bundle --platform=node --outfile=dist/bench-fused.js && node dist/bench-fused.js
 *
 * Stack 64-256-128-64-64-2, leaky ReLU, two binary tasks, Adam. Rates count the products as if all were multiplied out, which
 * the first layer's are not where inputs are two-valued: with `--floats` the inputs are normal random numbers.
 */
import type { Stack, Task } from '../src/experiment/experiment';
import type { Label } from '../src/core/label';
import { stream } from '../src/core/stream';
import { FusedStepper } from '../src/training/fused/stepper';
import { initialize } from '../src/training/initialize';

const STIMULI = 8192;
const INPUTS = 64;
const MULTIPLY_ADDS = 3 * (64 * 256 + 256 * 128 + 128 * 64 + 64 * 64 + 64 * 2) - 64 * 256;

const random = stream('bench');
const inputs = {
  rows: STIMULI,
  cols: INPUTS,
  data: Float32Array.from({ length: STIMULI * INPUTS }, () =>
    process.argv.includes('--floats') ? random.normal() : random.below(2),
  ),
};
const names = ['easy', 'hard'];
const label = (name: string): Label => ({
  name,
  source: 'task',
  kind: 'binary',
  classes: ['false', 'true'],
  width: 1,
  values: Float32Array.from({ length: STIMULI }, () => random.below(2)),
});

function network(batchSize: number): Stack {
  return {
    name: 'bench',
    tasks: names,
    hidden: [256, 128, 64, 64],
    activation: 'leakyRelu',
    leakySlope: 0.01,
    initializer: 'varianceScaling',
    initialScale: 1,
    training: {
      optimizer: 'adam',
      learningRate: 0.001,
      momentum: 0.9,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: 0,
      dropout: 0,
      schedule: { type: 'constant', warmup: 0, final: 0, factor: 1, every: 1 },
      batchSize,
      phases: [],
      checkpoints: 1,
      unit: 'steps',
      stepsPerEpoch: Math.ceil(STIMULI / batchSize),
      totalSteps: 0,
    },
  };
}

const tasks: Task[] = names.map((name) => ({
  name,
  formula: name,
  label: { kind: 'binary', expression: { kind: 'constant', value: true } },
  classes: ['false', 'true'],
  outputs: 1,
  features: [],
  bits: [],
}));

for (const batchSize of [32, 64, 128, 256, 1024]) {
  const job = { network: network(batchSize), seed: 0, tasks, inputs, labels: names.map(label) };
  const stepper = new FusedStepper(job, initialize(job.network, 0, INPUTS, 2));
  const times: number[] = [];
  const begin = performance.now();
  for (let step = 0; performance.now() - begin < 2000; step++) {
    const rows = Uint32Array.from({ length: batchSize }, () => random.below(STIMULI));
    const start = performance.now();
    stepper.step({ step, rows, learningRate: 1e-3, weights: [1, 1] });
    times.push(performance.now() - start);
  }
  stepper.release();
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  const rate = (ms: number): string => ((2 * MULTIPLY_ADDS * batchSize) / ms / 1e6).toFixed(1);
  console.log(
    `B = ${batchSize}: median ${median.toFixed(3)} ms (${rate(median)} GFLOP/s), ` +
      `minimum ${times[0].toFixed(3)} ms (${rate(times[0])} GFLOP/s)`,
  );
}
