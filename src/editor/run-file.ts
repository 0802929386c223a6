import * as vscode from 'vscode';
import { UserError } from '../verbs/user-error';
import type { Analyses } from './analyses';
import { fileNameOf, findDocument } from './experiment-file';
import { exists, openText } from './open-text';
import type { RunRecord } from './run-records';
import { folderOf } from './save-file';
import { inNotification } from './shown-text';
import { showDocument } from './show-document';

/**
 * The file of a run. One that had no place yet may have been saved since; one that is gone is written again, as it was when the run began,
 * if the user wants it.
 *
 * @returns undefined where the user does not
 */
export async function fileOf(analyses: Analyses, record: RunRecord): Promise<vscode.Uri | undefined> {
  const recorded = vscode.Uri.parse(record.uri);
  const document = findDocument(recorded);
  // VS Code keeps a document for a while after its file is gone and its tab is closed: only what is nowhere else counts.
  if (document && (document.isUntitled || document.isDirty)) return recorded;
  const file = placeOf(recorded);
  if (await exists(file)) return file;
  const answer = await vscode.window.showWarningMessage(
    inNotification(`${fileNameOf(file)} is not there any longer. Its text is kept with the run.`),
    'Restore',
  );
  return answer === 'Restore' ? restoreFile(analyses, record) : undefined;
}

/** Shows the file of a run as it was when the run began: put back where it is gone, else as a copy beside it. */
export async function restoreFile(analyses: Analyses, record: RunRecord): Promise<vscode.Uri> {
  const file = placeOf(vscode.Uri.parse(record.uri));
  const text = (await analyses.records.results(record.id))?.results.experiment;
  if (text === undefined) throw new UserError('the run found nothing, so its text was not kept.');
  if (await exists(file)) {
    await openText(vscode.Uri.joinPath(file, '..'), fileNameOf(file), text);
    return file;
  }
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await showDocument(file);
  return file;
}

/** Where a file is; of one that was never saved: where it would have been put. */
function placeOf(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === 'untitled' ? folderOf(uri).with({ path: uri.path }) : uri;
}
