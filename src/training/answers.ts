import type { Matrix } from '../core/matrix';
import type { Task } from '../experiment/experiment';

/**
 * What a network answers, by task: 1 where the logit of a binary task is above 0, else 0; the first class with the largest logit of a categorical one.
 *
 * @param logits stimuli × output units: the heads of the tasks side by side
 */
export function answersOf(tasks: readonly Task[], { rows, cols, data }: Matrix<Float32Array>): Uint16Array[] {
  let first = 0;
  return tasks.map(({ outputs }) => {
    const from = first;
    first += outputs;
    return Uint16Array.from({ length: rows }, (_, row) => {
      const head = data.subarray(row * cols + from, row * cols + from + outputs);
      return outputs === 1 ? Number(head[0] > 0) : head.indexOf(Math.max(...head));
    });
  });
}
