import * as vscode from 'vscode';
import { inLog, inNotification } from './shown-text';

let channel: vscode.LogOutputChannel | undefined;

/** RepScope's output channel; made when it is first written to. */
function output(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('RepScope', { log: true });
  return channel;
}

const writer = {
  debug: (message: string) => output().debug(inLog(message)),
  info: (message: string) => output().info(inLog(message)),
  warn: (message: string) => output().warn(inLog(message)),
  error: (message: string) => output().error(inLog(message)),
  show: () => output().show(),
};

/** The log. Names from files are shown in it, never obeyed. */
export function log(): typeof writer {
  return writer;
}

/** The command that shows the log, and the end of the channel. */
export function registerLog(): vscode.Disposable {
  const command = vscode.commands.registerCommand('repscope.showLog', () => log().show());
  return vscode.Disposable.from(command, new vscode.Disposable(() => channel?.dispose()));
}

/** Tells the user what went wrong, once, in plain words; the log has the rest. */
export function report(what: string, error: unknown): void {
  log().error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  tellError(`${what}: ${reason(error)}`);
}

/** An error as a notification that leads to the log. */
export function tellError(message: string): void {
  void vscode.window.showErrorMessage(inNotification(message), 'Show Log').then((answer) => {
    if (answer === 'Show Log') log().show();
  });
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
