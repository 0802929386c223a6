import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import type { Analysis } from './analysis';
import { dashboardColumn, type Group } from './columns';
import { stepDone } from './steps-done';
import { DashboardPanel, restoredAnalysis, titleOf } from './dashboard-panel';
import { FigureEditors } from './figure-editors';

const dashboardType = 'repscope.dashboard';

/** A panel that is gone may be shown once more before we hear of its end: so long after that it is made anew (milliseconds). */
const newsOfTheEnd = 500;

/** The dashboards: one panel an experiment file, all in one column beside the files (`columns`). */
export class Dashboards implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #panels = new Map<Analysis, DashboardPanel>();
  /** When a panel was last brought to the front. */
  readonly #revealed = new Map<Analysis, number>();
  readonly #figures: FigureEditors;
  readonly #serializer: vscode.Disposable;

  constructor(
    private readonly analyses: Analyses,
    private readonly extension: vscode.Uri,
  ) {
    this.#figures = new FigureEditors(analyses, extension);
    this.#serializer = vscode.window.registerWebviewPanelSerializer(dashboardType, this);
  }

  /** Shows the dashboard of a file, without taking the focus. */
  show(analysis: Analysis): void {
    if (analysis.results) stepDone('overview');
    const known = this.#panels.get(analysis);
    if (known) {
      this.#revealed.set(analysis, Date.now());
      const { panel } = known;
      const at: number | undefined = panel.viewColumn;
      const over = groupsAround(analysis.uri).some(({ column, showsFile }) => showsFile && column === at);
      panel.reveal(over ? columnFor(analysis.uri) : undefined, true);
      return;
    }
    const title = titleOf(analysis);
    this.#closeAsleep(title);
    const panel = vscode.window.createWebviewPanel(
      dashboardType,
      title,
      { viewColumn: columnFor(analysis.uri), preserveFocus: true },
      { enableScripts: true },
    );
    this.#adopt(panel, analysis);
  }

  isOpen(uri: vscode.Uri): boolean {
    const analysis = this.analyses.find(uri);
    return analysis !== undefined && this.#panels.has(analysis);
  }

  /** The file of the dashboard, or of one of its figures, that the user looks at, if it is one. */
  get active(): vscode.Uri | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.analysis.uri ?? this.#figures.active;
  }

  /** After a reload or a restart: with what the newest run left. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const analysis = await restoredAnalysis(this.analyses, state);
    if (!analysis) {
      panel.dispose();
      return;
    }
    this.#panels.get(analysis)?.panel.dispose();
    this.#adopt(panel, analysis);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#figures.dispose();
    for (const dashboard of this.#panels.values()) dashboard.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, analysis: Analysis): void {
    const dashboard = new DashboardPanel(panel, analysis, this.extension);
    this.#panels.set(analysis, dashboard);
    panel.onDidDispose(() => {
      dashboard.dispose();
      if (this.#panels.get(analysis) !== dashboard) return;
      this.#panels.delete(analysis);
      const since = Date.now() - (this.#revealed.get(analysis) ?? -Infinity);
      this.#revealed.delete(analysis);
      if (since < newsOfTheEnd) this.show(analysis);
    });
  }

  /** After a reload a tab in the background is nobody's until it is looked at: a second one of the same file takes its place. */
  #closeAsleep(title: string): void {
    if ([...this.#panels.values()].some(({ panel }) => panel.title === title)) return;
    const asleep = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.filter((tab) => isDashboard(tab) && tab.label === title),
    );
    if (asleep.length > 0) void vscode.window.tabGroups.close(asleep, true);
  }
}

function columnFor(file: vscode.Uri): vscode.ViewColumn {
  const column = dashboardColumn(groupsAround(file));
  // VS Code has no more than nine.
  return column === undefined || column > 9 ? vscode.ViewColumn.Beside : column;
}

function groupsAround(file: vscode.Uri): Group[] {
  const isFile = (tab: vscode.Tab | undefined): boolean =>
    tab?.input instanceof vscode.TabInputText && tab.input.uri.toString() === file.toString();
  return vscode.window.tabGroups.all.map((group) => ({
    column: group.viewColumn,
    hasFile: group.tabs.some(isFile),
    showsFile: isFile(group.activeTab),
    hasDashboard: hasDashboard(group),
  }));
}

function isDashboard({ input }: vscode.Tab): boolean {
  // The editor puts a prefix of its own before the type.
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(dashboardType);
}

/** Whether one of a group's tabs is a dashboard. */
export function hasDashboard({ tabs }: vscode.TabGroup): boolean {
  return tabs.some(isDashboard);
}
