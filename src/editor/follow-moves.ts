import * as vscode from 'vscode';
import { broughtBy, onceRead } from './brought';
import { readExperiment } from '../sources/read-experiment';
import type { Experiment } from '../experiment/experiment';
import { findDocument, isExperiment } from './experiment-file';
import { log, reason } from './log';

/** An untitled document closes within this time of its file's opening, where it was saved as that file (milliseconds). */
const saving = 5000;

/** What of the analyses is asked here (they make us, and so are not imported). */
interface Movable {
  readonly all: readonly { readonly uri: vscode.Uri }[];
  readonly records: { load(): Promise<unknown>; readonly all: readonly { readonly uri: string }[] };
  find(uri: vscode.Uri): { says(experiment: Experiment): boolean } | undefined;
  move(from: vscode.Uri, to: vscode.Uri): Promise<void>;
}

/** Results go along when a file is renamed, and when an untitled one is saved. */
export function followMoves(analyses: Movable): vscode.Disposable {
  /** Untitled documents whose text was just opened or saved as a file. */
  const saved = new Map<string, { to: vscode.Uri; until: number }>();
  const move = (from: vscode.Uri, to: vscode.Uri): void => {
    analyses
      .move(from, to)
      .catch((error: unknown) =>
        log().warn(`The runs of ${from.path} stay under that name: ${reason(error)}`),
      );
  };
  const arrived = async (document: vscode.TextDocument): Promise<void> => {
    const { uri } = document;
    if (uri.scheme === 'untitled' || !isExperiment(uri)) return;
    const untitled = urisOf(analyses).filter(({ scheme }) => scheme === 'untitled');
    if (untitled.length === 0) return;
    const { experiment } = await onceRead(() =>
      readExperiment(document.getText(), undefined, { files: broughtBy(uri) }),
    );
    if (!experiment) return;
    for (const from of untitled) {
      if (analyses.find(from)?.says(experiment) !== true) continue;
      if (findDocument(from)) saved.set(from.toString(), { to: uri, until: Date.now() + saving });
      else {
        move(from, uri);
        return;
      }
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidRenameFiles(async ({ files }) => {
      await analyses.records.load();
      const known = [...analyses.records.all.map(({ uri }) => vscode.Uri.parse(uri)), ...urisOf(analyses)];
      for (const { oldUri, newUri } of files)
        for (const from of distinct(known)) {
          const to = renamed(from, oldUri, newUri);
          if (to && isExperiment(to)) move(from, to);
        }
    }),
    // VS Code saves an untitled document by making an empty file, opening, filling and saving that, and closing the document: of the
    // first and the last, which comes first is its affair, and so is whether the file is still empty when we hear of it.
    vscode.workspace.onDidOpenTextDocument((document) => void arrived(document)),
    vscode.workspace.onDidSaveTextDocument((document) => void arrived(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      const known = saved.get(uri.toString());
      saved.delete(uri.toString());
      if (known && Date.now() < known.until) move(uri, known.to);
    }),
  );
}

function urisOf(analyses: Movable): vscode.Uri[] {
  return analyses.all.map(({ uri }) => uri);
}

function distinct(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

/** Where a file is once it, or a folder around it, has another name. */
function renamed(file: vscode.Uri, from: vscode.Uri, to: vscode.Uri): vscode.Uri | undefined {
  if (file.toString() === from.toString()) return to;
  const inside = file.with({ path: '' }).toString() === from.with({ path: '' }).toString();
  return inside && file.path.startsWith(`${from.path}/`)
    ? file.with({ path: to.path + file.path.slice(from.path.length) })
    : undefined;
}
