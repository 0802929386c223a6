import { type MessagePort, parentPort, type TransferListItem } from 'node:worker_threads';
import type { JobRequest, WorkerReply } from '../../protocol/worker';
import { jobError } from './job-error';

/** A result whose buffers move to the pool instead of being copied. */
export class Transferred<Result> {
  constructor(
    readonly value: Result,
    readonly transfer: readonly TransferListItem[],
  ) {}
}

/** Tells the pool something while a job runs. */
export type Post<Message> = (message: Message, transfer?: readonly TransferListItem[]) => void;

/**
 * The worker's side of a `WorkerPool`: calls the handler once per job, one at a time, and sends back what it returns or
 * throws. To be called once, at the top of the worker's script.
 *
 * @param port to the pool
 * @throws Error outside of a worker thread, where no port is given
 */
export function serveJobs<Job, Message, Result>(
  handler: (job: Job, post: Post<Message>) => Promise<Result | Transferred<Result>>,
  port: MessagePort | null = parentPort,
): void {
  if (port === null) throw new Error('Jobs are served in a worker thread only.');
  const reply = (envelope: WorkerReply<Message, Result>, transfer: readonly TransferListItem[] = []): void =>
    port.postMessage(envelope, transfer);

  const serve = async ({ id, job }: JobRequest<Job>): Promise<void> => {
    try {
      reply({ type: 'started', id });
      const returned = await handler(job, (message, transfer) =>
        reply({ type: 'message', id, message }, transfer),
      );
      if (returned instanceof Transferred)
        reply({ type: 'done', id, result: returned.value }, returned.transfer);
      else reply({ type: 'done', id, result: returned });
    } catch (error) {
      reply({ type: 'failed', id, error: jobError(error) });
    }
  };
  port.on('message', (request: JobRequest<Job>) => void serve(request));
  reply({ type: 'ready' });
}
