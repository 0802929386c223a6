import type { Stack, Task, Training } from './experiment';
import { isTrained } from './training';

/** What of a network can change its numbers: settings that it makes no use of (the momentum of Adam, say) are left out. */
export function effectiveNetwork(network: Stack): object {
  const { name, tasks, hidden, activation, leakySlope, initializer, initialScale, training } = network;
  return {
    ...{ name, tasks, hidden, activation, initializer, initialScale },
    leakySlope: activation === 'leakyRelu' ? leakySlope : undefined,
    training: isTrained(network)
      ? effectiveTraining(training)
      : { phases: training.phases.map(({ weights }) => weights) },
  };
}

export function effectiveTraining({
  momentum,
  beta1,
  beta2,
  epsilon,
  schedule,
  ...training
}: Training): object {
  const adaptive = training.optimizer === 'adam' || training.optimizer === 'adamW';
  const { type, warmup, final, factor, every } = schedule;
  return {
    ...training,
    ...(training.optimizer === 'momentum' ? { momentum } : {}),
    ...(adaptive ? { beta1, beta2, epsilon } : {}),
    schedule: {
      type,
      warmup,
      ...(type === 'linear' || type === 'cosine' ? { final } : {}),
      ...(type === 'exponential' || type === 'step' ? { factor, every } : {}),
    },
  };
}

/** What of a task can change numbers: not how its formula is written. */
export function effectiveTask({ name, label, classes }: Task): Pick<Task, 'name' | 'label' | 'classes'> {
  return { name, label, classes };
}
