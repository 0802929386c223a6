import { exp } from '../../core/elementary';
import type { Comparison, Expression } from '../../experiment/expression';
import { lookupsOf } from '../../experiment/features-of';
import type { Variable } from './variables';

/**
 * The probability that an expression holds, in closed form: its variables are independent, and no part of it shares a
 * variable with another.
 *
 * @returns null where parts share variables
 */
export function probabilityOf(expression: Expression, variables: readonly Variable[]): number | null {
  const values = new Map(variables.map((one) => [keyOf(one.feature.name, one.index), one.values]));
  const chance = (feature: string, index: number, value: number): number =>
    values.get(keyOf(feature, index))?.find((one) => one.value === value)?.probability ?? 0;
  const of = (part: Expression): number | null => {
    switch (part.kind) {
      case 'constant':
        return part.value ? 1 : 0;
      case 'is':
        return chance(part.feature, 0, part.value);
      case 'bit':
        return chance(part.feature, part.index, 1);
      case 'same':
        if (part.left === part.right) return null;
        return part.pairs.reduce(
          (sum, [left, right]) => sum + chance(part.left, 0, left) * chance(part.right, 0, right),
          0,
        );
      case 'compare':
        return normalShare(part.operator, part.number);
      case 'not': {
        const inner = of(part.of);
        return inner === null ? null : 1 - inner;
      }
      default: {
        const shares = areDisjoint(part.of) ? part.of.map(of) : [null];
        return shares.every((share) => share !== null) ? combine(part, shares) : null;
      }
    }
  };
  return of(expression);
}

type Combination = Extract<Expression, { kind: 'and' | 'or' | 'parity' | 'count' }>;

function combine(part: Combination, shares: readonly number[]): number {
  switch (part.kind) {
    case 'and':
      return shares.reduce((product, share) => product * share, 1);
    case 'or':
      return 1 - shares.reduce((product, share) => product * (1 - share), 1);
    case 'parity':
      // The expectation of the product of ±1 is the product of expectations.
      return (1 - shares.reduce((product, share) => product * (1 - 2 * share), 1)) / 2;
    case 'count':
      return countShares(shares).reduce(
        (sum, share, count) => sum + (compares(count, part.operator, part.number) ? share : 0),
        0,
      );
  }
}

/** The distribution of the number of true ones among independent ones. */
function countShares(shares: readonly number[]): Float64Array {
  const counts = new Float64Array(shares.length + 1);
  counts[0] = 1;
  shares.forEach((share, i) => {
    for (let count = i + 1; count > 0; count--)
      counts[count] = counts[count] * (1 - share) + counts[count - 1] * share;
    counts[0] *= 1 - share;
  });
  return counts;
}

function areDisjoint(parts: readonly Expression[]): boolean {
  // The count's distribution takes time with the square of the number of parts.
  if (parts.length > 512) return false;
  const seen = new Set<string>();
  for (const part of parts) {
    for (const { feature, index } of lookupsOf(part)) {
      const key = keyOf(feature, index);
      if (seen.has(key)) return false;
      seen.add(key);
    }
  }
  return true;
}

function keyOf(feature: string, index: number): string {
  return `${index} ${feature}`;
}

function compares(value: number, operator: Comparison, number: number): boolean {
  if (value === number) return operator === '==' || operator === '<=' || operator === '>=';
  if (operator === '==') return false;
  if (operator === '!=') return true;
  return value < number === operator.startsWith('<');
}

/** The probability that a standard normal compares so with a number. */
function normalShare(operator: Comparison, number: number): number {
  if (operator === '==') return 0;
  if (operator === '!=') return 1;
  return operator.startsWith('<') ? normalBelow(number) : 1 - normalBelow(number);
}

/** Φ to 1.5e-7 (Abramowitz and Stegun 7.1.26): enough for a percentage. */
function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (polynomial * exp(-x * x)) / 2;
  return z < 0 ? tail : 1 - tail;
}
