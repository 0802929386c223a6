import * as vscode from 'vscode';

let channel: vscode.LogOutputChannel | undefined;

/** RepScope's output channel; made when it is first written to. */
export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('RepScope', { log: true });
  return channel;
}

/** The command that shows the log, and the end of the channel. */
export function registerLog(): vscode.Disposable {
  const command = vscode.commands.registerCommand('repscope.showLog', () => log().show());
  return vscode.Disposable.from(command, new vscode.Disposable(() => channel?.dispose()));
}

/** Tells the user what went wrong, once, in plain words; the log has the rest. */
export function report(what: string, error: unknown): void {
  log().error(what, error instanceof Error ? (error.stack ?? error.message) : String(error));
  const message = `${what}: ${reason(error)}`;
  void vscode.window.showErrorMessage(message, 'Show Log').then((answer) => {
    if (answer === 'Show Log') log().show();
  });
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
