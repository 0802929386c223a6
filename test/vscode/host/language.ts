import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { test } from './runner';
import { after, inWorkspace, open, problems, replace, show, until } from './workspace';

const tiny = (): string => readFileSync(inWorkspace('tiny.experiment.json').fsPath, 'utf8');

test('an experiment file is JSON with comments, checked against the schema', async () => {
  const document = await show('schema.experiment.json', '{\n  "title": "x",\n  \n}\n');
  assert.equal(document.languageId, 'jsonc');
  const items = await until('the schema completes keys', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(2, 2),
    );
    const labels = list.items.map(labelOf);
    return labels.some((label) => label.includes('stimuli')) && list.items;
  });
  const documented = items.filter((item) => labelOf(item).includes('stimuli') && item.documentation);
  assert.ok(documented.length > 0, 'the key comes without its documentation');
});

test('a good file has no problems', async () => {
  const document = await open(inWorkspace('tiny.experiment.json'));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.deepEqual(
    vscode.languages.getDiagnostics(document.uri).map(({ message }) => message),
    [],
  );
});

test('a misspelt feature is a problem at its place, and goes with the mistake', async () => {
  const document = await show('typo.experiment.json', tiny());
  await problems(document, 'none at first', (found) => found.length === 0);
  await replace(document, 'shape == circle', 'shap == circle');
  const [problem] = await problems(document, 'one while typing', (found) => found.length > 0);
  assert.ok(problem);
  assert.equal(document.getText(problem.range), 'shap');
  assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
  assert.match(problem.message, /shape/);
  await replace(document, 'shap == circle', 'shape == circle');
  await problems(document, 'none at last', (found) => found.length === 0);
});

test('the quick fix puts the nearest name', async () => {
  const document = await show('fix.experiment.json', tiny().replace('shape == circle', 'shap == circle'));
  const [problem] = await problems(document, 'one', (found) => found.length > 0);
  assert.ok(problem);
  const actions = await quickFixes(document, problem.range);
  const fix = actions.find(({ edit }) => edit?.has(document.uri));
  assert.ok(fix?.edit, `no quick fix with an edit among: ${actions.map(({ title }) => title).join(', ')}`);
  assert.match(fix.title, /shape/);
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
  assert.equal(document.getText(), tiny());
  await problems(document, 'none after the fix', (found) => found.length === 0);
});

test('what is wrong with the structure is said once, by JSON support, and mended by us', async () => {
  const mistakes: [what: string, from: string, to: string, fixes: boolean][] = [
    ['a key that is unknown', '"seeds": 2', '"sedes": 2', true],
    ['a key that is missing', '"features"', '"feature"', true],
    ['a key twice', '"seeds": 2', '"seeds": 2, "seeds": 3', true],
    ['a value that is unknown', '"adam"', '"adm"', true],
    ['a number that is too large', '"seeds": 2', '"seeds": 2000000', true],
    ['a number of the wrong kind', '"seeds": 2', '"seeds": "2"', true],
    ['a list that is too short', '["circle", "square"]', '["circle"]', true],
    ['a comma that is missing', '"seed": 0,', '"seed": 0', true],
    ['a value that is missing', '"seed": 0', '"seed": ', false],
  ];
  const document = await show('structure.experiment.json', tiny());
  for (const [what, from, to, fixes] of mistakes) {
    await replace(document, from, to);
    const found = await until(`a problem of ${what}`, () => {
      const all = vscode.languages.getDiagnostics(document.uri);
      return all.length > 0 && all;
    });
    const said = found.map(({ source, message }) => `${source}: ${message}`).join('\n');
    // Where a name is misspelt, another one may be missing; what a mistake means is ours to say.
    const places = found.map(({ range }) => `${range.start.line}:${range.start.character}`);
    assert.equal(new Set(places).size, places.length, `${what} is said twice:\n${said}`);
    assert.ok(
      found.some(({ source }) => source !== 'RepScope'),
      `${what}:\n${said}`,
    );
    const actions = await Promise.all(found.map(({ range }) => quickFixes(document, range)));
    const ours = actions.flat().filter(({ edit }) => edit?.has(document.uri));
    assert.equal(
      ours.length > 0,
      fixes,
      `${what} has the fixes ${ours.map(({ title }) => title).join(', ')}`,
    );
    await replace(document, to, from);
    await until(
      `no problem but for ${what}`,
      () => vscode.languages.getDiagnostics(document.uri).length === 0,
    );
  }
}, 60);

