import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { analysisOf, extension } from './extension';
import { test } from './runner';
import { inWorkspace, open, replace, show, until, written } from './workspace';

const tiny = (): string => readFileSync(inWorkspace('tiny.experiment.json').fsPath, 'utf8');

test('an analysis trains every replicate, opens its dashboard beside and leaves the focus where it is', async () => {
  const document = await open(inWorkspace('tiny.experiment.json'));
  await vscode.commands.executeCommand('repscope.analyze', document.uri);
  const { runState, results } = await analysisOf(document.uri);
  assert.deepEqual(
    { status: runState.status, finished: runState.finished, planned: runState.planned },
    { status: 'done', finished: 4, planned: 4 },
  );
  assert.deepEqual(
    results?.networks.map(({ name }) => name),
    ['both', 'easy only'],
  );
  assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString());
  const dashboards = vscode.window.tabGroups.all.filter(({ tabs }) => tabs.some(isDashboard));
  assert.deepEqual(
    dashboards.map(({ viewColumn }) => viewColumn),
    [vscode.ViewColumn.Two],
  );
}, 90);

test('hazards stand in Problems as information, at what they name, while the results are those of the file', async () => {
  const document = await open(inWorkspace('tiny.experiment.json'));
  const told = (): vscode.Diagnostic[] =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ code }) => typeof code === 'object' && code.value === 'too-few-seeds');
  const found = await until('hazards in Problems', () => (told().length > 0 ? told() : undefined));
  assert.deepEqual(
    found.map(({ range, severity }) => [document.getText(range), severity]),
    [
      ['"both"', vscode.DiagnosticSeverity.Information],
      ['"easy only"', vscode.DiagnosticSeverity.Information],
    ],
  );
  await replace(document, '"seeds": 2', '"seeds": 3');
  await until('none of an edited file', () => told().length === 0);
  await replace(document, '"seeds": 3', '"seeds": 2');
  await until('them again', () => told().length === 2);
  await document.save();
}, 30);

test('what was trained is not trained again', async () => {
  const uri = inWorkspace('tiny.experiment.json');
  const before = (await analysisOf(uri)).results?.fingerprint;
  await vscode.commands.executeCommand('repscope.analyze', uri);
  assert.equal((await analysisOf(uri)).results?.fingerprint, before);
});

test('the text of the editor is analysed, saved or not', async () => {
  const document = await show('unsaved.experiment.json', tiny());
  await replace(document, '"Tiny"', '"Not saved"');
  await replace(document, '"seeds": 2', '"seeds": 1');
  assert.ok(document.isDirty);
  await vscode.commands.executeCommand('repscope.analyze', document.uri);
  const { results } = await analysisOf(document.uri);
  assert.equal(results?.title, 'Not saved');
  assert.ok(results?.networks.every(({ replicates }) => replicates.length === 1));
  await document.save();
}, 60);

test('an untitled experiment is analysed', async () => {
  const uri = vscode.Uri.parse('untitled:/new.experiment.json');
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), tiny().replace('"seeds": 2', '"seeds": 1'));
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('repscope.analyze', uri);
  assert.equal((await analysisOf(uri)).runState.status, 'done');
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}, 60);

