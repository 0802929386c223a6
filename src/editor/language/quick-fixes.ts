import * as vscode from 'vscode';
import type { Problem } from '../../experiment/problem';
import { rangeOf, type ExperimentDocuments } from './experiment-documents';
import type { Fix } from './fixes/fix';
import { fixesOf } from './fixes/fixes';

/** Quick fixes of the problems in an experiment file. */
export class QuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(private readonly documents: ExperimentDocuments) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (context.only && !context.only.contains(vscode.CodeActionKind.QuickFix)) return [];
    const parsed = this.documents.parse(document);
    return parsed.reading.problems.flatMap((problem) => {
      const place = rangeOf(document, { start: problem.range.start.offset, end: problem.range.end.offset });
      if (!place.intersection(range)) return [];
      const diagnostics = context.diagnostics.filter((one) => isOf(one, problem, place));
      return fixesOf(parsed, problem).map((fix) => actionOf(document, fix, diagnostics));
    });
  }
}

/** Structural problems are reported by the editor's own JSON support, in its words and nearly at the same place. */
function isOf(diagnostic: vscode.Diagnostic, problem: Problem, place: vscode.Range): boolean {
  if (diagnostic.source === 'RepScope')
    return diagnostic.code === problem.code && diagnostic.range.isEqual(place);
  return problem.structural && diagnostic.range.intersection(place) !== undefined;
}

function actionOf(
  document: vscode.TextDocument,
  fix: Fix,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
  action.diagnostics = diagnostics;
  action.isPreferred = fix.isPreferred;
  return action;
}
