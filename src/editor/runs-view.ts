import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import type { Desk } from './analyze';
import { command } from './command';
import { shortNameOf } from './experiment-file';
import { plain } from '../language/plain-text';
import { Pace, redrawEvery } from './pace';
import { fileOf, restoreFile } from './run-file';
import { apartOf, runLabel } from './run-label';
import type { RunRecord } from './run-records';
import { showDocument } from './show-document';

/** The history of runs: open, compare, run again, rename, reveal and restore the file, delete. */
export function registerRuns(desk: Desk): vscode.Disposable {
  const { analyses } = desk;
  const changed = new vscode.EventEmitter<RunRecord | undefined>();
  const view = vscode.window.createTreeView<RunRecord>('repscope.runs', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(element) {
        if (element) return [];
        await analyses.records.load();
        return analyses.records.all;
      },
      getTreeItem: (record) => treeItem(record, analyses),
    },
  });
  const pace = new Pace();
  return vscode.Disposable.from(
    changed,
    view,
    analyses.onDidChangeHistory(() => changed.fire(undefined)),
    pace,
    analyses.onDidProgress(({ record }) => {
      if (!record || !view.visible) return;
      pace.soon(record.id, redrawEvery, () => {
        const known = analyses.records.find(record.id);
        if (known) changed.fire(known);
      });
    }),
    ...runCommands(desk, view),
  );
}

/** What is done with the run that is meant, or else the one that is selected. */
function runCommands(desk: Desk, view: vscode.TreeView<RunRecord>): vscode.Disposable[] {
  const { analyses, dashboards } = desk;
  const on = (then: (record: RunRecord) => Promise<void>) => async (argument: unknown) => {
    const record = recordOf(analyses, argument) ?? (await selectedIn(view));
    if (record) await then(record);
  };
  return [
    command(
      'repscope.runs.open',
      'The run could not be opened',
      on(async (record) => dashboards.show(await analyses.showRun(record))),
    ),
    command(
      'repscope.runs.compare',
      'The runs could not be compared',
      on(async (record) => {
        const { compareRuns } = await import('./compare-runs');
        await compareRuns(desk, record);
      }),
    ),
    command(
      'repscope.runs.rerun',
      'The analysis did not start',
      on(async (record) => {
        const file = await fileOf(analyses, record);
        const verb = record.quick ? 'repscope.quickLook' : 'repscope.analyze';
        if (file) await vscode.commands.executeCommand(verb, file);
      }),
    ),
    command(
      'repscope.runs.reveal',
      'The file could not be shown',
      on(async (record) => {
        const file = await fileOf(analyses, record);
        if (file) await showDocument(file);
      }),
    ),
    command(
      'repscope.runs.restore',
      'The file was not restored',
      on(async (record) => {
        await restoreFile(analyses, record);
      }),
    ),
    command(
      'repscope.runs.rename',
      'The run was not renamed',
      on((record) => rename(analyses, record)),
    ),
    command(
      'repscope.runs.delete',
      'The run was not deleted',
      on((record) => deleteRun(analyses, record)),
    ),
  ];
}

/** Asks what a run is to be called. */
async function rename(analyses: Analyses, record: RunRecord): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: 'Rename Run',
    prompt: 'What the run is called in the list; empty: as its file',
    value: record.name ?? '',
  });
  if (name !== undefined) await analyses.renameRun(record, name.trim());
}

/** Asks whether a run is to be deleted. */
async function deleteRun(analyses: Analyses, record: RunRecord): Promise<void> {
  const answer = await vscode.window.showWarningMessage(
    `Delete this run of ${plain(shortNameOf(vscode.Uri.parse(record.uri)))} from the history?`,
    { modal: true, detail: 'Its trained networks stay in the store until that is cleared.' },
    'Delete',
  );
  if (answer === 'Delete') await analyses.deleteRun(record);
}

/** The run that is selected. While VS Code reads the list anew it knows none of its items for a moment, and a click would be lost. */
async function selectedIn(view: vscode.TreeView<RunRecord>): Promise<RunRecord | undefined> {
  for (let tries = 0; tries < 40 && view.selection.length === 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return view.selection[0];
}

/** A command of the tree gets the record, or, from elsewhere, its id. */
function recordOf(analyses: Analyses, argument: unknown): RunRecord | undefined {
  if (typeof argument === 'string') return analyses.records.find(argument);
  const { id } = (argument ?? {}) as Partial<RunRecord>;
  return id === undefined ? undefined : analyses.records.find(id);
}

function treeItem(record: RunRecord, analyses: Analyses): vscode.TreeItem {
  const uri = vscode.Uri.parse(record.uri);
  const paths = analyses.records.all.map((one) => vscode.Uri.parse(one.uri).path);
  const place = uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
  const file = { name: shortNameOf(uri), place, apart: apartOf(uri.path, paths) };
  const live = record.status === 'running' ? analyses.find(uri)?.runState : undefined;
  const { label, description, icon, colour, tooltip, spoken } = runLabel(record, file, live?.progress);
  const item = new vscode.TreeItem(label);
  item.id = record.id;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(
    icon,
    colour === undefined ? undefined : new vscode.ThemeColor(colour),
  );
  item.contextValue = record.status;
  item.tooltip = tooltip;
  // Without an argument, as the item in the status bar: what is clicked is selected.
  item.command = { title: 'Open', command: 'repscope.runs.open' };
  item.accessibilityInformation = { label: spoken };
  return item;
}
