import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { showDocument } from '../../../src/editor/show-document';
import { test } from './runner';
import { inWorkspace } from './workspace';

test('a document in whose place others are opened meanwhile was shown all the same', async () => {
  const documents = await Promise.all(
    [0, 1, 2, 3].map((content) => vscode.workspace.openTextDocument({ content: String(content) })),
  );
  await Promise.all(documents.map((document) => showDocument(document)));
  assert.equal(vscode.window.activeTextEditor?.document.getText(), '3');
  for (let closed = 0; closed < documents.length; closed++)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
});

test('a document that is nowhere is not shown, and that is said', async () => {
  await assert.rejects(showDocument(inWorkspace('nowhere.txt')), /nowhere\.txt/);
});
