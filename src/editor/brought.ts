import { realpathSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { type BroughtFiles, nothingBrought } from '../experiment/brought';
import { broughtFiles, learnDigest } from '../sources/brought-files';

/** What an experiment file brings along, where it is on a disk, or will be; in a workspace that is not trusted, from within that alone. */
export function broughtBy({ scheme, fsPath }: vscode.Uri): BroughtFiles {
  return ['file', 'untitled'].includes(scheme) && isAbsolute(fsPath)
    ? broughtFiles(dirname(fsPath), mayRead, later)
    : nothingBrought;
}

/** Files of which nobody knows yet what their bytes are: they are read one after the other. */
const unread = new Map<string, Promise<void>>();
let last = Promise.resolve();

/** Of a file that is read from now on, beside all else: no digest, and the same as that of no file. */
function later(path: string): string {
  if (!unread.has(path)) {
    // What cannot be read is said by who reads it next.
    const read = (): Promise<void> => learnDigest(path).catch(() => undefined);
    last = last.then(read).finally(() => unread.delete(path));
    unread.set(path, last);
  }
  return 'not read yet';
}

/** A file that is written all the while is not waited for. */
const mostTimes = 3;

/** What is read of what is brought along, once all of that is known by its bytes; the thread is free until then. */
export async function onceRead<T>(read: () => T): Promise<T> {
  for (let time = 1; ; time++) {
    const found = read();
    if (unread.size === 0 || time === mostTimes) return found;
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
