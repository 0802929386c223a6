import { whyOf } from '../system-error';

/** The store's folder cannot be used; the message names it and says why. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly folder: string,
    doing: 'opened' | 'written' | 'cleared',
    cause: unknown,
  ) {
    super(`The folder of finished work, ${folder}, cannot be ${doing}: ${whyOf(cause)}.`, { cause });
  }
}
