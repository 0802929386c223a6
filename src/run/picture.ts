import { foundOrWhy } from '../numerics/numerical-error';

/**
 * What a picture is drawn from; null where these numbers have none: that ends neither a replicate nor a run.
 *
 * @param reasons receives why, under the picture's name
 * @param make throws a NumericalError that says why
 */
export function pictureOf<T>(name: string, reasons: Record<string, string>, make: () => T): T | null {
  const { found, why } = foundOrWhy(make);
  if (why !== undefined) reasons[name] = why;
  return found;
}
