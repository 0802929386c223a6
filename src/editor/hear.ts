import type * as vscode from 'vscode';
import type { Shape } from '../protocol/shape';
import { log } from './log';

/**
 * Hears what one of our pages sends. What is not of its protocol is dropped; the first time, the log says so.
 *
 * @param page what it is called in the log
 */
export function hear<M>(
  webview: vscode.Webview,
  page: string,
  isMessage: Shape<M>,
  then: (message: M) => void,
): vscode.Disposable {
  let told = false;
  return webview.onDidReceiveMessage((message: unknown) => {
    if (isMessage(message)) then(message);
    else if (!told) {
      told = true;
      log().warn(`${page} has sent a message that is not of its protocol; such messages are dropped.`);
    }
  });
}
