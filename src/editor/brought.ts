import { realpathSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { type BroughtFiles, nothingBrought } from '../experiment/brought';
import { broughtFiles } from '../sources/brought-files';

/** What an experiment file brings along, where it is on a disk, or will be; in a workspace that is not trusted, from within that alone. */
export function broughtBy({ scheme, fsPath }: vscode.Uri): BroughtFiles {
  return ['file', 'untitled'].includes(scheme) && isAbsolute(fsPath)
    ? broughtFiles(dirname(fsPath), mayRead)
    : nothingBrought;
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
