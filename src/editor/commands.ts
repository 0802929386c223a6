import * as vscode from 'vscode';
import { type Desk, analyze, chosenExperiment } from './analyze';
import { settings } from './settings';
import { experimentOf, isExperiment } from './experiment-file';
import { command } from './command';
import { report } from './log';

/** The commands on one experiment file. */
export function registerCommands(desk: Desk): vscode.Disposable {
  return vscode.Disposable.from(
    ...runCommands(desk),
    ...viewCommands(desk),
    ...exportCommands(desk),
    command('repscope.compare', 'The runs could not be compared', async (argument) => {
      const { compareRuns } = await import('./compare-runs');
      await compareRuns(desk, argument);
    }),
    command('repscope.pairNetworks', 'The networks could not be paired', async (argument) => {
      const { pairNetworks } = await import('./pair-networks');
      await pairNetworks(desk, argument);
    }),
    command('repscope.clearStore', 'The store was not cleared', async () => {
      const { clearStore } = await import('./clear-store');
      await clearStore(desk.analyses);
    }),
    analyzeOnSave(desk),
  );
}

type OnFile = (uri: vscode.Uri, how: 'plainly' | 'from the Explorer') => Promise<void>;

/** A command on the file that it is about. */
const onFile =
  (desk: Desk) =>
  (then: OnFile) =>
  async (argument: unknown, selection: unknown): Promise<void> => {
    const uri = chosenExperiment(desk, argument);
    // The Explorer tells beside the file what is selected there.
    if (uri) await then(uri, Array.isArray(selection) ? 'from the Explorer' : 'plainly');
  };

function runCommands(desk: Desk): vscode.Disposable[] {
  const { analyses, dashboards } = desk;
  const on = onFile(desk);
  return [
    command(
      'repscope.analyze',
      'The analysis did not start',
      on((uri, how) => analyze(desk, uri, false, how)),
    ),
    command(
      'repscope.quickLook',
      'The quick look did not start',
      on((uri, how) => analyze(desk, uri, true, how)),
    ),
    command(
      'repscope.resume',
      'The analysis did not go on',
      on(async (uri) => {
        await analyses.restore(uri);
        await analyze(desk, uri, analyses.find(uri)?.record?.quick ?? false);
      }),
    ),
    command('repscope.cancel', 'The analysis could not be cancelled', async (argument) => {
      const { running } = analyses;
      const uri = experimentOf(argument, dashboards.active);
      const chosen = running.filter((one) => one.uri.toString() === uri?.toString());
      // Whoever looks at something else than what runs means all that runs.
      const meant = chosen.length > 0 || argument instanceof vscode.Uri ? chosen : running;
      if (meant.length === 0) void vscode.window.showInformationMessage('No analysis is running.');
      await Promise.all(meant.map((analysis) => analysis.cancel()));
    }),
  ];
}

function viewCommands(desk: Desk): vscode.Disposable[] {
  const { analyses, dashboards } = desk;
  const on = onFile(desk);
  return [
    command(
      'repscope.showDashboard',
      'The dashboard could not be shown',
      on(async (uri) => {
        await analyses.restore(uri);
        dashboards.show(analyses.of(uri));
      }),
    ),
    command(
      'repscope.showHazards',
      'The hazards could not be shown',
      on(async (uri) => {
        await analyses.restore(uri);
        const analysis = analyses.of(uri);
        analysis.showHazards();
        dashboards.show(analysis);
      }),
    ),
  ];
}

function exportCommands(desk: Desk): vscode.Disposable[] {
  const { analyses } = desk;
  const on = onFile(desk);
  return [
    command(
      'repscope.exportReport',
      'The report was not written',
      on(async (uri) => {
        await analyses.restore(uri);
        const { exportReport } = await import('./export-report');
        await exportReport(analyses, uri);
      }),
    ),
    command(
      'repscope.exportActivations',
      'The activations were not written',
      on(async (uri) => {
        await analyses.restore(uri);
        const { exportActivations } = await import('./export-activations');
        await exportActivations(analyses, uri);
      }),
    ),
  ];
}

function analyzeOnSave(desk: Desk): vscode.Disposable {
  const { analyses } = desk;
  return vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    if (!settings.analyzeOnSave(uri) || !isExperiment(uri)) return;
    const state = analyses.state(uri);
    // Saved once more as it was analyzed: nothing would come of it but another entry in the history.
    const fresh = state?.status === 'done' && !state.stale && analyses.find(uri)?.record?.quick === false;
    if (fresh) return;
    analyze(desk, uri, false, 'quietly').catch((error: unknown) =>
      report('The analysis did not start', error),
    );
  });
}
