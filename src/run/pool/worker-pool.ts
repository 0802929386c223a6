import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { JobError, JobOutcome, JobRequest, WorkerReply } from '../../protocol/worker';
import { jobError } from './job-error';
import { WorkerDiedError } from './worker-died-error';

/** What the pool needs of a worker. */
export type PoolWorker = Pick<Worker, 'on' | 'postMessage' | 'ref' | 'terminate' | 'unref'>;

export interface PoolOptions {
  /** The worker's script, which calls `serveJobs`; or what starts whatever stands for one. */
  readonly script: string | URL | ((workerData: unknown) => PoolWorker);
  /** Workers at a time; by default `defaultPoolSize()`. */
  readonly size?: number;
  readonly workerData?: unknown;
  readonly resourceLimits?: ResourceLimits;
  /** Keep workers between runs, until `dispose`. By default they end when no run has work for them. */
  readonly keepWarm?: boolean;
}

export interface PoolJob<Job> {
  /** Different for each job of a run. */
  readonly id: string;
  readonly job: Job;
  /** Higher ones first, 0 by default; equal ones in the order given. */
  readonly priority?: number;
}

interface RunHandlers<Message, Result> {
  /** `attempt` is 1, or 2 after a worker died over the job. */
  readonly onStarted?: (id: string, attempt: number) => void;
  readonly onMessage?: (id: string, message: Message) => void;
  /** Once per job. The run waits for what it returns; an error in it ends the run. */
  readonly onResult: (id: string, outcome: JobOutcome<Result>) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** How many jobs ended in which way. */
type RunCounts = Record<JobOutcome<unknown>['status'], number>;

/** A job whose worker died is tried once more, in case the cause was outside of it. */
const attemptsPerJob = 2;
/** Workers that die before they are ready, one after the other, until the pool gives up. */
const failedStartsAllowed = 3;
/** How long a cancelled run waits for its threads to end. */
const patienceAfterAbort = 80;

/** Number of processors that this process may use, at most 16. */
export function defaultPoolSize(): number {
  return Math.min(16, availableParallelism());
}

/**
 * Runs jobs in worker threads, one at a time in each. Several runs may share a pool; earlier ones come first. A worker that dies
 * is replaced, and its job runs once more; a job that throws has failed.
 */
export class WorkerPool<Job, Message, Result> {
  readonly #options: PoolOptions;
  readonly #size: number;
  readonly #slots = new Set<Slot<Job, Message, Result>>();
  readonly #runs = new Set<Run<Job, Message, Result>>();
  readonly #ending = new Set<Promise<unknown>>();
  #failedStarts = 0;
  #disposed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#size = options.size ?? defaultPoolSize();
    if (!Number.isSafeInteger(this.#size) || this.#size < 1)
      throw new RangeError(`A pool has at least one worker, not ${this.#size}.`);
  }

  /**
   * Resolves when every job has an outcome and every handler has finished. After an abort, jobs without outcome are
   * cancelled, their threads are ended, and the run resolves at once.
   *
   * @throws WorkerDiedError if workers do not start; whatever a handler throws
   */
  async run(jobs: Iterable<PoolJob<Job>>, handlers: RunHandlers<Message, Result>): Promise<RunCounts> {
    if (this.#disposed) throw new Error('The pool is disposed.');
    const run = new Run(jobs, handlers);
    const abort = (): void => this.#cancel(run);
    this.#runs.add(run);
    // Any number of runs may hear one signal: Node takes more than ten for a leak.
    if (handlers.signal) setMaxListeners(0, handlers.signal);
    handlers.signal?.addEventListener('abort', abort, { once: true });
    try {
      if (handlers.signal?.aborted === true) abort();
      else this.#assign();
      await run.finished;
      // Handlers may end after their run was cancelled; their errors count all the same.
      await Promise.all(run.handling);
      if (run.error !== undefined) throw run.error.reason;
      return run.counts;
    } finally {
      handlers.signal?.removeEventListener('abort', abort);
      this.#runs.delete(run);
      if (this.#options.keepWarm !== true) this.#endIdle();
      if (run.stopped) await this.#ended(patienceAfterAbort);
    }
  }

  /** Starts so many threads, as far as it has them, for jobs that are about to come: each takes a while until it is ready. */
  warm(threads: number): void {
    if (this.#disposed) return;
    while (this.#slots.size < Math.min(threads, this.#size)) this.#start().worker.unref();
  }

  /** Cancels what runs and ends all workers. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const run of [...this.#runs]) this.#cancel(run);
    this.#endIdle();
    await Promise.all(this.#ending);
  }

  #assign(): void {
    for (const run of this.#runs) {
      while (run.queue.length > 0) {
        let slot = [...this.#slots].find(({ task }) => task === undefined);
        if (slot === undefined) {
          if (this.#slots.size >= this.#size) return;
          try {
            slot = this.#start();
          } catch (error) {
            this.#fail(run, error);
            break;
          }
        }
        const entry = run.queue.shift();
        if (entry === undefined) break;
        this.#give(slot, run, entry);
      }
    }
  }

  #give(slot: Slot<Job, Message, Result>, run: Run<Job, Message, Result>, entry: Entry<Job>): void {
    const request: JobRequest<Job> = { type: 'job', id: entry.id, job: entry.job };
    try {
      slot.worker.postMessage(request);
    } catch (error) {
      // A job that cannot be copied to another thread.
      this.#settle(run, entry.id, { status: 'failed', error: jobError(error) });
      return;
    }
    slot.task = { run, entry };
    slot.worker.ref();
  }

  #start(): Slot<Job, Message, Result> {
    const { script, workerData, resourceLimits } = this.#options;
    const worker =
      typeof script === 'function'
        ? script(workerData)
        : new Worker(script, { workerData, ...(resourceLimits && { resourceLimits }) });
    const slot: Slot<Job, Message, Result> = { worker, ready: false, task: undefined, cause: undefined };
    worker.on('message', (reply: WorkerReply<Message, Result>) => this.#hear(slot, reply));
    worker.on('error', (error) => (slot.cause = jobError(error)));
    worker.on('messageerror', (error) => {
      slot.cause = jobError(error);
      this.#end(slot, true);
    });
    worker.on('exit', (code) => this.#died(slot, code));
    this.#slots.add(slot);
    return slot;
  }

  #hear(slot: Slot<Job, Message, Result>, reply: WorkerReply<Message, Result>): void {
    if (reply.type === 'ready') {
      slot.ready = true;
      this.#failedStarts = 0;
      return;
    }
    // What a thread said before it was ended may arrive after.
    if (slot.task === undefined || !this.#slots.has(slot)) return;
    const { run, entry } = slot.task;
    const { handlers } = run;
    switch (reply.type) {
      case 'started':
        this.#guard(run, () => handlers.onStarted?.(entry.id, entry.attempt));
        return;
      case 'message':
        this.#guard(run, () => handlers.onMessage?.(entry.id, reply.message));
        return;
      case 'done':
        this.#free(slot);
        this.#settle(run, entry.id, { status: 'done', result: reply.result });
        break;
      case 'failed':
        this.#free(slot);
        this.#settle(run, entry.id, { status: 'failed', error: reply.error });
        break;
    }
    this.#assign();
  }

  #free(slot: Slot<Job, Message, Result>): void {
    slot.task = undefined;
    // An idle worker keeps no process alive.
    slot.worker.unref();
  }

  /** A worker ended that was not told to. */
  #died(slot: Slot<Job, Message, Result>, code: number): void {
    if (!this.#slots.delete(slot)) return;
    const reason =
      slot.cause === undefined ? `exit code ${code}` : `${slot.cause.name}: ${slot.cause.message}`;
    if (!slot.ready) this.#failedStarts++;
    if (slot.task !== undefined) {
      const { run, entry } = slot.task;
      if (!slot.ready) run.queue.unshift(entry);
      else if (entry.attempt < attemptsPerJob) run.queue.unshift({ ...entry, attempt: entry.attempt + 1 });
      else {
        const error = new WorkerDiedError(
          `The worker died ${attemptsPerJob} times over this job (${reason}).`,
        );
        this.#settle(run, entry.id, { status: 'failed', error: jobError(error) });
      }
    }
    if (this.#failedStarts >= failedStartsAllowed) {
      this.#failedStarts = 0;
      for (const run of [...this.#runs])
        this.#fail(run, new WorkerDiedError(`Workers do not start (${reason}).`));
    }
    this.#assign();
  }

  #settle(run: Run<Job, Message, Result>, id: string, outcome: JobOutcome<Result>): void {
    // First of all, so that a handler that throws does not cancel what has just ended.
    run.open.delete(id);
    run.counts[outcome.status]++;
    this.#guard(run, () => run.handlers.onResult(id, outcome));
    if (run.open.size === 0) run.finish();
  }

  /** Calls a handler; its error, now or later, ends the run. */
  #guard(run: Run<Job, Message, Result>, handler: () => void | Promise<void>): void {
    try {
      const handled = handler();
      // Any value may come from a handler of type void.
      if (!(handled instanceof Promise)) return;
      const waiting: Promise<void> = handled
        .catch((error: unknown) => this.#fail(run, error))
        .finally(() => run.handling.delete(waiting));
      run.handling.add(waiting);
    } catch (error) {
      this.#fail(run, error);
    }
  }

  #fail(run: Run<Job, Message, Result>, reason: unknown): void {
    run.error ??= { reason };
    this.#cancel(run);
  }

  #cancel(run: Run<Job, Message, Result>): void {
    if (run.stopped || !this.#runs.has(run)) return;
    run.stopped = true;
    run.queue = [];
    for (const slot of [...this.#slots]) if (slot.task?.run === run) this.#end(slot);
    for (const id of [...run.open]) this.#settle(run, id, { status: 'cancelled' });
    run.finish();
    // Another run may have waited for the places that are free now.
    this.#assign();
  }

  #endIdle(): void {
    for (const slot of [...this.#slots]) if (slot.task === undefined) this.#end(slot);
  }

  /** @param unexpected whether to treat the end as the worker's own death */
  #end(slot: Slot<Job, Message, Result>, unexpected = false): void {
    if (!unexpected) this.#slots.delete(slot);
    const ended: Promise<unknown> = slot.worker.terminate().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  /** Waits for threads that were told to end, but not for ever. */
  async #ended(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([Promise.all(this.#ending), patience]);
    clearTimeout(timer);
  }
}

interface Slot<Job, Message, Result> {
  readonly worker: PoolWorker;
  /** It has said that it takes jobs. */
  ready: boolean;
  task: { readonly run: Run<Job, Message, Result>; readonly entry: Entry<Job> } | undefined;
  /** Why it is about to die. */
  cause: JobError | undefined;
}

interface Entry<Job> extends PoolJob<Job> {
  readonly attempt: number;
}

/** The state of one call of `run`. */
class Run<Job, Message, Result> {
  queue: Entry<Job>[];
  /** Jobs without outcome. */
  readonly open: Set<string>;
  readonly counts: RunCounts = { done: 0, failed: 0, cancelled: 0 };
  /** Handlers that have not finished. */
  readonly handling = new Set<Promise<void>>();
  readonly finished: Promise<void>;
  readonly finish: () => void;
  /** Cancelled, or ended by an error. */
  stopped = false;
  error: { readonly reason: unknown } | undefined;

  constructor(
    jobs: Iterable<PoolJob<Job>>,
    readonly handlers: RunHandlers<Message, Result>,
  ) {
    this.queue = Array.from(jobs, (job) => ({ ...job, attempt: 1 }));
    this.queue.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
    this.open = new Set(this.queue.map(({ id }) => id));
    if (this.open.size !== this.queue.length) throw new Error('Two jobs of a run have the same id.');
    let finish = (): void => undefined;
    this.finished = new Promise((resolve) => (finish = resolve));
    this.finish = finish;
    if (this.open.size === 0) finish();
  }
}
