import * as vscode from 'vscode';

/** The steps of the walkthrough, as the manifest has them. */
type Step = 'example' | 'analyze' | 'overview' | 'panels' | 'edit';

const done = new Set<Step>();

/** A step of the walkthrough is done: that it was asked for is not enough. */
export function stepDone(step: Step): void {
  if (done.has(step)) return;
  done.add(step);
  void vscode.commands.executeCommand('setContext', `repscope.done.${step}`, true);
}
