import type { Comparison, Expression } from './expression';

/**
 * A stimulus, as the value of each feature: the index of its value, a bit, or a Gaussian component.
 *
 * @param index bit or component; 0 for features with values
 */
export type FeatureLookup = (feature: string, index: number) => number;

/** Whether an expression holds for one stimulus. */
export function evaluate(expression: Expression, valueOf: FeatureLookup): boolean {
  switch (expression.kind) {
    case 'is':
      return valueOf(expression.feature, 0) === expression.value;
    case 'same': {
      const left = valueOf(expression.left, 0);
      const right = valueOf(expression.right, 0);
      return expression.pairs.some((pair) => pair[0] === left && pair[1] === right);
    }
    case 'bit':
      return valueOf(expression.feature, expression.index) === 1;
    case 'compare':
      return holds(valueOf(expression.feature, expression.index), expression.operator, expression.number);
    case 'not':
      return !evaluate(expression.of, valueOf);
    case 'and':
      return expression.of.every((part) => evaluate(part, valueOf));
    case 'or':
      return expression.of.some((part) => evaluate(part, valueOf));
    case 'parity':
      return countTrue(expression.of, valueOf) % 2 === 1;
    case 'count':
      return holds(countTrue(expression.of, valueOf), expression.operator, expression.number);
    case 'constant':
      return expression.value;
  }
}

/** One feature's values: stimuli × width, row-major. */
export interface Column {
  readonly values: Float32Array;
  readonly width: number;
}

/** Columns of stimuli, by feature. */
export type Columns = ReadonlyMap<string, Column>;

/**
 * What `evaluate` says of many stimuli at once: 1 for each of the first rows of some columns for which the expression holds, else 0.
 *
 * @throws Error where a feature's column is missing
 */
export function truths(expression: Expression, columns: Columns, rows: number): Uint8Array {
  switch (expression.kind) {
    case 'is':
      return equal(columnOf(columns, expression.feature), 0, expression.value, rows);
    case 'bit':
      return equal(columnOf(columns, expression.feature), expression.index, 1, rows);
    case 'same': {
      const held = new Uint8Array(rows);
      for (const [left, right] of expression.pairs) {
        const own = equal(columnOf(columns, expression.left), 0, left, rows);
        const other = equal(columnOf(columns, expression.right), 0, right, rows);
        for (let row = 0; row < rows; row++) held[row] |= own[row] & other[row];
      }
      return held;
    }
    case 'compare': {
      const { values, width } = columnOf(columns, expression.feature);
      const { index, operator, number } = expression;
      return each(rows, (row) => holds(values[row * width + index], operator, number));
    }
    case 'not': {
      const of = truths(expression.of, columns, rows);
      return each(rows, (row) => of[row] === 0);
    }
    case 'constant':
      return new Uint8Array(rows).fill(expression.value ? 1 : 0);
    case 'parity': {
      const counts = countsOf(expression.of, columns, rows);
      return each(rows, (row) => counts[row] % 2 === 1);
    }
    case 'and':
    case 'or':
    case 'count': {
      const counts = countsOf(expression.of, columns, rows);
      const [operator, number] =
        expression.kind === 'count'
          ? [expression.operator, expression.number]
          : (['>=', expression.kind === 'and' ? expression.of.length : 1] as const);
      return each(rows, (row) => holds(counts[row], operator, number));
    }
  }
}

function each(rows: number, test: (row: number) => boolean): Uint8Array {
  const held = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) if (test(row)) held[row] = 1;
  return held;
}

function equal({ values, width }: Column, index: number, value: number, rows: number): Uint8Array {
  const held = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) if (values[row * width + index] === value) held[row] = 1;
  return held;
}

/** How many of the parts hold for each row. */
function countsOf(parts: readonly Expression[], columns: Columns, rows: number): Uint32Array {
  const counts = new Uint32Array(rows);
  for (const part of parts) {
    const held = truths(part, columns, rows);
    for (let row = 0; row < rows; row++) counts[row] += held[row];
  }
  return counts;
}

/** @throws Error where there is none */
export function columnOf(columns: Columns, feature: string): Column {
  const column = columns.get(feature);
  if (!column) throw new Error(`No column of the feature '${feature}' was given.`);
  return column;
}

function countTrue(parts: readonly Expression[], valueOf: FeatureLookup): number {
  let count = 0;
  for (const part of parts) if (evaluate(part, valueOf)) count++;
  return count;
}

function holds(value: number, operator: Comparison, number: number): boolean {
  switch (operator) {
    case '==':
      return value === number;
    case '!=':
      return value !== number;
    case '<':
      return value < number;
    case '<=':
      return value <= number;
    case '>':
      return value > number;
    case '>=':
      return value >= number;
  }
}
