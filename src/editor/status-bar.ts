import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { shortNameOf } from './experiment-file';
import { escaped, escapedText } from './language/markdown';
import { plain } from './language/plain-text';
import { inLabel } from './shown-text';

/** One item in the status bar while something runs: how far it is; a click shows the dashboard. */
export function registerStatusBar(analyses: Analyses): vscode.Disposable {
  let item: vscode.StatusBarItem | undefined;

  function update(): void {
    const { running } = analyses;
    if (running.length === 0) {
      item?.hide();
      return;
    }
    item ??= vscode.window.createStatusBarItem('repscope.progress', vscode.StatusBarAlignment.Left, 10);
    const first = running[0];
    const progress = running.reduce((sum, { runState }) => sum + runState.progress, 0) / running.length;
    const what = running.length === 1 ? shortNameOf(first.uri) : `${running.length} experiments`;
    item.name = 'RepScope';
    item.text = `$(loading~spin) ${short(what)} ${Math.floor(progress * 100)} %`;
    item.accessibilityInformation = {
      label: `RepScope: ${plain(what)}, ${Math.floor(progress * 100)} per cent`,
    };
    item.command = { title: 'Show Dashboard', command: 'repscope.showDashboard', arguments: [first.uri] };
    item.tooltip = tooltip(running.map(({ uri, runState }) => ({ uri, message: runState.message })));
    item.show();
  }

  return vscode.Disposable.from(
    analyses.onDidProgress(update),
    analyses.onDidChange(update),
    new vscode.Disposable(() => item?.dispose()),
  );
}

function tooltip(running: readonly { uri: vscode.Uri; message: string }[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = { enabledCommands: ['repscope.cancel'] };
  for (const { uri, message } of running) {
    markdown.appendMarkdown(`${escaped(shortNameOf(uri))}: ${escapedText(message)}  `);
    const argument = encodeURIComponent(JSON.stringify([uri.toJSON()]));
    markdown.appendMarkdown(`[Cancel](command:repscope.cancel?${argument})\n\n`);
  }
  return markdown;
}

function short(name: string): string {
  const characters = Array.from(name);
  return inLabel(characters.length > 24 ? `${characters.slice(0, 23).join('')}…` : name);
}
