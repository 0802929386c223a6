import * as vscode from 'vscode';
import { chosenExperiment, type Desk } from './analyze';
import { command } from './command';
import { experimentOf } from './experiment-file';

/** True where what is in front shows an older run; the button in its title asks for it. */
const contextKey = 'repscope.olderRun';

/** The way back from an older run, which was opened from the history, to the newest of its file. */
export function registerNewestRun(desk: Desk): vscode.Disposable {
  const { analyses, dashboards } = desk;
  let told = false;
  const tell = (): void => {
    const front = experimentOf(undefined, dashboards.active);
    const older = front !== undefined && analyses.find(front)?.state?.foundBy === 'older';
    if (older === told) return;
    told = older;
    void vscode.commands.executeCommand('setContext', contextKey, older);
  };
  return vscode.Disposable.from(
    command('repscope.showNewest', 'The newest run could not be shown', async (argument) => {
      const uri = chosenExperiment(desk, argument);
      if (!uri) return;
      await analyses.records.load();
      const newest = analyses.records.allOf(uri.toString()).at(0);
      if (newest) await analyses.showRun(newest);
    }),
    analyses.onDidChange(tell),
    vscode.window.onDidChangeActiveTextEditor(tell),
    vscode.window.tabGroups.onDidChangeTabs(tell),
  );
}
