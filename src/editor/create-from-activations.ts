import { relative } from 'node:path';
import * as vscode from 'vscode';
import { BroughtError, NotReadYet } from '../experiment/brought';
import {
  ActivationsError,
  experimentOfActivations,
  type NearTable,
} from '../language/experiment-of-activations';
import { experimentOfRdms, type RdmsFile } from '../language/experiment-of-rdms';
import type { FilesHere } from '../sources/brought-files';
import { filesBeside, onceRead } from './brought';
import { command } from './command';
import { exists } from './open-text';
import { inNotification } from './shown-text';
import { showDocument } from './show-document';

const endings = ['npy', 'npz', 'safetensors', 'csv', 'h5', 'hdf5', 'mat', 'json'];
/** Tables beside the activations that are looked at. */
const mostTables = 50;

/** Create Experiment from Activations…: of the files that are selected in the Explorer, or chosen in a dialog. */
export function registerCreateFromActivations(): vscode.Disposable {
  return command(
    'repscope.createFromActivations',
    'No experiment was created',
    async (argument, selection) => {
      const files = selected(argument, selection) ?? (await chosen());
      if (!files || files.length === 0) return;
      try {
        await create(files);
      } catch (error) {
        if (!(error instanceof ActivationsError || error instanceof BroughtError)) throw error;
        void vscode.window.showErrorMessage(inNotification(error.message));
      }
    },
  );
}

/** What the Explorer says; undefined from the palette. */
function selected(argument: unknown, selection: unknown): vscode.Uri[] | undefined {
  const all = Array.isArray(selection) ? selection : argument === undefined ? [] : [argument];
  const uris = all.filter((one): one is vscode.Uri => one instanceof vscode.Uri);
  const files = uris.filter(({ path }) =>
    endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`)),
  );
  return files.length > 0 ? files : undefined;
}

async function chosen(): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { 'Activations and RDMs': endings },
    openLabel: 'Create Experiment',
    title: 'Activations (stimuli × units) or RDMs',
  });
}

/** Writes the experiment beside the first file, under a name that is free, and opens it. */
async function create(files: readonly vscode.Uri[]): Promise<void> {
  const [first] = files;
  const brought = filesBeside(first);
  if (!brought || files.some(({ scheme }) => scheme !== 'file'))
    throw new ActivationsError('Activations are read from the disk: save the files there first.');
  const folder = vscode.Uri.joinPath(first, '..');
  const paths = files.map((file) => relative(folder.fsPath, file.fsPath).replaceAll('\\', '/'));
  const read = await onceRead(() => filesIn(paths, brought));
  const freeName = await freeNameOf(folder, 'stimuli.csv');
  const near = (await namesOfTables(folder)).filter((path) => !paths.includes(path));
  const tables = await onceRead(() => tablesIn(near, brought));
  const ofRdms = read.every(({ rdms }) => rdms.length > 0);
  const { experiment, table } = ofRdms
    ? experimentOfRdms(read, tables, freeName)
    : experimentOfActivations(read, tables, freeName);
  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const file = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    return file;
  };
  if (table) await write(table.name, table.text);
  const written = await write(
    await freeNameOf(folder, `${ofRdms ? 'rdms' : 'activations'}.experiment.json`),
    experiment,
  );
  await showDocument(written);
}

/** The files that are selected, the first of each pattern. */
function filesIn(paths: readonly string[], brought: FilesHere): RdmsFile[] {
  return each(paths, (path) => {
    const [{ path: place, shapes }] = brought.matching(path);
    return { path, shapes, ...brought.rdms(place) };
  });
}

async function namesOfTables(folder: vscode.Uri): Promise<string[]> {
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  return names
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort()
    .slice(0, mostTables);
}

function tablesIn(paths: readonly string[], brought: FilesHere): NearTable[] {
  const found = each(paths, (path) => {
    try {
      return { path, columns: brought.columns(path) };
    } catch (error) {
      // What is no table is none of these stimuli.
      if (error instanceof BroughtError && !(error instanceof NotReadYet)) return null;
      throw error;
    }
  });
  return found.filter((one) => one !== null);
}

/** All are asked, so that what is not read yet is read at once. */
function each<T>(paths: readonly string[], ask: (path: string) => T): T[] {
  let later: NotReadYet | undefined;
  const found = paths.flatMap((path) => {
    try {
      return [ask(path)];
    } catch (error) {
      if (!(error instanceof NotReadYet)) throw error;
      later = error;
      return [];
    }
  });
  if (later) throw later;
  return found;
}

/** Nothing that is there is replaced. */
async function freeNameOf(folder: vscode.Uri, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : name.replace('.', ` ${number}.`);
    if (!(await exists(vscode.Uri.joinPath(folder, tried)))) return tried;
  }
}
