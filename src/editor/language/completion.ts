import * as vscode from 'vscode';
import { rangeOf, type ExperimentDocuments } from './experiment-documents';
import { suggest, type Suggestion } from '../../language/suggest';

/** Characters after which something new can be named. */
export const TRIGGERS = ['"', "'", '(', '[', '=', ' ', ','] as const;

/** Names in formulas and in lists of names. */
export class Completions implements vscode.CompletionItemProvider {
  constructor(private readonly documents: ExperimentDocuments) {}

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const suggestions = suggest(this.documents.parse(document), document.offsetAt(position));
    return suggestions.map((suggestion, at) => itemOf(document, suggestion, at));
  }
}

const KINDS: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  feature: vscode.CompletionItemKind.Variable,
  value: vscode.CompletionItemKind.EnumMember,
  task: vscode.CompletionItemKind.Reference,
  bit: vscode.CompletionItemKind.Field,
  function: vscode.CompletionItemKind.Function,
  keyword: vscode.CompletionItemKind.Keyword,
  network: vscode.CompletionItemKind.Reference,
  setting: vscode.CompletionItemKind.Property,
};

function itemOf(document: vscode.TextDocument, suggestion: Suggestion, at: number): vscode.CompletionItem {
  const item = new vscode.CompletionItem(suggestion.label, KINDS[suggestion.kind]);
  item.detail = suggestion.detail;
  item.filterText = suggestion.filter;
  item.sortText = String(at).padStart(5, '0');
  item.range = rangeOf(document, suggestion.span);
  item.insertText = suggestion.isSnippet ? new vscode.SnippetString(suggestion.text) : suggestion.text;
  return item;
}
