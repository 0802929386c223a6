import type * as vscode from 'vscode';
import { rangeOf, type ExperimentDocuments } from './experiment-documents';
import { findDefinition } from '../../language/find-definition';

/** Go to the feature or task that a name means. */
export class Definitions implements vscode.DefinitionProvider {
  constructor(private readonly documents: ExperimentDocuments) {}

  provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.LocationLink[] | undefined {
    const found = findDefinition(this.documents.parse(document), document.offsetAt(position));
    if (!found) return undefined;
    return [
      {
        originSelectionRange: rangeOf(document, found.origin),
        targetUri: document.uri,
        targetRange: rangeOf(document, found.whole),
        targetSelectionRange: rangeOf(document, found.name),
      },
    ];
  }
}
