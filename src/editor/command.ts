import * as vscode from 'vscode';
import { report } from './log';

/** A command whose failure is said in one sentence. */
export function command(
  name: string,
  failure: string,
  then: (argument: unknown, selection: unknown) => Promise<void>,
): vscode.Disposable {
  return vscode.commands.registerCommand(name, async (argument: unknown, selection: unknown) => {
    try {
      await then(argument, selection);
    } catch (error) {
      report(failure, error);
    }
  });
}
