import * as vscode from 'vscode';
import { beginning } from '../language/beginning';
import { choose } from './choose';
import { command } from './command';
import { fileNameOf } from './experiment-file';
import { openText } from './open-text';
import { folderOf } from './save-file';
import { inLabel } from './shown-text';
import { stepDone } from './steps-done';

interface Example {
  readonly uri: vscode.Uri;
  readonly title: string;
  /** What it answers: the first paragraph of its comment … */
  readonly question: string;
  /** … and the others. */
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
        item.description = example.question;
        item.tooltip = [example.question, example.about].join('\n\n').trim();
        item.command = { title: 'Open Example', command: 'repscope.openExample', arguments: [example.uri] };
        return item;
      },
    },
  });
  return vscode.Disposable.from(
    view,
    command('repscope.openExample', 'The example could not be opened', async (argument) => {
      const uri = argument instanceof vscode.Uri ? argument : await chosenOf(await examples());
      if (!uri) return;
      await openCopy(uri);
      stepDone('example');
    }),
    command('repscope.newExperiment', 'No experiment was begun', () =>
      openText(unsaved(), 'new.experiment.json', beginning),
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
      const [question = '', ...about] = paragraphs(text);
      return {
        uri,
        title: title === undefined ? name : (JSON.parse(title) as string),
        question,
        about: about.join('\n\n'),
      };
    });
  const isHeadline = ({ uri }: Example): number => Number(fileNameOf(uri) === headline);
  return (await Promise.all(examples)).sort(
    (a, b) => isHeadline(b) - isHeadline(a) || a.title.localeCompare(b.title),
  );
}

/** The paragraphs of the comment at the head of a file. */
function paragraphs(text: string): string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, Math.max(0, end))
    .map((line) => line.replace(/^\/\/\s?/, ''))
    .join('\n')
    .split('\n\n')
    .map((paragraph) => paragraph.replaceAll('\n', ' '));
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function chosenOf(examples: readonly Example[]): Promise<vscode.Uri | undefined> {
  const items = examples.map(({ uri, title, question }) => ({
    label: inLabel(title),
    detail: inLabel(question),
    uri,
  }));
  const wording = { title: 'Open Example', placeholder: 'An experiment to start from' };
  return (await choose(items, wording))?.uri;
}

async function openCopy(example: vscode.Uri): Promise<void> {
  // In the user's folder there is no schema beside the file; it is associated by the file's name.
  await openText(
    unsaved(),
    fileNameOf(example),
    (await textOf(example)).replace(/^\s*"\$schema":.*\r?\n/m, ''),
  );
}

/** The folder of what was never saved. */
function unsaved(): vscode.Uri {
  return folderOf(vscode.Uri.from({ scheme: 'untitled' }));
}
