import { MessageChannel } from 'node:worker_threads';
import { JobRunner } from '../../src/run/job-runner';
import type { Job, JobMessage, JobResult, WorkerSetting } from '../../src/run/jobs';
import { serveJobs } from '../../src/run/pool/serve-jobs';
import type { PoolWorker } from '../../src/run/pool/worker-pool';

/**
 * What stands for a worker of a session, in this thread: it does the same jobs, asked and answered by messages that are copied, by code
 * that has run before. A thread compiles all of it anew, which takes most of the time of a tiny experiment. A job that has begun cannot
 * be cancelled.
 */
export function threadHere(setting: unknown): PoolWorker {
  const { port1: ours, port2: its } = new MessageChannel();
  const runner = JobRunner.open(structuredClone(setting) as WorkerSetting);
  // Every job says why it failed.
  runner.catch(() => undefined);
  serveJobs<Job, JobMessage, JobResult>(async (job, post) => (await runner).run(job, post), its);
  // While it does a job, the pool holds the other end.
  its.unref();
  const terminate = (): Promise<number> => {
    ours.close();
    return Promise.resolve(0);
  };
  return Object.assign(ours, { terminate }) as unknown as PoolWorker;
}
