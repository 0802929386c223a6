import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { counted } from '../language/wording';
import { fileNameOf } from './experiment-file';
import { report } from './log';
import { inNotification } from './shown-text';

/**
 * Asks where to keep a file, beside the experiment unless the user says otherwise, and says where it is.
 *
 * @returns its name; empty when the user closed the dialog
 */
export async function saveBytes(experiment: vscode.Uri, name: string, bytes: Uint8Array): Promise<string> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folderOf(experiment), plainName(name)),
    saveLabel: 'Save',
    title: 'RepScope',
  });
  if (!target) return '';
  await vscode.workspace.fs.writeFile(target, bytes);
  void saySaved(target).catch((error: unknown) => report('The file could not be shown', error));
  return fileNameOf(target);
}

/** Says where files are that were written into a folder, with a button that shows it. */
export async function saySavedIn(folder: vscode.Uri, count: number): Promise<void> {
  const said = inNotification(`Saved ${counted(count, 'file')} in ${fileNameOf(folder)}.`);
  const choice = await vscode.window.showInformationMessage(said, 'Reveal');
  if (choice === 'Reveal') await reveal(folder);
}

async function saySaved(target: vscode.Uri): Promise<void> {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(target) !== undefined;
  const choice = await vscode.window.showInformationMessage(
    inNotification(`Saved ${fileNameOf(target)}.`),
    'Open',
    ...(inWorkspace || target.scheme === 'file' ? ['Reveal'] : []),
  );
  if (choice === 'Open' && /\.html$/i.test(target.path)) await vscode.env.openExternal(target);
  else if (choice === 'Open') await vscode.commands.executeCommand('vscode.open', target);
  else if (choice === 'Reveal') await reveal(target);
}

async function reveal(target: vscode.Uri): Promise<void> {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(target) !== undefined;
  await vscode.commands.executeCommand(inWorkspace ? 'revealInExplorer' : 'revealFileInOS', target);
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
