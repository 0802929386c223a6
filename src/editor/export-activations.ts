import * as vscode from 'vscode';
import { type Replicate, replicateLabel } from '../core/replicate';
import { counted } from '../language/wording';
import type { Analyses } from './analyses';
import type { Analysis } from './analysis';
import { chooseMany } from './choose';
import { fileNameOf, shortNameOf } from './experiment-file';
import { exported } from './exported';
import { report } from './log';
import { exists } from './open-text';
import { folderOf, saveBytes, saySavedIn } from './save-file';
import { inLabel, inNotification } from './shown-text';

/**
 * The activations of replicates as safetensors files: of every layer, on the fit and the test stimuli, with their labels. One goes where the
 * user says; several go into a folder, as the command line lays them out.
 */
export async function exportActivations(analyses: Analyses, uri: vscode.Uri): Promise<void> {
  const analysis = analyses.find(uri);
  // Of those that still train there is a picture only.
  const offers = analysis?.offers.filter(({ until }) => until === undefined) ?? [];
  if (!analysis || offers.length === 0) {
    void vscode.window.showInformationMessage('There are no activations yet: analyze the file first.');
    return;
  }
  const chosen = await chooseMany(itemsOf(offers), {
    title: 'Export Activations',
    placeholder: 'The replicates whose activations are saved',
  });
  const replicates = [...new Set(chosen?.flatMap((item) => item.replicates) ?? [])];
  const make = ({ source, point, seed }: Replicate) =>
    exported(analyses.engine, analysis, { what: 'activations', source, point, seed });
  if (replicates.length === 1) {
    const [{ source, point, seed }] = replicates;
    const { bytes } = await make(replicates[0]);
    const which = [source, ...(point === 0 ? [] : [point]), seed].join(' ');
    await saveBytes(uri, `${shortNameOf(uri)} ${which}.safetensors`, bytes);
  } else if (replicates.length > 1) await exportSome(analysis, replicates, make);
}

/** All, those of each network, and each of them. */
function itemsOf(offers: readonly Replicate[]) {
  const networks = [...new Set(offers.map(({ source }) => source))];
  const item = (name: string, replicates: readonly Replicate[]) => ({ label: inLabel(name), replicates });
  const all = (name: string, replicates: readonly Replicate[]) =>
    replicates.length > 1 ? [item(`${name} (${counted(replicates.length, 'replicate')})`, replicates)] : [];
  return [
    ...(networks.length > 1 ? all('All', offers) : []),
    ...networks.flatMap((name) =>
      all(
        `All of ${name}`,
        offers.filter(({ source }) => source === name),
      ),
    ),
    ...offers.map((one) => item(replicateLabel(one), [one])),
  ];
}

async function exportSome(
  { uri }: Analysis,
  replicates: readonly Replicate[],
  make: (replicate: Replicate) => ReturnType<typeof exported>,
): Promise<void> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      ...{ canSelectFiles: false, canSelectFolders: true, defaultUri: folderOf(uri) },
      ...{ openLabel: 'Save Here', title: `The folder for ${counted(replicates.length, 'file')}` },
    })) ?? [];
  if (!folder) return;
  let saved = 0;
  const title = `Saving the activations of ${counted(replicates.length, 'replicate')}…`;
  const progress = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(progress, async (bar, stop) => {
    let replace = false;
    for (const replicate of replicates) {
      if (stop.isCancellationRequested) return;
      bar.report({ message: inNotification(replicateLabel(replicate)) });
      const { path, bytes } = await make(replicate);
      const file = vscode.Uri.joinPath(folder, path);
      if (!replace && (await exists(file))) {
        replace = await mayReplace(file);
        if (!replace) return;
      }
      await vscode.workspace.fs.writeFile(file, bytes);
      bar.report({ increment: 100 / replicates.length });
      saved++;
    }
  });
  if (saved > 0)
    void saySavedIn(folder, saved).catch((error: unknown) => report('The folder could not be shown', error));
}

async function mayReplace(file: vscode.Uri): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    `${inNotification(fileNameOf(vscode.Uri.joinPath(file, '..')))}/${fileNameOf(file)} is there already. Replace what is there?`,
    { modal: true },
    'Replace',
  );
  return answer === 'Replace';
}
