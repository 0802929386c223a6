import * as vscode from 'vscode';
import { shortName, titleOf } from '../experiment/short-name';
import type { Results } from '../protocol/results';

const ending = '.experiment.json';

/** Whether a document is an experiment file, wherever it is kept. */
export function isExperiment(uri: vscode.Uri): boolean {
  return uri.path.endsWith(ending);
}

/** Its name without folders. */
export function fileNameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** Its name where all are experiment files: without the ending that all of them have. */
export function shortNameOf(uri: vscode.Uri): string {
  return shortName(fileNameOf(uri));
}

/** Results that have a title: that of their file, or its name where it has none. */
export function titled<R extends Pick<Results, 'title'>>(results: R, uri: vscode.Uri): R {
  return { ...results, title: titleOf(results, fileNameOf(uri)) };
}

/**
 * The experiment that a command is about: its argument, or else the file in the active editor, that of the dashboard in front,
 * or the only one that is visible.
 */
export function experimentOf(argument: unknown, ofDashboard?: vscode.Uri): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active && isExperiment(active)) return active;
  if (ofDashboard) return ofDashboard;
  const visible = vscode.window.visibleTextEditors.filter(({ document }) => isExperiment(document.uri));
  return visible.length === 1 ? visible[0].document.uri : undefined;
}

/** The document, if it is open. */
export function findDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const name = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === name);
}
