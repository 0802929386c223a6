import * as vscode from 'vscode';
import {
  type Beside,
  type HostCalls,
  type OpenFigure,
  type Reply,
  type RunCommand,
  type ToHost,
  type ToWebview,
  type Welcome,
  isBeside,
  isToHost,
} from '../protocol/dashboard';
import { wrap, wrapPlain } from '../protocol/parcel';
import { type KnownValues, type ValuesPart, ValuesParts } from '../protocol/values-parts';
import type { Analyses } from './analyses';
import type { Analysis } from './analysis';
import { webviewFolder, webviewHtml } from './dashboard-html';
import { shortNameOf, titled } from './experiment-file';
import { hear } from './hear';
import { plain } from '../language/plain-text';
import { log, reason } from './log';
import { saveBytes } from './save-file';

const commands: Record<RunCommand, string> = {
  analyze: 'repscope.analyze',
  quickLook: 'repscope.quickLook',
  resume: 'repscope.resume',
  compare: 'repscope.compare',
  pairNetworks: 'repscope.pairNetworks',
  cancel: 'repscope.cancel',
  exportReport: 'repscope.exportReport',
  exportActivations: 'repscope.exportActivations',
  showHazards: 'repscope.showHazards',
  showLog: 'repscope.showLog',
};

/** Shows a figure of a file by itself. */
export const openFigure = 'repscope.openFigure';

const statement =
  'Everything here was computed in this editor, from this file; nothing was sent anywhere. Finished replicates are kept on ' +
  'this machine until the store is cleared.';

export function titleOf({ uri }: Analysis, figure?: string): string {
  const name = plain(shortNameOf(uri));
  return figure ? `${plain(figure)} — ${name}` : `RepScope: ${name}`;
}

/**
 * The file of a page that comes back after a reload or a restart, with what its newest run left, beside the runs that it was beside; undefined: it was
 * closed before it had started.
 */
export async function restoredAnalysis(analyses: Analyses, state: unknown): Promise<Analysis | undefined> {
  const { experiment, beside } = (state ?? {}) as { experiment?: unknown; beside?: unknown };
  if (typeof experiment !== 'string' || experiment === '') return undefined;
  const uri = vscode.Uri.parse(experiment);
  await analyses.restore(uri);
  const analysis = analyses.of(uri);
  // Before the page asks: what it was told of comes to the front no more.
  if (isBeside(beside) && !analysis.asked.comparison)
    await import('./beside')
      .then(({ compareBeside }) => compareBeside(analyses.records, analysis, besideOf(beside)))
      .catch((error: unknown) => log().warn(`What was compared could not be found again: ${reason(error)}`));
  return analysis;
}

/** Without what is found of them. */
function besideOf({ run, others, pairs, at }: Beside): Beside {
  return { run, others, pairs, at };
}

/** The dashboard of one experiment file in a panel, or one figure of it by itself: answers what its page asks. */
export class DashboardPanel implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  /** The page has asked: from now on it hears of changes. */
  #ready = false;
  /** The panel is closed: even to look at it would throw. */
  #gone = false;
  /** Version of the curves that the page has. */
  #sent = -1;
  readonly #values = new ValuesParts();

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly analysis: Analysis,
    extension: vscode.Uri,
    private readonly figure?: OpenFigure,
  ) {
    const { webview } = panel;
    // Also on a restore: an update of the extension lives in another folder.
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extension)] };
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    this.#disposables.push(
      hear(webview, 'The dashboard', isToHost, (message) => void this.#answer(message)),
      analysis.onDidProgress(() => this.#sendLive()),
      analysis.onDidChange(() => {
        this.#send({ type: 'changed' });
      }),
      analysis.onDidMove(() => this.#begin(extension)),
    );
    this.#begin(extension);
  }

  /** Starts the page, which keeps the name of the file for the restore. */
  #begin(extension: vscode.Uri): void {
    const { panel, analysis, figure } = this;
    const { webview } = panel;
    this.#ready = false;
    panel.title = titleOf(analysis, figure?.figure);
    webview.html = webviewHtml(webview, extension, 'dashboard', panel.title, {
      plotly: webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(extension), 'plotly.js')).toString(),
      experiment: analysis.uri.toString(),
      ...(figure && { figure: JSON.stringify(figure) }),
    });
  }

  dispose(): void {
    this.#gone = true;
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #answer(message: ToHost): Promise<void> {
    let result: Reply['result'];
    try {
      const answer = await this.#do(message);
      // Values are the largest of all, and plain.
      result = { ok: message.call === 'values' ? wrapPlain(answer) : wrap(answer) };
    } catch (error) {
      log().warn(`The dashboard asked for ${message.call}: ${reason(error)}`);
      result = { err: reason(error) };
    }
    this.#post({ type: 'reply', id: message.id, result });
  }

  #do(message: ToHost): unknown {
    const { analysis } = this;
    switch (message.call) {
      case 'ready':
        return this.#welcome();
      case 'values':
        return this.#valuesAfter(message.parameter);
      case 'picture':
        return analysis.picture(message.parameter);
      case 'export':
        return saveBytes(analysis.uri, message.parameter.name, message.parameter.bytes);
      case 'command':
        this.#command(message.parameter);
        return null;
    }
  }

  #command(asked: HostCalls['command']['parameter']): void {
    const { uri } = this.analysis;
    if (typeof asked === 'string') void vscode.commands.executeCommand(commands[asked], uri);
    else if ('panel' in asked) void vscode.commands.executeCommand(openFigure, uri, asked);
    else if (this.figure) this.panel.title = titleOf(this.analysis, asked.title);
  }

  #valuesAfter(known: KnownValues): ValuesPart {
    const { shown, uri } = this.analysis;
    const part = this.#values.after(shown, known);
    return part.around ? { ...part, around: titled(part.around, uri) } : part;
  }

  #welcome(): Welcome {
    const { analysis } = this;
    const { live } = analysis;
    const { comparison, hazardsAt } = analysis.asked;
    const analysedAt = analysis.resultsRecord?.finishedAt ?? undefined;
    this.#ready = true;
    this.#sent = live?.version ?? -1;
    return {
      capabilities: {
        ...{ train: true, units: true, structure: true, checkpoints: true, figures: true },
        ...({ save: 'dialog', theme: 'host' } as const),
        statement,
      },
      offers: analysis.offers,
      comparisons: comparison?.found ?? [],
      ...(comparison && { beside: besideOf(comparison) }),
      hazardsAt,
      analysedAt,
      live: live?.live(analysis.runState, -1) ?? { run: analysis.runState, curves: [] },
    };
  }

  #sendLive(): void {
    const { live, runState } = this.analysis;
    if (!live || !this.panel.visible) return;
    this.#send({ type: 'live', live: live.live(runState, this.#sent) });
    this.#sent = live.version;
  }

  #send(message: ToWebview): void {
    if (this.#ready) this.#post(message);
  }

  #post(message: ToWebview): void {
    if (this.#gone) return;
    // A page that is hidden hears nothing; when it is shown again, it starts anew and asks.
    void this.panel.webview.postMessage(message).then(undefined, () => undefined);
  }
}
