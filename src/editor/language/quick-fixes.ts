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
      const diagnostics = context.diagnostics.filter((one) => isOf(one, problem) && one.range.isEqual(place));
      return fixesOf(parsed, problem).map((fix) => actionOf(document, fix, diagnostics));
    });
  }
}

function isOf(diagnostic: vscode.Diagnostic, problem: Problem): boolean {
  return diagnostic.source === 'RepScope' && diagnostic.code === problem.code;
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
