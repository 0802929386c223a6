import { exp, log, log1p } from '../core/elementary';
import type { Task } from '../experiment/experiment';
import type { Label } from '../core/label';
import { outputUnits } from './layout';

/** Loss and right answers of a batch or of a whole set. */
export interface Score {
  /** Σ wₜ·CEₜ / Σ wₜ, CEₜ the mean cross-entropy of task t: sigmoid for a binary task, softmax for a categorical one. */
  readonly loss: number;
  /** Right answers by task: logit > 0 for true, the first largest logit for a class. */
  readonly correct: readonly number[];
}

/**
 * Scores logits, and gives the gradient of the loss. Computed in float64; a task of weight 0 is scored, but adds nothing to
 * loss and gradient.
 *
 * @param logits rows × output units: the heads of the tasks side by side
 * @param labels one per task, of the set that `rows` indexes
 * @param rows the stimulus of each row of `logits`; null: row i is stimulus i
 * @param weights one per task, not all 0
 * @param gradient filled with ∂loss/∂logits, rows × output units
 */
export function score(
  logits: Float32Array,
  tasks: readonly Task[],
  labels: readonly Label[],
  rows: Uint32Array | null,
  weights: readonly number[],
  gradient?: Float32Array,
): Score {
  const units = outputUnits(tasks);
  const count = logits.length / units;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const correct = tasks.map(() => 0);
  let loss = 0;
  let first = 0;
  tasks.forEach((task, t) => {
    const { values } = labels[t];
    const share = weights[t] / total;
    const head = task.label.kind === 'binary' ? scoreBinary : scoreCategorical;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const result = head(
        logits,
        i * units + first,
        task.outputs,
        values[rows ? rows[i] : i],
        share / count,
        gradient,
      );
      sum += result.loss;
      if (result.correct) correct[t]++;
    }
    if (share > 0) loss += (share * sum) / count;
    first += task.outputs;
  });
  return { loss, correct };
}

interface RowScore {
  readonly loss: number;
  readonly correct: boolean;
}

function scoreBinary(
  logits: Float32Array,
  at: number,
  _outputs: number,
  label: number,
  factor: number,
  gradient: Float32Array | undefined,
): RowScore {
  const x = logits[at];
  // exp of a negative number only: no overflow.
  const e = exp(-Math.abs(x));
  if (gradient) gradient[at] = factor * ((x > 0 ? 1 / (1 + e) : e / (1 + e)) - label);
  return { loss: Math.max(x, 0) - x * label + log1p(e), correct: x > 0 === label > 0.5 };
}

function scoreCategorical(
  logits: Float32Array,
  at: number,
  outputs: number,
  label: number,
  factor: number,
  gradient: Float32Array | undefined,
): RowScore {
  let best = 0;
  for (let c = 1; c < outputs; c++) if (logits[at + c] > logits[at + best]) best = c;
  const largest = logits[at + best];
  let sum = 0;
  for (let c = 0; c < outputs; c++) sum += exp(logits[at + c] - largest);
  if (gradient)
    for (let c = 0; c < outputs; c++)
      gradient[at + c] = factor * (exp(logits[at + c] - largest) / sum - (c === label ? 1 : 0));
  return { loss: log(sum) + largest - logits[at + label], correct: best === label };
}
