import * as vscode from 'vscode';
import type { Analysis } from './analysis';
import type { Desk } from './analyze';
import { command } from './command';
import { shortNameOf } from './experiment-file';
import { escaped, escapedText } from '../language/markdown';
import { plain } from '../language/plain-text';
import { Pace, redrawEvery } from './pace';
import { inLabel } from './shown-text';

/**
 * A click on the item. It has no argument: VS Code keeps those of a command under a number that is new with every change of its
 * item, and a click on the item as it was before finds nothing there.
 */
const clicked = 'repscope.showRunning';

/** One item in the status bar while something runs: how far it is; a click shows the dashboard. */
export function registerStatusBar({ analyses, dashboards }: Desk): vscode.Disposable {
  let item: vscode.StatusBarItem | undefined;
  /** The analysis that the item is of; it may have ended when the click arrives. */
  let shown: Analysis | undefined;
  const pace = new Pace();

  /** At once where others run than before. */
  function progressed(): void {
    const { running } = analyses;
    if (running.length === 0) update();
    else pace.soon(running.map(({ uri }) => uri.toString()).join(' '), redrawEvery, update);
  }

  function update(): void {
    const { running } = analyses;
    if (running.length === 0) {
      item?.hide();
      return;
    }
    shown = running[0];
    item ??= vscode.window.createStatusBarItem('repscope.progress', vscode.StatusBarAlignment.Left, 10);
    const progress = running.reduce((sum, { runState }) => sum + runState.progress, 0) / running.length;
    const what = running.length === 1 ? shortNameOf(shown.uri) : `${running.length} experiments`;
    item.name = 'RepScope';
    item.text = `$(loading~spin) ${short(what)} ${Math.floor(progress * 100)} %`;
    item.accessibilityInformation = {
      label: `RepScope: ${plain(what)}, ${Math.floor(progress * 100)} per cent`,
    };
    item.command = clicked;
    // What does not change while it goes on: a hover whose text changes is made anew, under the pointer that is about to press Cancel.
    item.tooltip = tooltip(
      running.map(({ uri, runState }) => ({ uri, message: `${runState.planned} replicates` })),
    );
    item.show();
  }

  return vscode.Disposable.from(
    command(clicked, 'The dashboard could not be shown', () => {
      if (shown) dashboards.show(shown);
      return Promise.resolve();
    }),
    analyses.onDidProgress(progressed),
    analyses.onDidChange(progressed),
    pace,
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
