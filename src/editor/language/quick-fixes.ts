import * as vscode from 'vscode';
import type { Problem } from '../../experiment/problem';
import { rangeOf, type ExperimentDocuments } from './experiment-documents';
import { patientOf, type Fix } from '../../language/fixes/fix';
import { fixesOf } from '../../language/fixes/fixes';

/** A quick fix whose edits are made when it is chosen. */
class Mend extends vscode.CodeAction {
  constructor(
    readonly fix: Fix,
    readonly document: vscode.TextDocument,
  ) {
    super(fix.title, vscode.CodeActionKind.QuickFix);
  }
}

/** Quick fixes of the problems in an experiment file. */
export class QuickFixes implements vscode.CodeActionProvider<Mend> {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(private readonly documents: ExperimentDocuments) {}

  /** The problems nearest to where the range begins come first: of many, the last may go without. */
  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Mend[] {
    if (context.only && !context.only.contains(vscode.CodeActionKind.QuickFix)) return [];
    const patient = patientOf(this.documents.parse(document));
    const start = document.offsetAt(range.start);
    const away = ({ range: { start: from, end: to } }: Problem): number =>
      Math.max(from.offset - start, start - to.offset, 0);
    return [...patient.reading.problems]
      .sort((a, b) => away(a) - away(b))
      .flatMap((problem) => {
        const place = rangeOf(document, {
          start: problem.range.start.offset,
          end: problem.range.end.offset,
        });
        if (!place.intersection(range)) return [];
        const diagnostics = context.diagnostics.filter((one) => isOf(one, problem, place));
        return fixesOf(patient, problem).map((fix) => actionOf(document, fix, diagnostics));
      });
  }

  resolveCodeAction(action: Mend): Mend {
    const { document, fix } = action;
    action.edit = new vscode.WorkspaceEdit();
    for (const edit of fix.edits) action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
    return action;
  }
}

/** Structural problems are reported by the editor's own JSON support, in its words and nearly at the same place. */
function isOf(diagnostic: vscode.Diagnostic, problem: Problem, place: vscode.Range): boolean {
  if (diagnostic.source === 'RepScope')
    return diagnostic.code === problem.code && diagnostic.range.isEqual(place);
  return problem.structural && diagnostic.range.intersection(place) !== undefined;
}

function actionOf(document: vscode.TextDocument, fix: Fix, diagnostics: vscode.Diagnostic[]): Mend {
  const action = new Mend(fix, document);
  action.diagnostics = diagnostics;
  action.isPreferred = fix.isPreferred;
  return action;
}
