import * as vscode from 'vscode';
import { type OpenFigure, isFigurePlace, isOpenFigure } from '../protocol/dashboard';
import type { Analyses } from './analyses';
import type { Analysis } from './analysis';
import { command } from './command';
import { DashboardPanel, openFigure, restoredAnalysis, titleOf } from './dashboard-panel';

const figureType = 'repscope.figure';

/** Figures that stand by themselves, each an editor with choices of its own; of one figure there may be several, to be compared. */
export class FigureEditors implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #editors = new Set<DashboardPanel>();
  readonly #registered: vscode.Disposable;

  constructor(
    private readonly analyses: Analyses,
    private readonly extension: vscode.Uri,
  ) {
    this.#registered = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(figureType, this),
      command(openFigure, 'The figure could not be opened', async (uri, figure) => {
        if (!(uri instanceof vscode.Uri) || !isOpenFigure(figure)) throw new Error('no figure was named.');
        await analyses.restore(uri);
        this.#open(analyses.of(uri), figure);
      }),
    );
  }

  /** The file of the figure that the user looks at, if it is one. */
  get active(): vscode.Uri | undefined {
    return [...this.#editors].find(({ panel }) => panel.active)?.analysis.uri;
  }

  /** After a reload or a restart: the page knows what is chosen in it. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { figure } = (state ?? {}) as { figure?: unknown };
    const analysis = await restoredAnalysis(this.analyses, state);
    if (analysis && isFigurePlace(figure)) this.#adopt(panel, analysis, { ...figure, choices: 'null' });
    else panel.dispose();
  }

  dispose(): void {
    this.#registered.dispose();
    for (const editor of this.#editors) editor.dispose();
  }

  #open(analysis: Analysis, figure: OpenFigure): void {
    const panel = vscode.window.createWebviewPanel(
      figureType,
      titleOf(analysis, figure.figure),
      vscode.ViewColumn.Beside,
      { enableScripts: true },
    );
    this.#adopt(panel, analysis, figure);
  }

  #adopt(panel: vscode.WebviewPanel, analysis: Analysis, figure: OpenFigure): void {
    const editor = new DashboardPanel(panel, analysis, this.extension, figure);
    this.#editors.add(editor);
    panel.onDidDispose(() => {
      this.#editors.delete(editor);
      editor.dispose();
    });
  }
}
