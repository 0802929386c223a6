import { type Asked, type Known, readOf } from '../sources/brought-files';
import { serveJobs } from './pool/serve-jobs';

/** Something that is to be read of a file. */
export interface BroughtJob {
  readonly path: string;
  readonly what: Asked;
}

/** The script of a thread that reads large files which an experiment brings along, so that no other thread is held. */
serveJobs<BroughtJob, never, Known>(({ path, what }) => Promise.resolve(readOf(path, what)));
