import * as vscode from 'vscode';
import { broughtBy, onceRead } from './brought';
import type { Experiment } from '../experiment/experiment';
import { readExperiment } from '../sources/read-experiment';
import type { Problem } from '../experiment/problem';
import { withSeeds } from '../experiment/replicates';
import type { Analyses } from './analyses';
import type { Analysis } from './analysis';
import { type Dashboards, hasDashboard } from './dashboards';
import { experimentOf, fileNameOf, findDocument } from './experiment-file';
import { log, report, tellError } from './log';
import { inNotification } from './shown-text';
import { showDocument } from './show-document';

/** What the commands of an analysis work on. */
export interface Desk {
  readonly analyses: Analyses;
  readonly dashboards: Dashboards;
}

/** The file that a command is about: its argument, the active file, or the one whose dashboard is in front. */
export function chosenExperiment({ dashboards }: Desk, argument: unknown): vscode.Uri | undefined {
  const uri = experimentOf(argument, dashboards.active);
  if (!uri) {
    void vscode.window
      .showInformationMessage(
        'Open an experiment file (*.experiment.json) first, or start from an example.',
        'Open Example',
      )
      .then((answer) => {
        if (answer) void vscode.commands.executeCommand('repscope.openExample');
      });
  }
  return uri;
}

/**
 * Trains what is not in the store, and shows the dashboard. Takes the text of the editor, saved or not; a file that is not
 * open is opened first. Nothing is trained while the file has errors.
 *
 * @param how from the Explorer, the file is shown; quietly (on save), nothing is said about errors, and the dashboard stays where
 *   it is
 */
export async function analyze(
  desk: Desk,
  uri: vscode.Uri,
  quick: boolean,
  how: 'plainly' | 'from the Explorer' | 'quietly' = 'plainly',
): Promise<void> {
  const quiet = how === 'quietly';
  const known = findDocument(uri);
  const document = known && how !== 'from the Explorer' ? known : await open(uri);
  const { experiment, problems } = await onceRead(() =>
    readExperiment(document.getText(), undefined, { files: broughtBy(document.uri) }),
  );
  if (!experiment) {
    if (!quiet)
      tellProblems(uri, problems).catch((error: unknown) => report('The problems could not be shown', error));
    return;
  }
  const analysis = desk.analyses.of(uri);
  if (!quiet || !desk.dashboards.isOpen(uri)) desk.dashboards.show(analysis);
  if (analysis.running && isSame(analysis, experiment, quick)) return;
  await analysis.run(experiment, document.getText(), quick);
  tellFailure(analysis);
}

async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await showDocument(document, { preview: false, viewColumn: columnOfFiles(uri) });
  return document;
}

/** Where a file stands already, or else the first column without a dashboard: they lie side by side. */
function columnOfFiles(uri: vscode.Uri): vscode.ViewColumn {
  const groups = vscode.window.tabGroups.all;
  const holds = ({ tabs }: vscode.TabGroup): boolean =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  return (
    (groups.find(holds) ?? groups.find((group) => !hasDashboard(group)))?.viewColumn ?? vscode.ViewColumn.One
  );
}

function isSame(analysis: Analysis, experiment: Experiment, quick: boolean): boolean {
  const { live } = analysis;
  if (live?.quick !== quick) return false;
  const asked = quick ? withSeeds(experiment, 1) : experiment;
  return JSON.stringify(asked) === JSON.stringify(live.experiment);
}

async function tellProblems(uri: vscode.Uri, problems: readonly Problem[]): Promise<void> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  log().info(`${uri.path}: not analysed, ${errors.length} errors`);
  const message = `${fileNameOf(uri)} cannot be analysed yet. Line ${first.range.start.line + 1}: ${first.message}${more}`;
  const answer = await vscode.window.showErrorMessage(inNotification(message), 'Show Problems');
  if (answer === 'Show Problems') await showProblem(uri, first);
}

async function showProblem(uri: vscode.Uri, { range: { start, end } }: Problem): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await showDocument(uri, { selection });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function tellFailure(analysis: Analysis): void {
  const { status, message } = analysis.runState;
  if (status === 'failed') tellError(`${fileNameOf(analysis.uri)}: ${message}`);
}
