import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import * as vscode from 'vscode';
import { type BroughtFile, type BroughtFiles, BroughtError } from '../experiment/brought';
import { FormatError } from '../formats/format-error';
import { areRdms, rdmsIn } from '../formats/rdm-array';
import {
  ActivationsError,
  experimentOfActivations,
  type NearTable,
} from '../language/experiment-of-activations';
import { experimentOfRdms, type RdmsFile } from '../language/experiment-of-rdms';
import { readBrought } from '../sources/brought-files';
import { broughtBy, onceRead } from './brought';
import { command } from './command';
import { exists } from './open-text';
import { inNotification } from './shown-text';

const endings = ['npy', 'npz', 'safetensors', 'h5', 'hdf5', 'mat', 'json'];
/** Numbers of an array that is looked at: whether it holds RDMs. */
const mostLooked = 20_000_000;
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
    filters: { 'Activations and RDMs': [...endings, 'csv'] },
    openLabel: 'Create Experiment',
    title: 'Activations (stimuli × units) or RDMs',
  });
}

/** Writes the experiment beside the first file, under a name that is free, and opens it. */
async function create(files: readonly vscode.Uri[]): Promise<void> {
  const [first] = files;
  if (files.some(({ scheme }) => scheme !== 'file'))
    throw new ActivationsError('Activations are read from the disk: save the files there first.');
  const folder = vscode.Uri.joinPath(first, '..');
  const brought = broughtBy(first);
  const paths = files.map((file) => relative(folder.fsPath, file.fsPath).replaceAll('\\', '/'));
  const all = await onceRead(() => paths.flatMap((path) => brought.matching(path).slice(0, 1)));
  const read = all.map((found, at): RdmsFile => {
    const rdms = rdmsAmong(found);
    const names = rdms.includes('models') ? modelNames(found.path) : {};
    return { path: paths[at], shapes: found.shapes, rdms, ...names };
  });
  const freeName = await freeNameOf(folder, 'stimuli.csv');
  const tables = (await tablesIn(folder, brought)).filter(
    ({ path }) => !read.some((one) => one.path === path),
  );
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
  await vscode.window.showTextDocument(written, { preview: false });
}

/** The arrays of a file that are RDMs: symmetric squares with zeros on their diagonals, and upper triangles in files that are called so. */
function rdmsAmong({ path, digest, shapes }: BroughtFile): string[] {
  const named = /rdm/i.test(basename(path));
  return [...shapes].flatMap(([array, shape]) => {
    const numbers = shape.reduce((product, length) => product * length, 1);
    if (numbers > mostLooked || shape.length > 3) return [];
    try {
      const { isSquare } = rdmsIn(path, shape);
      return isSquare ? (areRdms(readBrought(path, array, digest)) ? [array] : []) : named ? [array] : [];
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  });
}

/** What the file says that its models are called: as many texts under `model_names`. */
function modelNames(path: string): { modelNames?: readonly string[] } {
  if (!/\.json$/i.test(path)) return {};
  const { model_names: names } = JSON.parse(readFileSync(path, 'utf8')) as { model_names?: unknown };
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? { modelNames: names } : {};
}

async function tablesIn(folder: vscode.Uri, brought: BroughtFiles): Promise<NearTable[]> {
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  return names
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort()
    .slice(0, mostTables)
    .flatMap((path) => {
      try {
        return [{ path, columns: brought.columns(path) }];
      } catch (error) {
        // What is no table is none of these stimuli.
        if (error instanceof BroughtError) return [];
        throw error;
      }
    });
}

/** Nothing that is there is replaced. */
async function freeNameOf(folder: vscode.Uri, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : name.replace('.', ` ${number}.`);
    if (!(await exists(vscode.Uri.joinPath(folder, tried)))) return tried;
  }
}
