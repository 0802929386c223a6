import * as vscode from 'vscode';
import { broughtBy, readsSoFar } from '../brought';
import { parseExperiment, type ParsedExperiment } from '../../language/parsed-experiment';

/** Experiment files wherever they are: on disk, remote, untitled. */
export const EXPERIMENTS: vscode.DocumentSelector = [
  { language: 'jsonc', pattern: '**/*.experiment.json' },
  { pattern: '**/*.experiment.json' },
];

/** Old versions that a diff shows are not the user's to mend. */
const PAST: ReadonlySet<string> = new Set(['git', 'gitfs', 'vscode-local-history']);

export function isExperiment(document: vscode.TextDocument): boolean {
  return !PAST.has(document.uri.scheme) && vscode.languages.match(EXPERIMENTS, document) > 0;
}

/** Reads each version of a document once for all providers. */
export class ExperimentDocuments {
  private readonly read = new WeakMap<
    vscode.TextDocument,
    { version: number; reads: number; parsed: ParsedExperiment }
  >();

  parse(document: vscode.TextDocument): ParsedExperiment {
    const known = this.read.get(document);
    // What it brings along may have become known since.
    const reads = readsSoFar();
    if (known?.version === document.version && known.reads === reads) return known.parsed;
    const parsed = parseExperiment(document.getText(), broughtBy(document.uri));
    this.read.set(document, { version: document.version, reads, parsed });
    return parsed;
  }
}

export function rangeOf(
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
