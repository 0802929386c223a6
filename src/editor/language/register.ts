import * as vscode from 'vscode';
import type { AnalysisSource } from '../analysis-source';
import { Diagnostics } from './diagnostics';
import { ExperimentDocuments, EXPERIMENTS } from './experiment-documents';
import { Hovers } from './hover';

/** All that the editor knows about the text of an experiment file. */
export function registerLanguage(source: AnalysisSource): vscode.Disposable {
  const documents = new ExperimentDocuments();
  return vscode.Disposable.from(
    new Diagnostics(documents),
    vscode.languages.registerHoverProvider(EXPERIMENTS, new Hovers(documents, source)),
  );
}
