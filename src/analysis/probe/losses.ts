import type { Matrix } from '../../core/matrix';
import { exp, log, log1p } from '../../core/elementary';
import { type ClassTarget, type Decisions, outputsOf, type RealTarget, type Target } from './probe';

/**
 * What is least where decisions are right, the mean over rows, with its gradient where that is asked for: of classes −log of the probability of the
 * right one (logistic of one number, softmax of several), of real numbers half the squared difference.
 *
 * @param gradient outputs × rows, receives the derivative by each decision
 */
export function lossOf(decisions: Decisions, target: Target, gradient?: Float64Array): number {
  if (target.kind === 'real') return halfSquares(decisions, target, gradient);
  return decisions.rows === 1 ? logistic(decisions, target, gradient) : softmax(decisions, target, gradient);
}

function halfSquares({ data }: Decisions, { of }: RealTarget, gradient?: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < of.length; row++) {
    const off = data[row] - of[row];
    sum += (off * off) / 2;
    if (gradient) gradient[row] = off / of.length;
  }
  return sum / of.length;
}

function logistic({ data }: Decisions, { of }: ClassTarget, gradient?: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < of.length; row++) {
    const z = data[row];
    const tail = exp(-Math.abs(z));
    sum += Math.max(z, 0) + log1p(tail) - z * of[row];
    if (gradient) gradient[row] = ((z > 0 ? 1 : tail) / (1 + tail) - of[row]) / of.length;
  }
  return sum / of.length;
}

function softmax(
  { rows: outputs, cols, data }: Decisions,
  { of }: ClassTarget,
  gradient?: Float64Array,
): number {
  let sum = 0;
  const shares = new Float64Array(outputs);
  for (let row = 0; row < cols; row++) {
    let most = data[row];
    for (let c = 1; c < outputs; c++) most = Math.max(most, data[c * cols + row]);
    let total = 0;
    for (let c = 0; c < outputs; c++) total += shares[c] = exp(data[c * cols + row] - most);
    sum += log(total) + most - data[of[row] * cols + row];
    if (!gradient) continue;
    for (let c = 0; c < outputs; c++) gradient[c * cols + row] = shares[c] / total / cols;
    gradient[of[row] * cols + row] -= 1 / cols;
  }
  return sum / cols;
}

/** Real targets of each output, outputs × rows: of classes 1 for their own and −1 for the others. */
export function signs(target: Target): Float64Array {
  if (target.kind === 'real') return target.of;
  const outputs = outputsOf(target);
  const rows = target.of.length;
  const all = new Float64Array(outputs * rows).fill(-1);
  target.of.forEach((c, row) => {
    if (outputs > 1) all[c * rows + row] = 1;
    else if (c === 1) all[row] = 1;
  });
  return all;
}

/** The sum of each row. */
export function rowSums({ rows, cols, data }: Matrix<Float64Array>): Float64Array {
  const sums = new Float64Array(rows);
  for (let c = 0; c < rows; c++) for (let at = c * cols; at < (c + 1) * cols; at++) sums[c] += data[at];
  return sums;
}
