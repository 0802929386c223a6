import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { shortNameOf } from './experiment-file';
import { exported } from './exported';
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
  const { bytes } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Writing the report…' },
    () => exported(analyses.engine, analysis, { what: 'report' }),
  );
  await saveBytes(uri, `${shortNameOf(uri)}.report.html`, bytes);
}
