import type * as vscode from 'vscode';
import { Analyses } from './editor/analyses';
import { registerCommands } from './editor/commands';
import { Dashboards } from './editor/dashboards';
import { registerCreateFromActivations } from './editor/create-from-activations';
import { registerExamples } from './editor/examples';
import { registerLanguage } from './editor/language/register';
import { registerLog } from './editor/log';
import { registerNewestRun } from './editor/newest-run';
import { registerRuns } from './editor/runs-view';
import { registerSideView } from './editor/side-view';
import { registerStatusBar } from './editor/status-bar';

/** What other extensions and the tests may use. */
export interface RepScopeApi {
  readonly analyses: Analyses;
}

/** One line a contribution. Heavy parts load when they are first needed; training never runs on this thread. */
export function activate(context: vscode.ExtensionContext): RepScopeApi {
  const analyses = new Analyses(context);
  const dashboards = new Dashboards(analyses, context.extensionUri);
  const desk = { analyses, dashboards };
  context.subscriptions.push(
    analyses,
    dashboards,
    registerLog(),
    registerCommands(desk),
    registerLanguage(analyses),
    registerStatusBar(desk),
    registerSideView(desk, context.extensionUri),
    registerRuns(desk),
    registerNewestRun(desk),
    registerExamples(context.extensionUri),
    registerCreateFromActivations(),
  );
  return { analyses };
}
