import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { installation } from './installation';
import { limit, pause } from './limit';
import { ProcessGroup } from './process-group';
import { extension } from './project';
import { type Log, logsIn, type RunningVSCode, type StartOptions, undoAll } from './running';
import type { Scratch } from './scratch';

/** VS Code in a browser: a server with its extension hosts, and a Chromium that shows its page. */
export class ServedVSCode implements RunningVSCode {
  private constructor(
    private readonly scratch: Scratch,
    private readonly server: ProcessGroup,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async start(options: StartOptions): Promise<ServedVSCode> {
    const { scratch, restricted, environment, size } = options;
    const installed = await installation();
    const parameters = [
      installed.server,
      ...['--host', '127.0.0.1', '--port', '0', '--server-data-dir', scratch.data],
      ...['--without-connection-token', '--accept-server-license-terms'],
      ...['--disable-telemetry', ...(restricted ? [] : ['--disable-workspace-trust'])],
    ];
    const server = new ProcessGroup("VS Code's server", installed.node, parameters, environment);
    let browser: Browser | undefined;
    try {
      const port = await server.until(
        "VS Code's server is listening",
        (said) => /agent listening on (\d+)/.exec(said)?.[1],
      );
      browser = await launchBrowser();
      const context = await browser.newContext({
        viewport: size,
        reducedMotion: 'reduce',
        acceptDownloads: true,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      await options.before(page);
      await page.goto(address(port, options), { waitUntil: 'commit' });
      return new ServedVSCode(scratch, server, browser, page);
    } catch (error) {
      await undoAll([() => browser?.close(), () => server.stop()]).catch(() => undefined);
      throw error;
    }
  }

  logs(): Log[] {
    return logsIn(this.scratch);
  }

  /**
   * In a browser VS Code keeps what is open every five seconds, for it cannot when the page goes: what was done since is
   * forgotten by VS Code, whoever did it.
   */
  async reload(_command: () => Promise<void>, atLast?: () => Promise<void>): Promise<void> {
    // It keeps nothing while the window has not the focus.
    await this.page.bringToFront();
    await this.page.evaluate('window.focus()');
    await pause(6000);
    await atLast?.();
    await this.page.reload({ waitUntil: 'commit' });
  }

  stop(): Promise<void> {
    return undoAll([
      () => limit(20, 'the browser is closed', this.browser.close()),
      () => this.server.stop(),
    ]);
  }
}

function address(port: string, { folder, tests }: StartOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload: [string, string][] = [
    ['extensionDevelopmentPath', remote(extension)],
    ['skipWelcome', 'true'],
  ];
  if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}
