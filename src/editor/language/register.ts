import * as vscode from 'vscode';
import type { AnalysisSource } from '../analysis-source';
import { Completions, TRIGGERS } from './completion';
import { Decorations } from './decorations';
import { Definitions } from './definitions';
import { Diagnostics } from './diagnostics';
import { ExperimentDocuments, EXPERIMENTS } from './experiment-documents';
import { HazardDiagnostics } from './hazard-diagnostics';
import { Hovers } from './hover';
import { Lenses } from './lenses';
import { QuickFixes } from './quick-fixes';

/** All that the editor knows about the text of an experiment file. */
export function registerLanguage(source: AnalysisSource): vscode.Disposable {
  const documents = new ExperimentDocuments();
  const lenses = new Lenses(source);
  const { languages } = vscode;
  return vscode.Disposable.from(
    new Diagnostics(documents),
    new HazardDiagnostics(documents, source),
    new Decorations(documents, source),
    lenses,
    languages.registerCodeLensProvider(EXPERIMENTS, lenses),
    languages.registerHoverProvider(EXPERIMENTS, new Hovers(documents, source)),
    languages.registerDefinitionProvider(EXPERIMENTS, new Definitions(documents)),
    languages.registerCompletionItemProvider(EXPERIMENTS, new Completions(documents), ...TRIGGERS),
    languages.registerCodeActionsProvider(EXPERIMENTS, new QuickFixes(documents), {
      providedCodeActionKinds: QuickFixes.kinds,
    }),
  );
}
