import type { ConsoleMessage, Page } from 'playwright-core';

/** What VS Code's own page says in every run, with or without us: missing optional files, no network. */
const usual = [
  /vsda/,
  /favicon/,
  /\/update\/check/,
  /open-vsx\.org/,
  /web worker extension host is started/,
  /bad HTTP response code \(404\)/,
  /An iframe which has both allow-scripts and allow-same-origin/,
  /Ignored attempt to cancel a touch/,
];

/**
 * Errors of a page: console errors, uncaught errors, refusals of a content security policy. `ours` are those of our
 * webviews and those that name us; a webview's frame says only where its script was, so that anything from a webview counts.
 */
export class Complaints {
  readonly all: string[] = [];
  readonly ours: string[] = [];

  watch(page: Page): void {
    page.on('console', (message) => this.heard(message));
    page.on('pageerror', (error) => {
      this.all.push(`uncaught: ${error.stack ?? error.message}`);
      if (isOurs(error.stack ?? error.message)) this.ours.push(`uncaught: ${error.stack ?? error.message}`);
    });
  }

  private heard(message: ConsoleMessage): void {
    const text = message.text();
    const refused = /Content Security Policy|Refused to/i.test(text);
    if (message.type() !== 'error' && !refused) return;
    const { url } = message.location();
    const line = `${text} (${url})`;
    if (usual.some((pattern) => pattern.test(line))) return;
    this.all.push(line);
    if (refused || isOurs(line)) this.ours.push(line);
  }
}

const isOurs = (text: string): boolean =>
  /repscope|vscode-resource|vscode-webview|\/webview\/browser\/pre\/|fake\.html/i.test(text);
