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

/** Columns of stimuli: for each feature its values, stimuli × width, row-major. */
export type Columns = ReadonlyMap<string, { readonly values: Float32Array; readonly width: number }>;

/**
 * An expression as a function of a row of columns, for labelling many stimuli.
 *
 * @returns a function that throws where a feature's column is missing
 */
export function compile(expression: Expression): (columns: Columns, row: number) => boolean {
  let columns: Columns = new Map();
  let row = 0;
  const valueOf: FeatureLookup = (feature, index) => {
    const column = columns.get(feature);
    if (!column) throw new Error(`No column of the feature '${feature}' was given.`);
    return column.values[row * column.width + index];
  };
  return (given, at) => {
    columns = given;
    row = at;
    return evaluate(expression, valueOf);
  };
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
