import * as vscode from 'vscode';
import type { AnalysisSource } from '../analysis-source';
import { isExperiment } from './experiment-documents';
import { lensTitles } from '../../language/lens-titles';

const SECOND = 1000;
const MINUTE = 60_000;

/** Analyze, the last result and Compare above an experiment file; progress and Cancel while it runs. */
export class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  private again: NodeJS.Timeout | undefined;

  constructor(private readonly source: AnalysisSource) {
    this.subscription = vscode.Disposable.from(
      source.onDidChange(() => this.refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isExperiment(document)) return [];
    const state = this.source.state(document.uri);
    if (state?.finishedAt !== null && state?.finishedAt !== undefined) this.ageLater();
    const top = new vscode.Range(0, 0, 0, 0);
    return lensTitles(state, Date.now()).map(
      ({ title, tooltip, command }) =>
        new vscode.CodeLens(top, { title, tooltip, command, arguments: [document.uri] }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.again);
    vscode.Disposable.from(this.subscription, this.changed).dispose();
  }

  /** Twice: an editor that loses the focus forgets to ask for the lenses that it was told about just before. */
  private refresh(): void {
    this.changed.fire();
    clearTimeout(this.again);
    this.again = setTimeout(() => this.changed.fire(), SECOND);
  }

  /** "3 min ago" ages; nobody asks again while no lens is seen. */
  private ageLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(), MINUTE);
  }
}
