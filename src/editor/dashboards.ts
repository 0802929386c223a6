import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import type { Analysis } from './analysis';
import { DashboardPanel } from './dashboard-panel';
import { shortNameOf } from './experiment-file';
import { plain } from './language/plain-text';

export const dashboardType = 'repscope.dashboard';

/** A panel that is gone may be shown once more before we hear of its end: so long after that it is made anew (milliseconds). */
const newsOfTheEnd = 500;

/** The dashboards: one panel an experiment file, all in one column beside the files. */
export class Dashboards implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #panels = new Map<string, DashboardPanel>();
  /** When a panel was last brought to the front, by file. */
  readonly #revealed = new Map<string, number>();
  readonly #serializer: vscode.Disposable;

  constructor(
    private readonly analyses: Analyses,
    private readonly extension: vscode.Uri,
  ) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(dashboardType, this);
  }

  /** Shows the dashboard of a file, without taking the focus. */
  show(analysis: Analysis): void {
    const name = analysis.uri.toString();
    const known = this.#panels.get(name);
    if (known) {
      this.#revealed.set(name, Date.now());
      known.panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      dashboardType,
      `RepScope: ${plain(shortNameOf(analysis.uri))}`,
      { viewColumn: this.#column(), preserveFocus: true },
      { enableScripts: true },
    );
    this.#adopt(panel, analysis);
  }

  isOpen(uri: vscode.Uri): boolean {
    return this.#panels.has(uri.toString());
  }

  /** The file of the dashboard that the user looks at, if it is one. */
  get active(): vscode.Uri | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.analysis.uri;
  }

  /** After a reload or a restart: with what the newest run left. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const experiment = (state as { experiment?: unknown } | null | undefined)?.experiment;
    if (typeof experiment !== 'string' || experiment === '') {
      // It was closed before its page had started: there is nothing to come back to.
      panel.dispose();
      return;
    }
    const uri = vscode.Uri.parse(experiment);
    await this.analyses.restore(uri);
    this.#panels.get(uri.toString())?.panel.dispose();
    this.#adopt(panel, this.analyses.of(uri));
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const dashboard of this.#panels.values()) dashboard.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, analysis: Analysis): void {
    const name = analysis.uri.toString();
    const dashboard = new DashboardPanel(panel, analysis, this.extension);
    this.#panels.set(name, dashboard);
    panel.onDidDispose(() => {
      dashboard.dispose();
      if (this.#panels.get(name) !== dashboard) return;
      this.#panels.delete(name);
      const since = Date.now() - (this.#revealed.get(name) ?? -Infinity);
      this.#revealed.delete(name);
      if (since < newsOfTheEnd) this.show(analysis);
    });
  }

  /** Where other dashboards are already; else beside the file. */
  #column(): vscode.ViewColumn {
    const columns = [...this.#panels.values()].flatMap(({ panel }) => panel.viewColumn ?? []);
    return columns[0] ?? vscode.ViewColumn.Beside;
  }
}
