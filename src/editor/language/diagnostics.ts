import * as vscode from 'vscode';
import type { Problem } from '../../experiment/problem';
import { beingRead } from '../../experiment/table';
import { onDidRead } from '../brought';
import { isExperiment, rangeOf, type ExperimentDocuments } from './experiment-documents';
import { visible } from '../../formats/visible';

/** Typing is over when nothing came for this long. */
const PAUSE = 150;
/** Whether the editor's own JSON support reports problems. */
const JSON_CHECKS = 'json.validate.enable';

/** Shows the problems of every open experiment file as squiggles, while it is typed. */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('repscope');
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly documents: ExperimentDocuments) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.checkSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(JSON_CHECKS)) this.checkAll();
      }),
      vscode.extensions.onDidChange(() => this.checkAll()),
      onDidRead(() => this.checkAll()),
    ];
    this.checkAll();
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    vscode.Disposable.from(...this.subscriptions, this.collection).dispose();
  }

  private checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  private checkSoon(document: vscode.TextDocument): void {
    if (!isExperiment(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => this.check(document), PAUSE),
    );
  }

  private check(document: vscode.TextDocument): void {
    if (!isExperiment(document)) return;
    this.stopWaiting(document.uri);
    if (document.isClosed) return;
    const { problems } = this.documents.parse(document).reading;
    // What JSON support says of the structure is not said twice.
    const own = checksStructure(document) ? problems.filter(({ structural }) => !structural) : problems;
    this.collection.set(
      document.uri,
      own.map((problem) => diagnosticOf(document, problem)),
    );
  }

  private forget(uri: vscode.Uri): void {
    this.stopWaiting(uri);
    this.collection.delete(uri);
  }

  private stopWaiting(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
  }
}

/** Whether the editor's own JSON support holds a document against our schema. */
function checksStructure(document: vscode.TextDocument): boolean {
  return (
    ['json', 'jsonc'].includes(document.languageId) &&
    vscode.extensions.getExtension('vscode.json-language-features') !== undefined &&
    vscode.workspace.getConfiguration(undefined, document).get<boolean>(JSON_CHECKS, true)
  );
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

function diagnosticOf(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const range = rangeOf(document, { start: problem.range.start.offset, end: problem.range.end.offset });
  // What waits is no error of who wrote it.
  const severity = severities[problem.code === beingRead ? 'info' : problem.severity];
  const diagnostic = new vscode.Diagnostic(range, visible(problem.message), severity);
  diagnostic.source = 'RepScope';
  diagnostic.code = problem.code;
  return diagnostic;
}
