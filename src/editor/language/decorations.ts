import * as vscode from 'vscode';
import type { AnalysisSource } from '../analysis-source';
import { isExperiment, type ExperimentDocuments } from './experiment-documents';
import { mark } from '../../language/analysis-state';
import { inlineResults } from '../../language/inline-results';

const SETTING = 'repscope.inlineResults';
const PAUSE = 100;

/** Short results at the ends of lines, dimmed where they are not of the file as it is, or of its newest run. */
export class Decorations implements vscode.Disposable {
  private readonly fresh = decorationType('descriptionForeground');
  private readonly stale = decorationType('disabledForeground', 'italic');
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly documents: ExperimentDocuments,
    private readonly source: AnalysisSource,
  ) {
    this.subscriptions = [
      source.onDidChange(() => this.drawSoon()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.drawSoon()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isExperiment(document)) this.drawSoon();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) this.drawSoon();
      }),
    ];
    this.drawSoon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions, this.fresh, this.stale).dispose();
  }

  /** Typing and training both come in bursts. */
  private drawSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const editor of vscode.window.visibleTextEditors)
        if (isExperiment(editor.document)) this.draw(editor);
    }, PAUSE);
  }

  private draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const isOn = vscode.workspace.getConfiguration(undefined, document.uri).get<boolean>(SETTING, true);
    const state = isOn ? this.source.state(document.uri) : undefined;
    const found = state?.results ? inlineResults(this.documents.parse(document), state.results) : [];
    const why = state ? mark(state) : '';
    const options = found.map(({ key, text }): vscode.DecorationOptions => {
      const { end } = document.lineAt(document.positionAt(key.start).line).range;
      const contentText = why === '' ? text : `${text} · ${why}`;
      return { range: new vscode.Range(end, end), renderOptions: { after: { contentText } } };
    });
    editor.setDecorations(this.fresh, why === '' ? options : []);
    editor.setDecorations(this.stale, why === '' ? [] : options);
  }
}

function decorationType(colour: string, fontStyle?: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor(colour), margin: '0 0 0 2em', fontStyle },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
