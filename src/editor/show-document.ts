import * as vscode from 'vscode';
import { log } from './log';

/**
 * Shows a document for good. That another was opened in its place meanwhile, or that it was closed, by whomever, is no failure: what its user
 * asked for is there. VS Code calls that one.
 *
 * @throws Error where there is no such document
 */
export async function showDocument(
  which: vscode.TextDocument | vscode.Uri,
  options: vscode.TextDocumentShowOptions = { preview: false },
): Promise<void> {
  const document = 'uri' in which ? which : await vscode.workspace.openTextDocument(which);
  try {
    await vscode.window.showTextDocument(document, options);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('Could NOT open editor')) throw error;
    log().info(error.message);
  }
}
