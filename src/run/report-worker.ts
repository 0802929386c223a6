import { parentPort, workerData } from 'node:worker_threads';
import { type ReportParts, reportHtml } from '../formats/html';

/** The script of a thread that writes one report, as UTF-8, and ends. */
parentPort?.postMessage(new TextEncoder().encode(reportHtml(workerData as ReportParts)));
