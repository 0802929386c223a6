import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** The copied workspace: tests may write into it. */
export function inWorkspace(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no workspace is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Writes a file into the workspace and shows it. */
export async function show(name: string, text: string): Promise<vscode.TextDocument> {
  return open(await written(name, text));
}

/** Writes a file into the workspace. */
export async function written(name: string, text: string): Promise<vscode.Uri> {
  const uri = inWorkspace(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Asks until `look` gives something; errors say what was not seen. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 10,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The place right behind the first `text`, or `back` characters before its end. */
export function after(document: vscode.TextDocument, text: string, back = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `the file does not say ${text}`);
  return document.positionAt(at + text.length - back);
}

/** Types over the first `text`. */
export async function replace(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  // The window refuses an edit of a version that is no longer its own.
  await until(`“${text}” is typed over`, async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      document.uri,
      new vscode.Range(after(document, text, text.length), after(document, text)),
      by,
    );
    return vscode.workspace.applyEdit(edit);
  });
}

/** Our problems of a file, once they satisfy `wanted`. */
export function problems(
  document: vscode.TextDocument,
  what: string,
  wanted: (found: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  return until(`problems of ${document.uri.path}: ${what}`, () => {
    const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'RepScope');
    return wanted(found) && found;
  });
}
