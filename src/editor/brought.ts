import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { BroughtError, type BroughtFiles, nothingBrought } from '../experiment/brought';
import type { BroughtJob } from '../run/brought-worker';
import { WorkerPool } from '../run/pool/worker-pool';
import {
  type Asked,
  broughtFiles,
  type FilesHere,
  type Known,
  learn,
  learnFailure,
} from '../sources/brought-files';
import { reason } from './log';

/** What an experiment file brings along, where it is on a disk, or will be; in a workspace that is not trusted, from within that alone. */
export function broughtBy(uri: vscode.Uri): BroughtFiles {
  return filesBeside(uri) ?? nothingBrought;
}

/** The same of files on the disk alone. */
export function filesBeside({ scheme, fsPath }: vscode.Uri): FilesHere | null {
  if (!['file', 'untitled'].includes(scheme) || !isAbsolute(fsPath)) return null;
  return broughtFiles(dirname(fsPath), mayRead, later);
}

/** What threads read of large files, one thing after the other; digests beside all else, since nobody waits for them. */
const unread = new Map<string, Promise<void>>();
const script = join(__dirname, 'brought-worker.js');
const digests = new WorkerPool<BroughtJob, never, Known>({ script, size: 1 });
const others = new WorkerPool<BroughtJob, never, Known>({ script, size: 1 });
const read = new vscode.EventEmitter<void>();
let reads = 0;

/** Something of a large file is known that was not. */
export const onDidRead = read.event;

/** How often that was. */
export function readsSoFar(): number {
  return reads;
}

function later(path: string, what: Asked): void {
  const id = `${what} ${path}`;
  if (!unread.has(id)) unread.set(id, readBeside({ path, what }, id));
}

async function readBeside(job: BroughtJob, id: string): Promise<void> {
  try {
    await (job.what === 'digest' ? digests : others).run([{ id, job }], {
      onResult: (_, outcome) => {
        if (outcome.status === 'done') learn(job.path, job.what, outcome.result);
        else if (outcome.status === 'failed') learnFailure(job.path, job.what, outcome.error.message);
      },
    });
  } catch (error) {
    learnFailure(job.path, job.what, reason(error));
  } finally {
    unread.delete(id);
    reads++;
    read.fire();
  }
}

/** A file that is written all the while is not waited for. */
const mostTimes = 3;

/** What is read of what is brought along, once all of that is known; the thread is free until then. */
export async function onceRead<T>(make: () => T): Promise<T> {
  const seen = new Set<string>();
  for (let again = 0; ;) {
    let found: { value: T } | { error: unknown };
    try {
      found = { value: make() };
    } catch (error) {
      if (!(error instanceof BroughtError)) throw error;
      found = { error };
    }
    // One thing may be asked for after another is known.
    const fresh = [...unread.keys()].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    if (fresh.length === 0) again++;
    if (unread.size === 0 || again === mostTimes) {
      if ('error' in found) throw found.error;
      return found.value;
    }
    await Promise.all(unread.values());
  }
}

function mayRead(path: string): boolean {
  return vscode.workspace.isTrusted || vscode.workspace.getWorkspaceFolder(realUri(path)) !== undefined;
}

/** Where a path leads, links followed. */
function realUri(path: string): vscode.Uri {
  try {
    return vscode.Uri.file(realpathSync(path));
  } catch {
    return vscode.Uri.file(path);
  }
}
