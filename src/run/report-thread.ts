import { Worker } from 'node:worker_threads';
import type { ReportParts } from '../formats/html';

/**
 * A report, as UTF-8, from a thread of its own: to compress five megabytes takes a while.
 *
 * @param script `dist/report-worker.js`
 * @throws ReportTooLargeError, by its name
 */
export function reportInThread(script: string, parts: ReportParts): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: parts });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The report's thread ended with ${code}.`)));
  });
}
