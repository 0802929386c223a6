import type { Stack, Task } from '../experiment/experiment';

/** Where one layer's weights and biases stand in `Parameters`. */
export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  /** Offset of its weights, inputs × outputs, row-major. */
  readonly weights: number;
  /** Offset of its biases. */
  readonly biases: number;
}

/** Hidden layers first to last, then the output layer. */
export function layout({ hidden }: Pick<Stack, 'hidden'>, inputs: number, outputs: number): LayerLayout[] {
  const layers: LayerLayout[] = [];
  let offset = 0;
  let from = inputs;
  for (const to of [...hidden, outputs]) {
    const biases = offset + from * to;
    layers.push({ inputs: from, outputs: to, weights: offset, biases });
    offset = biases + to;
    from = to;
  }
  return layers;
}

/** Length of `Parameters`. */
export function parameterCount(layers: readonly LayerLayout[]): number {
  const last = layers[layers.length - 1];
  return last.biases + last.outputs;
}

/** Units of the output layer: the heads of all tasks, side by side. */
export function outputUnits(tasks: readonly Task[]): number {
  return tasks.reduce((sum, task) => sum + task.outputs, 0);
}
