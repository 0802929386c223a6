/** A computation that has no result for these numbers. */
export class NumericalError extends Error {
  override readonly name = 'NumericalError';
}

/** What is made; null where there is none for these numbers, with the reason. Other errors stay errors. */
export function foundOrWhy<T>(make: () => T): { found: T; why?: undefined } | { found: null; why: string } {
  try {
    return { found: make() };
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error;
    return { found: null, why: error.message };
  }
}
