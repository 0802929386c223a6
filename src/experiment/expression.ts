/**
 * What a formula means, after names are resolved. Plain data: it is interpreted, never executed as code.
 * Every expression but `value` is true or false for a stimulus.
 */
export type Expression =
  /** The feature (binary or categorical) has the value of this index. */
  | { readonly kind: 'is'; readonly feature: string; readonly value: number }
  /** Two features, matched by the names of their values, have the same value; `pairs` lists equal indices [left, right]. */
  | {
      readonly kind: 'same';
      readonly left: string;
      readonly right: string;
      readonly pairs: readonly (readonly [number, number])[];
    }
  /** Bit `index` of a bit-vector feature is 1. */
  | { readonly kind: 'bit'; readonly feature: string; readonly index: number }
  /** Component `index` of a Gaussian feature compares with a number. */
  | {
      readonly kind: 'compare';
      readonly feature: string;
      readonly index: number;
      readonly operator: Comparison;
      readonly number: number;
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  /** True when an odd number of the parts is true (`xor` and `parity` both mean this). */
  | { readonly kind: 'parity'; readonly of: readonly Expression[] }
  /** The number of true parts compares with a whole number. */
  | {
      readonly kind: 'count';
      readonly of: readonly Expression[];
      readonly operator: Comparison;
      readonly number: number;
    }
  | { readonly kind: 'constant'; readonly value: boolean };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
