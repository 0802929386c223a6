import { homedir } from 'node:os';
import * as vscode from 'vscode';

/** Asks where to keep a file, beside the experiment unless the user says otherwise; false when he closed the dialog. */
export async function saveBytes(experiment: vscode.Uri, name: string, bytes: Uint8Array): Promise<boolean> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folderOf(experiment), plainName(name)),
    saveLabel: 'Save',
    title: 'RepScope',
  });
  if (!target) return false;
  await vscode.workspace.fs.writeFile(target, bytes);
  return true;
}

/** The folder of a file; of one that was never saved: the workspace's, or else the user's. */
export function folderOf(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme !== 'untitled') return vscode.Uri.joinPath(uri, '..');
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** A name asks for no other folder. */
function plainName(name: string): string {
  return name.replaceAll(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '-').replace(/^\.+/, '') || 'repscope';
}