test('formulas complete the names of features, values and functions', async () => {
  const document = await show('complete.experiment.json', tiny().replace('shape == circle', 'sh'));
  const labels = await completions(document, after(document, '"easy": "sh'));
  for (const name of ['shape', 'noise', 'xor', 'parity'])
    assert.ok(labels.includes(name), `${name} in ${labels.join(', ')}`);
  await replace(document, '"easy": "sh"', '"easy": "shape == "');
  const values = await completions(document, after(document, 'shape == '));
  for (const name of ['circle', 'square'])
    assert.ok(values.includes(name), `${name} in ${values.join(', ')}`);
});

test('a name in a formula leads to its definition', async () => {
  const document = await open(inWorkspace('tiny.experiment.json'));
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    after(document, '"easy": "shape', 2),
  );
  const [first] = found;
  assert.ok(first, 'no definition');
  const range = 'targetUri' in first ? (first.targetSelectionRange ?? first.targetRange) : first.range;
  assert.equal(range.start.line, after(document, '"shape"').line);
});

test('before any run, the hover of a task says what it computes and how often', async () => {
  const document = await show('before.experiment.json', tiny().replace('"Tiny"', '"Never run"'));
  const text = await hover(document, after(document, '"hard', 1));
  assert.match(text, /hard/);
  assert.match(text, /50 %|0\.50?\b/);
  assert.match(text, /linear/i);
});

test('hovers enable only our own commands, and names are text', async () => {
  const document = await open(inWorkspace('hostile.experiment.json'));
  for (const name of ['[run](command', '<script>alert', '<img src=x onerror=alert(1)>": {']) {
    const contents = await hovers(document, after(document, name, 3));
    const texts = contents.map(({ value }) => value).join('\n');
    assert.ok(!/\]\(command:workbench/.test(texts), `a live link in: ${texts}`);
    assert.ok(
      contents.every(({ supportHtml }) => supportHtml !== true) || !/<(script|img src=x)/.test(texts),
      texts,
    );
    for (const { isTrusted } of contents) {
      assert.notEqual(isTrusted, true);
      if (typeof isTrusted === 'object')
        for (const command of isTrusted.enabledCommands) assert.match(command, /^repscope\./);
    }
  }
});

test('lenses offer the analysis', async () => {
  const document = await open(inWorkspace('tiny.experiment.json'));
  const lenses = await until('code lenses', async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      20,
    );
    return found.length > 0 && found;
  });
  const titles = lenses.map(({ command }) => command?.title ?? '');
  assert.ok(
    titles.some((title) => /Analy[sz]e/.test(title)),
    titles.join(', '),
  );
});

/** The quick fixes at `range`, with their edits: these are made when a fix is asked for by itself. */
async function quickFixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const resolved = 20;
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    resolved,
  );
}

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  return until('completions', async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    return items.length > 0 && items.map(labelOf);
  });
}

const labelOf = ({ label }: vscode.CompletionItem): string =>
  typeof label === 'string' ? label : label.label;

async function hovers(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.MarkdownString[]> {
  return until(`a hover in ${document.uri.path} at line ${position.line + 1}`, async () => {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const contents = found.flatMap(({ contents }) => contents) as vscode.MarkdownString[];
    return contents.some(({ value }) => value.trim() !== '') && contents;
  });
}

async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  return (await hovers(document, position)).map(({ value }) => value).join('\n');
}
