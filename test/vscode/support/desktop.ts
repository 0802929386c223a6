import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { type Browser, chromium, type Page } from 'playwright-core';
import { limit } from './limit';
import { ProcessGroup } from './process-group';
import { extension } from './project';
import { type Log, logsIn, type RunningVSCode, type StartOptions, undoAll } from './running';
import type { Scratch } from './scratch';

/** The desktop build to test, where REPSCOPE_VSCODE asks for one: its executable, or `download` for the current one. */
export const desktopBuild = process.env['REPSCOPE_VSCODE'];

export const desktopExecutable = async (build: string): Promise<string> =>
  build === 'download' ? downloadAndUnzipVSCode() : build;

/** What every desktop VS Code of the tests is started with. Its settings are where the server's are. */
export const desktopArguments = ({ data }: Scratch): string[] => [
  ...[`--user-data-dir=${join(data, 'data')}`, `--extensions-dir=${join(data, 'extensions')}`],
  ...['--disable-updates', '--disable-telemetry', '--disable-crash-reporter'],
  ...['--skip-welcome', '--skip-release-notes'],
  // WebGL 2 in software, as VS Code's 3-D pictures need it.
  ...['--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** VS Code on the desktop, worked through its DevTools port. */
export class DesktopVSCode implements RunningVSCode {
  private constructor(
    private readonly options: StartOptions,
    private readonly program: ProcessGroup,
    private readonly browser: Browser,
    private window: Page,
  ) {}

  static async start(build: string, options: StartOptions): Promise<DesktopVSCode> {
    const { scratch, restricted, environment, folder } = options;
    const port = await freePort();
    const parameters = [
      ...desktopArguments(scratch),
      `--remote-debugging-port=${port}`,
      `--extensionDevelopmentPath=${extension}`,
      ...(restricted ? [] : ['--disable-workspace-trust']),
      isUri(folder) ? `--folder-uri=${folder}` : folder,
    ];
    const program = new ProcessGroup('VS Code', await desktopExecutable(build), parameters, environment);
    let browser: Browser | undefined;
    try {
      const connected = await program.until('DevTools answer', () =>
        chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined),
      );
      browser = connected;
      const window = await program.until('the window shows the workbench', () => workbenchIn(connected));
      await prepare(window, options);
      return new DesktopVSCode(options, program, browser, window);
    } catch (error) {
      await undoAll([() => browser?.close(), () => program.stop()]).catch(() => undefined);
      throw error;
    }
  }

  get page(): Page {
    return this.window;
  }

  /** The program itself logs there, too. */
  logs(): Log[] {
    return logsIn(this.options.scratch).filter(({ file }) => file.includes('exthost'));
  }

  async reload(command: () => Promise<void>, atLast?: () => Promise<void>): Promise<void> {
    await atLast?.();
    await this.page.evaluate(`document.body.dataset.${old} = ''`);
    await command();
    const window = await this.program.until('the window is loaded anew', () => workbenchIn(this.browser));
    // The same page as before, as far as we know.
    if (window !== this.window) await prepare(window, this.options);
    this.window = window;
  }

  stop(): Promise<void> {
    return undoAll([() => limit(20, 'VS Code is let go', this.browser.close()), () => this.program.stop()]);
  }
}

/** A scheme is longer than the letter of a drive. */
const isUri = (folder: string): boolean => /^\w{2,}:/.test(folder);

/** Marks a document that is about to go. */
const old = 'reloads';

/** The page that shows a workbench, and is not about to go. */
async function workbenchIn(browser: Browser): Promise<Page | undefined> {
  const look = `document.querySelector('.monaco-workbench') !== null && !('${old}' in document.body.dataset)`;
  for (const page of browser.contexts().flatMap((context) => context.pages()))
    if (await page.evaluate<boolean>(look).catch(() => false)) return page;
  return undefined;
}

async function prepare(window: Page, { size, before }: StartOptions): Promise<void> {
  await before(window);
  await window.emulateMedia({ reducedMotion: 'reduce' });
  // As far as the screen allows it.
  await window.setViewportSize(size).catch(() => undefined);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
