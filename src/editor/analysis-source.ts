import type * as vscode from 'vscode';
import type { AnalysisState } from '../language/analysis-state';

/** Where hovers, lenses, decorations and the side panel ask for results. */
export interface AnalysisSource {
  /** The documents whose state has changed. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
  state(document: vscode.Uri): AnalysisState | undefined;
}
