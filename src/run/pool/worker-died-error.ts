/** A worker ended without an answer: out of memory, `process.exit`, or an error outside of any job. */
export class WorkerDiedError extends Error {
  override readonly name = 'WorkerDiedError';
}
