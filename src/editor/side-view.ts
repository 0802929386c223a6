import * as vscode from 'vscode';
import {
  type SideCommand,
  type SideExperiment,
  type SideNetwork,
  type ToSide,
  isToSideHost,
} from '../protocol/side';
import { findingsOf } from '../analysis/findings';
import { answeredIn } from '../protocol/answered';
import { mainLayer } from '../protocol/layers';
import type { Interval, Results } from '../protocol/results';
import type { Analysis } from './analysis';
import type { Desk } from './analyze';
import { webviewFolder, webviewHtml } from './dashboard-html';
import { fileNameOf, isExperiment } from './experiment-file';
import { hear } from './hear';

const commands: Record<SideCommand, string> = {
  analyze: 'repscope.analyze',
  quickLook: 'repscope.quickLook',
  resume: 'repscope.resume',
  cancel: 'repscope.cancel',
  showDashboard: 'repscope.showDashboard',
  openExample: 'repscope.openExample',
};

/** The compact dashboard of the side panel: follows the experiment file that the user works on. */
export function registerSideView(desk: Desk, extension: vscode.Uri): vscode.Disposable {
  const view = new SideView(desk, extension);
  return vscode.Disposable.from(view, vscode.window.registerWebviewViewProvider('repscope.side', view));
}

class SideView implements vscode.WebviewViewProvider, vscode.Disposable {
  #view: vscode.WebviewView | undefined;
  #uri: vscode.Uri | undefined;
  readonly #disposables: vscode.Disposable[] = [];

  constructor(
    private readonly desk: Desk,
    private readonly extension: vscode.Uri,
  ) {
    const { analyses } = desk;
    const isShown = (uri: vscode.Uri): boolean => uri.toString() === this.#uri?.toString();
    this.#disposables.push(
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#follow()),
      analyses.onDidChange((uri) => {
        if (isShown(uri)) this.#send();
        else this.#follow();
      }),
      analyses.onDidProgress(({ uri }) => {
        if (isShown(uri) && this.#view?.visible === true) this.#send();
      }),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(this.extension)] };
    const subscriptions = [
      hear(webview, 'The side panel', isToSideHost, (message) => {
        if (message.type === 'ready') this.#follow(true);
        else void vscode.commands.executeCommand(commands[message.command], this.#uri);
      }),
      view.onDidChangeVisibility(() => this.#follow(true)),
    ];
    view.onDidDispose(() => {
      this.#view = undefined;
      vscode.Disposable.from(...subscriptions).dispose();
    });
    webview.html = webviewHtml(webview, this.extension, 'side', 'RepScope', {});
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** Turns to the file in the active editor, or the one whose dashboard is in front; else stays while that is open. */
  #follow(always = false): void {
    const active = vscode.window.activeTextEditor?.document.uri;
    const open = vscode.workspace.textDocuments.filter(({ uri, isClosed }) => !isClosed && isExperiment(uri));
    const next =
      (active && isExperiment(active) ? active : undefined) ??
      this.desk.dashboards.active ??
      (open.some(({ uri }) => uri.toString() === this.#uri?.toString()) ? this.#uri : open[0]?.uri) ??
      this.desk.analyses.running[0]?.uri;
    const same = next?.toString() === this.#uri?.toString();
    this.#uri = next;
    if (!same && next) void this.desk.analyses.restore(next).then(() => this.#send());
    if (!same || always) this.#send();
  }

  #send(): void {
    const view = this.#view;
    if (!view) return;
    const analysis = this.#uri && this.desk.analyses.find(this.#uri);
    const experiment = this.#uri ? describe(this.#uri, analysis) : null;
    const message: ToSide = { type: 'state', state: { experiment } };
    void view.webview.postMessage(message).then(undefined, () => undefined);
  }
}

function describe(uri: vscode.Uri, analysis: Analysis | undefined): SideExperiment {
  const results = analysis?.results ?? null;
  const finishedAt = analysis?.state?.finishedAt ?? null;
  return {
    file: fileNameOf(uri),
    title: results?.title ?? '',
    run: analysis?.runState ?? {
      status: 'none',
      message: 'Not analysed yet.',
      finished: 0,
      planned: 0,
      progress: 0,
      quick: false,
      stale: false,
      foundBy: 'newest',
    },
    finished:
      finishedAt === null
        ? ''
        : new Date(finishedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }),
    seeds: analysis?.record?.seeds ?? 0,
    networks: results ? results.networks.map((network) => networkOf(network, results)) : [],
    hazards: results ? results.hazards.map(({ severity, message }) => ({ severity, message })) : [],
  };
}

function networkOf({ name, layers }: Results['networks'][number], results: Results): SideNetwork {
  const layer = mainLayer(layers);
  const findings = findingsOf(results);
  const explained = (label: string): Interval | undefined =>
    layer && findings.mean(name, 'varianceExplained', { site: layer.name, label });
  return {
    name,
    layer: layer?.name ?? '',
    tasks: answeredIn(results).map(({ name: task, chance }) => ({
      name: task,
      chance,
      accuracy: findings.mean(name, 'accuracy', { label: task }) ?? null,
      varianceExplained: explained(task) ?? null,
    })),
  };
}
