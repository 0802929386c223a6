import type { Stack, Task } from '../experiment/experiment';
import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import { score } from './loss';

interface Evaluation {
  /** Mean loss, with the task weights of the last phase that has any steps; equal weights for an untrained network. */
  readonly loss: number;
  /** Share of right answers, by task of the network. A logit of exactly 0 answers false; of equal logits the first class wins. */
  readonly accuracy: readonly number[];
}

/**
 * Scores a network's logits on a set of stimuli.
 *
 * @param logits stimuli × output units
 * @param labels one per task of the network, in its order
 */
export function evaluate(
  network: Stack,
  tasks: readonly Task[],
  logits: Matrix<Float32Array>,
  labels: readonly Label[],
): Evaluation {
  const { loss, correct } = score(logits.data, tasks, labels, null, weightsOf(network, tasks));
  return { loss, accuracy: correct.map((right) => right / logits.rows) };
}

/** The gradient of each stimulus's own loss with regard to the logits; parameters as of `evaluate`. @returns stimuli × output units */
export function lossGradients(
  network: Stack,
  tasks: readonly Task[],
  { rows, cols, data }: Matrix<Float32Array>,
  labels: readonly Label[],
): Matrix<Float32Array> {
  const weights = weightsOf(network, tasks);
  const found = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const [from, end] = [row * cols, (row + 1) * cols];
    const of = [data.subarray(from, end), tasks, labels, Uint32Array.of(row), weights] as const;
    score(...of, found.subarray(from, end));
  }
  return { rows, cols, data: found };
}

/** Of tasks in the loss: those of the last phase that has any steps. */
function weightsOf({ training }: Stack, tasks: readonly Task[]): readonly number[] {
  return training.phases.findLast(({ steps }) => steps > 0)?.weights ?? tasks.map(() => 1);
}
