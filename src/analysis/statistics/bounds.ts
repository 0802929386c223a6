/** Far above the rounding of differences and means of shares, far below one stimulus of any test set. */
const ROUNDING = 1e-9;

/**
 * Whether a number lies at or below a bound where both were computed: accuracies are multiples of 1 / test, so that ties with a bound are
 * common, and rounding must not decide them.
 */
export function atMost(value: number, bound: number): boolean {
  return value <= bound + ROUNDING * Math.max(1, Math.abs(bound));
}

/** The same from above. */
export function atLeast(value: number, bound: number): boolean {
  return atMost(bound, value);
}
