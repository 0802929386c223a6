import * as vscode from 'vscode';
import type { AnalysisSource } from '../analysis-source';
import type { ThemeKind } from '../../language/chart-colours';
import { describeSubject } from '../../language/describe-subject';
import { rangeOf, type ExperimentDocuments } from './experiment-documents';
import { commandLink } from '../../language/markdown';
import { subjectAt } from '../../language/subject';

/** Summaries of tasks, features, networks, layers, seeds and optimizers where the pointer rests. */
export class Hovers implements vscode.HoverProvider {
  constructor(
    private readonly documents: ExperimentDocuments,
    private readonly source: AnalysisSource,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const parsed = this.documents.parse(document);
    const subject = subjectAt(parsed, document.offsetAt(position));
    if (!subject) return undefined;
    const state = this.source.state(document.uri);
    const results = state?.results ?? null;
    const description = describeSubject(subject, {
      experiment: parsed.reading.experiment,
      outline: parsed.outline,
      known: state && results ? { state, results } : null,
      theme: themeKind(vscode.window.activeColorTheme.kind),
      now: Date.now(),
    });
    if (description === null) return undefined;
    const links = [
      commandLink(results ? 'Analyze again' : 'Analyze', 'repscope.analyze', document.uri),
      ...(results ? [commandLink('Show the dashboard', 'repscope.showDashboard', document.uri)] : []),
    ];
    const markdown = new vscode.MarkdownString(`${description}\n\n${links.join(' · ')}`);
    markdown.isTrusted = { enabledCommands: ['repscope.analyze', 'repscope.showDashboard'] };
    markdown.supportHtml = false;
    return new vscode.Hover(markdown, rangeOf(document, subject.span));
  }
}

function themeKind(kind: vscode.ColorThemeKind): ThemeKind {
  switch (kind) {
    case vscode.ColorThemeKind.Light:
      return 'light';
    case vscode.ColorThemeKind.Dark:
      return 'dark';
    case vscode.ColorThemeKind.HighContrast:
      return 'highContrast';
    case vscode.ColorThemeKind.HighContrastLight:
      return 'highContrastLight';
  }
}
