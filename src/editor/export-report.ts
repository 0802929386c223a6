import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { ReportParts } from '../formats/html';
import type { Analyses } from './analyses';
import type { Analysis } from './analysis';
import { webviewFolder } from './dashboard-html';
import { shortNameOf, titled } from './experiment-file';
import { saveBytes } from './save-file';

/** Everything that an analysis found, as one HTML file that needs neither editor nor network. */
export async function exportReport(analyses: Analyses, uri: vscode.Uri): Promise<void> {
  const analysis = analyses.find(uri);
  if (!analysis?.results) {
    void vscode.window.showInformationMessage('There is nothing to report yet: analyze the file first.');
    return;
  }
  if (analysis.running) {
    void vscode.window.showInformationMessage(
      'The report is of a run that has ended: wait for the end, or cancel the analysis.',
    );
    return;
  }
  const bytes = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Writing the report…' },
    () => reportBytes(analyses, analysis),
  );
  await saveBytes(uri, `${shortNameOf(uri)}.report.html`, bytes);
}

async function reportBytes(analyses: Analyses, analysis: Analysis): Promise<Uint8Array> {
  const { results } = analysis;
  if (!results) throw new Error('The results have gone.');
  const [stimuli, details, [bundle, plotly, styles]] = await Promise.all([
    analysis.ask((session) => session.stimuli()),
    analysis.ask((session, experiment) =>
      Promise.all(
        experiment.networks.flatMap(({ name }, network) => {
          const first = analysis.offers.find((offer) => offer.network === name);
          return first ? [session.detail({ network, seed: first.seed }, null)] : [];
        }),
      ),
    ),
    Promise.all(
      ['dashboard.js', 'plotly-gl3d.js', 'dashboard.css'].map(async (file) => {
        const path = vscode.Uri.joinPath(webviewFolder(analyses.engine.extension), file);
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(path));
      }),
    ),
  ]);
  const analysedAt = analysis.resultsRecord?.finishedAt ?? undefined;
  const parts: ReportParts = {
    bundle,
    plotly,
    styles,
    results: titled(results, analysis.uri),
    stimuli,
    details,
    analysedAt,
  };
  return inThread(analyses.engine.reportScript, parts);
}

/** Compressing five megabytes takes a while: not on the editor's thread. */
function inThread(script: string, parts: ReportParts): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: parts });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The report's thread ended with ${code}.`)));
  });
}
