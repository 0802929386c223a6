/** A computation that has no result for these numbers. */
export class NumericalError extends Error {
  override readonly name = 'NumericalError';
}
