import * as vscode from 'vscode';
import { findDocument } from './experiment-file';
import { showDocument } from './show-document';

/**
 * Opens a text as a document that is nowhere on disk yet, under a name that is still free in the folder, so that saving it puts it there; one
 * that is open and unchanged serves.
 */
export async function openText(folder: vscode.Uri, name: string, content: string): Promise<void> {
  const uri = await freeName(folder, name, content);
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.getText() === '') {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), content);
    await vscode.workspace.applyEdit(edit);
  }
  await showDocument(document);
}

/** Whether there is a file of that name. */
export async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

async function freeName(folder: vscode.Uri, name: string, content: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : name.replace('.experiment.json', ` ${number}.experiment.json`);
    const file = vscode.Uri.joinPath(folder, tried);
    const untitled = file.with({ scheme: 'untitled' });
    const open = findDocument(untitled);
    if (!(await exists(file)) && (!open || open.getText() === content)) return untitled;
  }
}
