import * as vscode from 'vscode';
import type { Analyses } from './analyses';

/** Sets two runs of the history beside each other. */
export function compareRuns(analyses: Analyses, argument: unknown): Promise<void> {
  void analyses;
  void argument;
  void vscode.window.showInformationMessage('Not yet.');
  return Promise.resolve();
}
