import { amount } from '../counts';
import type { Experiment } from '../experiment';
import type { Expression } from '../expression';
import { lookupsOf } from '../features-of';
import { quote } from '../names';
import type { Problems } from '../problems';
import { isTrained } from '../training';

/** Stimuli per pattern below which a parity is memorised rather than learned: a rule of thumb. */
const STIMULI_PER_PATTERN = 8;

/** Warns of parities over more bits than the training set can teach. */
export function checkParitySize(experiment: Experiment, problems: Problems): void {
  const { counts, enumerate } = experiment.stimuli;
  // A network that is shown the whole design has nothing to generalise.
  if (enumerate === 'all') return;
  for (const task of experiment.tasks) {
    if (task.label.kind !== 'binary') continue;
    if (!experiment.networks.some((network) => isTrained(network) && network.tasks.includes(task.name)))
      continue;
    const bits = largestParity(task.label.expression);
    const patterns = 2 ** bits;
    if (bits < 2 || patterns * STIMULI_PER_PATTERN <= counts.train) continue;
    const most = Math.max(1, Math.floor(Math.log2(counts.train / STIMULI_PER_PATTERN)));
    const message =
      `Task ${quote(task.name)} takes the parity of ${bits} bits, ${amount(patterns)} patterns, which ${counts.train} training stimuli can hardly teach. ` +
      `Raise 'train' to ${amount(patterns * STIMULI_PER_PATTERN)} or use at most ${most} bit${most === 1 ? '' : 's'}.`;
    problems.warning('parity-too-large', message, problems.document.valueSpan(['tasks', task.name]));
  }
}

/** Bits (or other values) of the largest parity in an expression. */
function largestParity(expression: Expression): number {
  switch (expression.kind) {
    case 'parity':
      return lookupsOf(expression).length;
    case 'not':
      return largestParity(expression.of);
    case 'and':
    case 'or':
    case 'count':
      return expression.of.reduce((most, part) => Math.max(most, largestParity(part)), 0);
    default:
      return 0;
  }
}
