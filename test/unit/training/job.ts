import type { Stack, Phase, Task, Training } from '../../../src/experiment/experiment';
import type { Label } from '../../../src/core/label';
import type { TrainingJob } from '../../../src/training/engine';

export function binaryTask(name: string): Task {
  return {
    name,
    formula: name,
    label: { kind: 'binary', expression: { kind: 'bit', feature: name, index: 0 } },
    classes: ['false', 'true'],
    outputs: 1,
    features: [],
    bits: [],
  };
}

export function categoricalTask(name: string, classes: readonly string[]): Task {
  return {
    ...binaryTask(name),
    label: { kind: 'categorical', feature: name },
    classes,
    outputs: classes.length,
  };
}

export function taskLabel(task: Task, values: readonly number[]): Label {
  return {
    name: task.name,
    source: 'task',
    kind: task.label.kind,
    classes: task.classes,
    width: 1,
    values: Float32Array.from(values),
  };
}

export interface Changes {
  readonly network?: Partial<Omit<Stack, 'training'>>;
  readonly training?: Partial<Omit<Training, 'phases' | 'stepsPerEpoch' | 'totalSteps'>>;
  readonly phases?: readonly Partial<Phase>[];
  readonly seed?: number;
}

/** A complete job from data and what differs from: one hidden layer of 8, tanh, SGD .1, full batch, one phase of 10 steps. */
export function makeJob(
  inputs: readonly (readonly number[])[],
  targets: readonly { task: Task; values: readonly number[] }[],
  { network = {}, training = {}, phases = [{}], seed = 0 }: Changes = {},
): TrainingJob {
  const count = inputs.length;
  const batchSize = training.batchSize ?? count;
  const learningRate = training.learningRate ?? 0.1;
  const full = phases.map((phase) => ({
    weights: targets.map(() => 1),
    steps: 10,
    learningRate,
    stopWhen: null,
    ...phase,
  }));
  return {
    seed,
    tasks: targets.map(({ task }) => task),
    labels: targets.map(({ task, values }) => taskLabel(task, values)),
    inputs: { rows: count, cols: inputs[0].length, data: Float32Array.from(inputs.flat()) },
    network: {
      name: 'net',
      tasks: targets.map(({ task }) => task.name),
      hidden: [8],
      activation: 'tanh',
      leakySlope: 0.01,
      initializer: 'varianceScaling',
      initialScale: 1,
      ...network,
      training: {
        optimizer: 'sgd',
        learningRate,
        momentum: 0.9,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: 0,
        dropout: 0,
        schedule: { type: 'constant', warmup: 0, final: 0, factor: 0.5, every: 10 },
        checkpoints: 4,
        unit: 'steps',
        ...training,
        batchSize,
        phases: full,
        stepsPerEpoch: Math.ceil(count / batchSize),
        totalSteps: full.reduce((sum, { steps }) => sum + steps, 0),
      },
    },
  };
}

export const XOR = {
  inputs: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  targets: [{ task: binaryTask('xor'), values: [0, 1, 1, 0] }],
} as const;
