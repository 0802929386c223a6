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
  const phase = network.training.phases.findLast(({ steps }) => steps > 0);
  const { loss, correct } = score(logits.data, tasks, labels, null, phase?.weights ?? tasks.map(() => 1));
  return { loss, accuracy: correct.map((right) => right / logits.rows) };
}
