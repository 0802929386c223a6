import { workerData } from 'node:worker_threads';
import { workInBackground } from './pool/background';
import { serveJobs } from './pool/serve-jobs';
import type { Job, JobMessage, JobResult, WorkerSetting } from './jobs';
import { Workbench } from './workbench';

/** The script of a worker thread: does the jobs of one experiment. */
const setting = workerData as WorkerSetting;
if (setting.stepsBack === 'little') workInBackground(3);
const workbench = Workbench.open(setting);
// Every job says why it failed; unhandled here, the thread would die of it.
workbench.catch(() => undefined);

serveJobs<Job, JobMessage, JobResult>(async (job, post) => (await workbench).do(job, post));
