import type { JobError } from '../../protocol/worker';

/** What of an error (or of anything else that was thrown) crosses threads. */
export function jobError(error: unknown): JobError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return { name, message, ...(stack === undefined ? {} : { stack }) };
}

/** The error again, on the other side: with its name and its stack, but not of its class. */
export function errorOf({ name, message, stack }: JobError): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
