import { workerData } from 'node:worker_threads';
import { startLanes } from '../numerics/kernels/lanes';
import { workInBackground } from './pool/background';
import { serveJobs } from './pool/serve-jobs';
import type { Job, JobMessage, JobResult, WorkerSetting } from './jobs';
import { JobRunner } from './job-runner';

/** The script of a worker thread: does the jobs of one experiment. */
const setting = workerData as WorkerSetting;
startLanes();
if (setting.stepsBack === 'little') workInBackground(3);
const runner = JobRunner.open(setting);
// Every job says why it failed; unhandled here, the thread would die of it.
runner.catch(() => undefined);

serveJobs<Job, JobMessage, JobResult>(async (job, post) => (await runner).run(job, post));
