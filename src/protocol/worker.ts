/** The envelopes between a pool and its workers; `Job`, `Message` and `Result` are the pool's own. */

/** Pool → worker: sent when the worker has nothing else to do. */
export interface JobRequest<Job> {
  readonly type: 'job';
  readonly id: string;
  readonly job: Job;
}

/** Worker → pool. */
export type WorkerReply<Message, Result> =
  /** Once, when the worker can take jobs. */
  | { readonly type: 'ready' }
  /** Before the handler is called. */
  | { readonly type: 'started'; readonly id: string }
  /** Whenever the handler posts something. */
  | { readonly type: 'message'; readonly id: string; readonly message: Message }
  /** The handler returned. */
  | { readonly type: 'done'; readonly id: string; readonly result: Result }
  /** The handler threw. */
  | { readonly type: 'failed'; readonly id: string; readonly error: JobError };

/** An error that crossed from one thread to another. */
export interface JobError {
  /** The error's class, for example `DivergenceError`. */
  readonly name: string;
  readonly message: string;
  /** For the log. */
  readonly stack?: string;
}

/** How a job ended. */
export type JobOutcome<Result> =
  | { readonly status: 'done'; readonly result: Result }
  | { readonly status: 'failed'; readonly error: JobError }
  | { readonly status: 'cancelled' };
