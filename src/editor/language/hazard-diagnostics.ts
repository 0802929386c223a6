import * as vscode from 'vscode';
import { visible } from '../../formats/visible';
import type { Hazard } from '../../protocol/results';
import type { AnalysisSource } from '../analysis-source';
import { isExperiment, rangeOf, type ExperimentDocuments } from './experiment-documents';
import { areInProblems, placeOf } from '../../language/hazard-places';

/** A document rests so long before its places are looked up again (milliseconds). */
const PAUSE = 400;

/** The hazards of the newest results as information in Problems, where the file names what they are of; only while results are of the file as it is. */
export class HazardDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('repscope-hazards');
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: ExperimentDocuments,
    private readonly source: AnalysisSource,
  ) {
    this.subscriptions = [
      source.onDidChange((uri) => this.showAll((document) => document.uri.toString() === uri.toString())),
      vscode.workspace.onDidOpenTextDocument((document) => this.show(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.showSoon(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
    ];
    this.showAll(() => true);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    vscode.Disposable.from(...this.subscriptions, this.collection).dispose();
  }

  private showAll(of: (document: vscode.TextDocument) => boolean): void {
    for (const document of vscode.workspace.textDocuments) if (of(document)) this.show(document);
  }

  private showSoon(document: vscode.TextDocument): void {
    if (!isExperiment(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => this.show(document), PAUSE),
    );
  }

  private show(document: vscode.TextDocument): void {
    if (!isExperiment(document) || document.isClosed) return;
    this.stopWaiting(document.uri);
    const state = this.source.state(document.uri);
    const hazards = state && areInProblems(state) ? (state.results?.hazards ?? []) : [];
    if (hazards.length === 0) {
      this.collection.delete(document.uri);
      return;
    }
    const { tree, outline } = this.documents.parse(document);
    this.collection.set(
      document.uri,
      hazards.map((hazard) =>
        diagnosticOf(hazard, rangeOf(document, tree.keySpan(placeOf(hazard, outline)))),
      ),
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

function diagnosticOf(hazard: Hazard, range: vscode.Range): vscode.Diagnostic {
  const message = visible(`${hazard.message} ${hazard.advice}`);
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = 'RepScope';
  diagnostic.code =
    hazard.link?.startsWith('https://') !== true
      ? hazard.rule
      : { value: hazard.rule, target: vscode.Uri.parse(hazard.link) };
  return diagnostic;
}
