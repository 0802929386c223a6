import type { JobError } from '../../protocol/worker';

/** What of an error (or of anything else that was thrown) crosses threads. */
export function jobError(error: unknown): JobError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return { name, message, ...(stack === undefined ? {} : { stack }) };
}
