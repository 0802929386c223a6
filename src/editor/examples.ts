import * as vscode from 'vscode';
import { beginning } from '../language/beginning';
import { choose } from './choose';
import { command } from './command';
import { fileNameOf, findDocument } from './experiment-file';
import { folderOf } from './save-file';
import { inLabel } from './shown-text';

interface Example {
  readonly uri: vscode.Uri;
  readonly title: string;
  readonly about: string;
}

/** The one that the others vary comes first. */
const headline = 'easy-vs-hard.experiment.json';

/** The gallery of examples: each opens as a copy that is nowhere on disk yet. So does a new experiment. */
export function registerExamples(extension: vscode.Uri): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extension, 'examples');
  const examples = (): Promise<Example[]> => read(folder);
  const view = vscode.window.createTreeView<Example>('repscope.examples', {
    treeDataProvider: {
      getChildren: (element) => (element ? [] : examples()),
      getTreeItem(example) {
        const item = new vscode.TreeItem(example.title);
        item.iconPath = new vscode.ThemeIcon('beaker');
        item.tooltip = example.about;
        item.command = { title: 'Open Example', command: 'repscope.openExample', arguments: [example.uri] };
        return item;
      },
    },
  });
  return vscode.Disposable.from(
    view,
    command('repscope.openExample', 'The example could not be opened', async (argument) => {
      const uri = argument instanceof vscode.Uri ? argument : await chosenOf(await examples());
      if (uri) await openCopy(uri);
    }),
    command('repscope.newExperiment', 'No experiment was begun', () =>
      openText('new.experiment.json', beginning),
    ),
  );
}

async function read(folder: vscode.Uri): Promise<Example[]> {
  const files = await vscode.workspace.fs.readDirectory(folder);
  const examples = files
    .filter(([name]) => name.endsWith('.experiment.json'))
    .map(async ([name]): Promise<Example> => {
      const uri = vscode.Uri.joinPath(folder, name);
      const text = await textOf(uri);
      const title = /"title":\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
      return { uri, title: title === undefined ? name : (JSON.parse(title) as string), about: comment(text) };
    });
  const isHeadline = ({ uri }: Example): number => Number(fileNameOf(uri) === headline);
  return (await Promise.all(examples)).sort(
    (a, b) => isHeadline(b) - isHeadline(a) || a.title.localeCompare(b.title),
  );
}

/** The comment at the head of a file. */
function comment(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, Math.max(0, end))
    .map((line) => line.replace(/^\/\/\s?/, ''))
    .join(' ');
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function chosenOf(examples: readonly Example[]): Promise<vscode.Uri | undefined> {
  const items = examples.map(({ uri, title, about }) => ({
    label: inLabel(title),
    detail: inLabel(about),
    uri,
  }));
  const wording = { title: 'Open Example', placeholder: 'An experiment to start from' };
  return (await choose(items, wording))?.uri;
}

async function openCopy(example: vscode.Uri): Promise<void> {
  // In the user's folder there is no schema beside the file; it is associated by the file's name.
  await openText(fileNameOf(example), (await textOf(example)).replace(/^\s*"\$schema":.*\r?\n/m, ''));
}

/** Opens a text under a name that is still free, so that saving it puts it there; a copy that is open and unchanged serves. */
async function openText(name: string, content: string): Promise<void> {
  const uri = await freeName(folderOf(vscode.Uri.from({ scheme: 'untitled' })), name, content);
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.getText() === '') {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), content);
    await vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(document, { preview: false });
}

async function freeName(folder: vscode.Uri, name: string, content: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : name.replace('.experiment.json', ` ${number}.experiment.json`);
    const file = vscode.Uri.joinPath(folder, tried);
    const taken = await vscode.workspace.fs.stat(file).then(
      () => true,
      () => false,
    );
    const untitled = file.with({ scheme: 'untitled' });
    const open = findDocument(untitled);
    if (!taken && (!open || open.getText() === content)) return untitled;
  }
}
