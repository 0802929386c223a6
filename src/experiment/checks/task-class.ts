import { evaluate, type FeatureLookup } from '../evaluate';
import type { Task } from '../experiment';
import type { Expression } from '../expression';

/** The class of a stimulus: index into the task's classes. */
export function classOf({ label }: Task, valueOf: FeatureLookup): number {
  if (label.kind === 'categorical') return valueOf(label.feature, 0);
  return evaluate(label.expression, valueOf) ? 1 : 0;
}

/** Parts of an expression, itself among them: what evaluating it costs. */
export function sizeOf(expression: Expression): number {
  switch (expression.kind) {
    case 'not':
      return 1 + sizeOf(expression.of);
    case 'and':
    case 'or':
    case 'parity':
    case 'count':
      return expression.of.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'same':
      return 1 + expression.pairs.length;
    default:
      return 1;
  }
}
