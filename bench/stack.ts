import type { Stack, Task } from '../src/experiment/experiment';
import type { Label } from '../src/core/label';
import { stream } from '../src/core/stream';
import type { TrainingJob } from '../src/training/engine';

/** The plain stack of the bench: 64-256-128-64-64-2, ReLU, two binary tasks, Adam. */
export const SIZES = [64, 256, 128, 64, 64, 2] as const;
const STIMULI = 8192;

const random = stream('bench');
const inputs = {
  rows: STIMULI,
  cols: SIZES[0],
  data: Float32Array.from({ length: STIMULI * SIZES[0] }, () => random.below(2)),
};
const names = ['easy', 'hard'];
const labels = names.map((name): Label => ({
  name,
  source: 'task',
  kind: 'binary',
  classes: ['false', 'true'],
  width: 1,
  values: Float32Array.from({ length: STIMULI }, () => random.below(2)),
}));
const tasks = names.map((name): Task => ({
  name,
  formula: name,
  label: { kind: 'binary', expression: { kind: 'constant', value: true } },
  classes: ['false', 'true'],
  outputs: 1,
  features: [],
  bits: [],
}));

export function stackJob(batchSize: number): TrainingJob {
  const network: Stack = {
    name: 'bench',
    tasks: names,
    hidden: SIZES.slice(1, -1),
    activation: 'relu',
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
  return { network, seed: 0, tasks, inputs, labels };
}
