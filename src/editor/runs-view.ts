import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import type { Desk } from './analyze';
import { command } from './command';
import { findDocument, shortNameOf } from './experiment-file';
import { visible } from '../formats/visible';
import { plain } from '../language/plain-text';
import type { RecordStatus } from '../protocol/status';
import { Pace, redrawEvery } from './pace';
import type { RunRecord } from './run-records';
import { folderOf } from './save-file';

/** The history of runs: open, compare, run again, reveal, delete. */
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
        const file = await fileOf(record);
        await vscode.commands.executeCommand(record.quick ? 'repscope.quickLook' : 'repscope.analyze', file);
      }),
    ),
    command(
      'repscope.runs.reveal',
      'The file could not be shown',
      on(async (record) => {
        await vscode.window.showTextDocument(await fileOf(record), { preview: false });
      }),
    ),
    command(
      'repscope.runs.delete',
      'The run was not deleted',
      on(async (record) => {
        const answer = await vscode.window.showWarningMessage(
          `Delete this run of ${plain(shortNameOf(vscode.Uri.parse(record.uri)))} from the history?`,
          { modal: true, detail: 'Its trained networks stay in the store until that is cleared.' },
          'Delete',
        );
        if (answer === 'Delete') await analyses.deleteRun(record);
      }),
    ),
  ];
}

/** The run that is selected. While VS Code reads the list anew it knows none of its items for a moment, and a click would be lost. */
async function selectedIn(view: vscode.TreeView<RunRecord>): Promise<RunRecord | undefined> {
  for (let tries = 0; tries < 40 && view.selection.length === 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return view.selection[0];
}

/** The file of a run. One that had no place yet may have been saved since, or closed for good. */
async function fileOf({ uri }: RunRecord): Promise<vscode.Uri> {
  const recorded = vscode.Uri.parse(uri);
  if (recorded.scheme !== 'untitled' || findDocument(recorded)) return recorded;
  const saved = folderOf(recorded).with({ path: recorded.path });
  try {
    await vscode.workspace.fs.stat(saved);
  } catch {
    throw new Error('it was never saved, and is closed.');
  }
  return saved;
}

/** A command of the tree gets the record, or, from elsewhere, its id. */
function recordOf(analyses: Analyses, argument: unknown): RunRecord | undefined {
  if (typeof argument === 'string') return analyses.records.find(argument);
  const { id } = (argument ?? {}) as Partial<RunRecord>;
  return id === undefined ? undefined : analyses.records.find(id);
}

const icons: Record<RecordStatus, vscode.ThemeIcon> = {
  running: new vscode.ThemeIcon('loading~spin'),
  done: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  cancelled: new vscode.ThemeIcon('circle-slash'),
  interrupted: new vscode.ThemeIcon('debug-pause'),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
};

function treeItem(record: RunRecord, analyses: Analyses): vscode.TreeItem {
  const uri = vscode.Uri.parse(record.uri);
  const name = plain(shortNameOf(uri));
  const item = new vscode.TreeItem(name);
  const live = record.status === 'running' ? analyses.find(uri)?.runState : undefined;
  const seeds = `${record.seeds} ${record.seeds === 1 ? 'seed' : 'seeds'}`;
  const when = new Date(record.startedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  const state = live ? `${Math.floor(live.progress * 100)} %` : record.status === 'done' ? '' : record.status;
  item.id = record.id;
  item.description = [state, when, record.quick ? 'quick look' : seeds]
    .filter((part) => part !== '')
    .join(' · ');
  item.iconPath = icons[record.status];
  item.contextValue = record.status;
  item.tooltip = [
    record.title,
    `${record.status}, ${record.finished} of ${record.planned} replicates, ${seeds}`,
    when,
    record.summary,
    record.hazards > 0
      ? `${record.hazards} ${record.hazards === 1 ? 'thing' : 'things'} to be careful about`
      : '',
    uri.scheme === 'file' ? uri.fsPath : uri.toString(true),
  ]
    .filter((line) => line !== '')
    .map(visible)
    .join('\n');
  // Without an argument, as the item in the status bar: what is clicked is selected.
  item.command = { title: 'Open', command: 'repscope.runs.open' };
  item.accessibilityInformation = { label: `${name}, ${record.status}, ${when}, ${seeds}` };
  return item;
}
