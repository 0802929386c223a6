import * as vscode from 'vscode';
import { Store } from '../run/store/store';
import type { Analyses } from './analyses';

/** Deletes all finished work that is kept on disk, once the user has agreed. */
export async function clearStore(analyses: Analyses): Promise<void> {
  const store = await Store.open(analyses.engine.store, { adopt: true });
  const megabytes = Math.ceil((await store.size()) / 1e6);
  const answer = await vscode.window.showWarningMessage(
    `Delete all trained networks that RepScope keeps on this machine (${megabytes} MB)?`,
    {
      modal: true,
      detail: 'The history of runs and its numbers stay. Pictures of single replicates train them again.',
    },
    'Delete',
  );
  if (answer !== 'Delete') return;
  await store.clear();
  void vscode.window.showInformationMessage(`Deleted ${megabytes} MB of trained networks.`);
}