test('an untitled experiment takes its results along when it is saved, though its file opens empty first', async () => {
  const untitled = vscode.Uri.parse('untitled:/along.experiment.json');
  const document = await vscode.workspace.openTextDocument(untitled);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(untitled, new vscode.Position(0, 0), tiny().replace('"seed": 0', '"seed": 18'));
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('repscope.analyze', untitled);
  const text = document.getText();
  // As VS Code does it.
  const file = await vscode.workspace.openTextDocument(await written('along.experiment.json', ''));
  const filling = new vscode.WorkspaceEdit();
  filling.insert(file.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(filling);
  await file.save();
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  const { analyses } = await extension().activate();
  await until('the file has the results', () => analyses.find(file.uri)?.runState.status === 'done');
  assert.equal(analyses.find(untitled), undefined);
}, 60);

test('a quick look trains one seed', async () => {
  const document = await show('quick.experiment.json', tiny().replace('"seed": 0', '"seed": 7'));
  await vscode.commands.executeCommand('repscope.quickLook', document.uri);
  const { runState, results } = await analysisOf(document.uri);
  assert.equal(runState.quick, true);
  assert.ok(results?.networks.every(({ replicates }) => replicates.length === 1));
}, 60);

test('a file with errors is not analysed', async () => {
  const document = await show('broken.experiment.json', tiny().replace('shape ==', 'shap =='));
  await vscode.commands.executeCommand('repscope.analyze', document.uri);
  const { analyses } = await extension().activate();
  assert.equal(analyses.find(document.uri)?.running ?? false, false);
});

test('an analysis is cancelled at once and keeps what is finished', async () => {
  const document = await open(inWorkspace('slow.experiment.json'));
  const ended = vscode.commands.executeCommand('repscope.analyze', document.uri);
  await until(
    'a replicate is finished',
    async () => {
      const { analyses } = await extension().activate();
      return (analyses.find(document.uri)?.runState.finished ?? 0) > 0;
    },
    60,
  );
  await vscode.commands.executeCommand('repscope.cancel', document.uri);
  await ended;
  const { runState, results, running } = await analysisOf(document.uri);
  assert.equal(running, false);
  assert.equal(runState.status, 'cancelled');
  const done = results?.networks
    .flatMap(({ replicates }) => replicates)
    .filter(({ status }) => status === 'done');
  assert.ok((done?.length ?? 0) > 0, 'what was finished is gone');
}, 90);

test('two experiments run at once, and the one in front is cancelled alone', async () => {
  const slow = readFileSync(inWorkspace('slow.experiment.json').fsPath, 'utf8');
  const second = await show('second.experiment.json', slow.replace('"seed": 0', '"seed": 1'));
  const first = await open(inWorkspace('slow.experiment.json'));
  const ended = [first, second].map(({ uri }) => vscode.commands.executeCommand('repscope.analyze', uri));
  const running = async (uri: vscode.Uri): Promise<boolean> =>
    (await extension().activate()).analyses.find(uri)?.running ?? false;
  await until('both run', async () => (await running(first.uri)) && running(second.uri));
  await vscode.window.showTextDocument(first);
  await vscode.commands.executeCommand('repscope.cancel');
  assert.deepEqual([await running(first.uri), await running(second.uri)], [false, true]);
  await vscode.commands.executeCommand('repscope.cancel', second.uri);
  await Promise.all(ended);
  assert.equal(await running(second.uri), false);
}, 60);

test('a run that is cancelled before it found anything leaves what there was, pictures and all', async () => {
  const document = await show('before.experiment.json', tiny().replace('"seed": 0', '"seed": 11'));
  await vscode.commands.executeCommand('repscope.analyze', document.uri);
  const analysis = await analysisOf(document.uri);
  const found = analysis.results?.fingerprint;
  await replace(document, '"epochs": 30', '"epochs": 20000');
  const ended = vscode.commands.executeCommand('repscope.analyze', document.uri);
  await until('a first picture of the new run', () => analysis.shown !== analysis.results, 30);
  assert.equal(analysis.experiment?.networks[0]?.training.totalSteps, 20000 * 8);
  await vscode.commands.executeCommand('repscope.cancel', document.uri);
  await ended;
  assert.equal(analysis.shown?.fingerprint, found);
  assert.equal(analysis.experiment?.networks[0]?.training.totalSteps, 30 * 8);
  assert.match(analysis.runState.message, /^Cancelled: 0 of 4 .* before this one\.$/);
  // Asked for now, a picture is of the results that are shown.
  const { epoch } = await analysis.picture({
    kind: 'replicate',
    place: { source: 'both', point: 0, seed: 0, step: 30 * 8 },
    parameters: undefined,
  });
  assert.equal(epoch, 30);
}, 90);

test('of several runs that wait for the end of one, the last begins and can be cancelled', async () => {
  const text = tiny().replace('"epochs": 30', '"epochs": 20000');
  const document = await show('again.experiment.json', text.replace('"seed": 0', '"seed": 12'));
  const first = vscode.commands.executeCommand('repscope.analyze', document.uri);
  await until('it runs', async () => (await analysisOf(document.uri)).running);
  const others: Thenable<unknown>[] = [];
  for (const seed of ['13', '14', '15']) {
    await replace(document, /"seed": \d+/.exec(document.getText())?.[0] ?? '', `"seed": ${seed}`);
    others.push(vscode.commands.executeCommand('repscope.analyze', document.uri));
  }
  await first;
  const analysis = await analysisOf(document.uri);
  await until('the last of them runs', () => analysis.running && analysis.experiment?.stimuli.seed === 15);
  await vscode.commands.executeCommand('repscope.cancel', document.uri);
  await Promise.all(others);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.deepEqual([analysis.running, analysis.runState.status], [false, 'cancelled']);
}, 60);

test('a run in which nothing could be trained has failed, and says why', async () => {
  const text = tiny().replace(
    '"optimizer": "adam", "learningRate": 0.01',
    '"optimizer": "sgd", "learningRate": 1e20',
  );
  const document = await show('diverges.experiment.json', text);
  void vscode.commands.executeCommand('repscope.analyze', document.uri);
  const analysis = await until(
    'it has failed',
    async () => {
      const { analyses } = await extension().activate();
      const known = analyses.find(document.uri);
      return known?.runState.status === 'failed' && known;
    },
    30,
  );
  assert.match(
    analysis.runState.message,
    /^Failed: no replicate could be trained\. both\/0: Training diverged/,
  );
}, 60);

function isDashboard({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.includes('repscope.dashboard');
}
