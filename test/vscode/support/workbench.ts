import { mkdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { Companion, installCompanion } from './companion';
import { CodeEditor } from './code-editor';
import { Complaints } from './complaints';
import { limit, pause, until } from './limit';
import { output, project } from './project';
import { Scratch, type Theme, themes } from './scratch';
import { VSCodeServer } from './server';

export interface WorkbenchOptions {
  /** User settings on top of the usual ones. */
  settings?: Record<string, unknown>;
  /** Environment of the extension host, on top of ours. */
  environment?: Record<string, string>;
  /** The workspace to copy; the fixtures' unless said otherwise. */
  workspace?: string;
  /** Trusts the workspace unless this is set: then the window is in Restricted Mode. */
  restricted?: boolean;
  /** Opens a copy of the workspace that is in memory, not the one on disk. */
  virtual?: boolean;
  size?: { width: number; height: number };
  /** A module to run in the extension host: the page ends when it has. */
  tests?: string;
  /** Called before the page loads. */
  before?: (page: Page) => Promise<void>;
}

/** Where the companion holds its copy of the workspace. */
const memory = { scheme: 'repmem', folder: '/lab' };
/** As if the user had been asked and had not trusted the folder. */
const untrusted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'always',
};

const socketOf = (scratch: Scratch): string => join(scratch.folder, 's');

/** A real VS Code with our extension, worked as a user works it. */
export class Workbench {
  readonly editor: CodeEditor;
  readonly companion: Companion;

  private constructor(
    readonly scratch: Scratch,
    readonly server: VSCodeServer,
    private readonly browser: Browser,
    readonly page: Page,
    readonly complaints: Complaints,
    private readonly virtual: boolean,
  ) {
    this.editor = new CodeEditor(page);
    this.companion = new Companion(socketOf(scratch));
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { restricted = false, virtual = false } = options;
    const scratch = new Scratch({ ...(restricted ? untrusted : {}), ...options.settings }, options.workspace);
    const undo: (() => Promise<unknown> | void)[] = [() => scratch.dispose()];
    try {
      installCompanion(scratch.data);
      const environment = {
        REPSCOPE_TEST_COMPANION: socketOf(scratch),
        ...(virtual ? { REPSCOPE_TEST_MEMORY: scratch.workspace } : {}),
        ...options.environment,
      };
      const server = await VSCodeServer.start(scratch.data, environment, restricted);
      undo.unshift(() => server.stop());
      const browser = await launchBrowser();
      undo.unshift(() => browser.close());
      const context = await browser.newContext({
        viewport: options.size ?? { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        acceptDownloads: true,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const workbench = new Workbench(scratch, server, browser, page, new Complaints(page), virtual);
      await options.before?.(page);
      await page.goto(workbench.address(options.tests), { waitUntil: 'commit' });
      if (options.tests === undefined) await workbench.ready();
      return workbench;
    } catch (error) {
      for (const step of undo) await Promise.resolve(step()).catch(() => undefined);
      throw error;
    }
  }

  private address(tests?: string): string {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${this.server.port}${path}`;
    const payload: [string, string][] = [
      ['extensionDevelopmentPath', remote(process.env['REPSCOPE_EXTENSION'] ?? project)],
      ['skipWelcome', 'true'],
    ];
    if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
    const query = new URLSearchParams({
      folder: this.virtual ? this.uri() : this.scratch.workspace,
      payload: JSON.stringify(payload),
    });
    return `http://127.0.0.1:${this.server.port}/?${query.toString()}`;
  }

  /** The Explorer shows the workspace, and extensions can start: from now on a user can act. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-folders-view [role=treeitem]').first().waitFor({ timeout: 60_000 });
    await until('the extension host answers', () => this.companion.state().catch(() => undefined), 60);
  }

  /**
   * As *Developer: Reload Window*. In a browser VS Code keeps what is open every five seconds, for it cannot when the
   * page goes: what was done since is forgotten by VS Code, whoever did it.
   */
  async reload(): Promise<void> {
    // It keeps nothing while the window has not the focus.
    await this.page.bringToFront();
    await this.page.evaluate('window.focus()');
    await pause(6000);
    await this.page.reload({ waitUntil: 'commit' });
    await this.ready();
  }

  /** The path of a file of the workspace, as VS Code shows it. */
  path(name: string): string {
    return this.virtual ? posix.join(memory.folder, name) : this.scratch.path(name);
  }

  /** The URI of a file of the workspace, or of the workspace itself. */
  uri(name = ''): string {
    return `${this.virtual ? memory.scheme : 'file'}:${encodeURI(this.path(name))}`;
  }

  file(name: string): Locator {
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: false });
  }

  /** Opens a file for good, as a double click in the Explorer does. */
  async openFile(name: string): Promise<void> {
    await this.file(name).dblclick();
    await this.tab(name).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** The tab of an editor or a panel. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name });
  }

  /** The labels of a context menu, opened by a right click. */
  async menuOf(target: Locator): Promise<string[]> {
    await target.click({ button: 'right' });
    const items = this.page.locator('.monaco-menu .action-label[aria-label]');
    await items.first().waitFor();
    return (await items.allInnerTexts()).map((label) => label.trim());
  }

  async closeMenu(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
  }

  /** Right click, then the entry of that name. An entry of ours is there once VS Code has read the manifest. */
  async choose(target: Locator, label: string): Promise<void> {
    await until(`the menu has “${label}”`, async () => {
      if ((await this.menuOf(target)).includes(label)) return true;
      await this.closeMenu();
      await pause(200);
      return false;
    });
    // A menu takes no click in its first moment, lest the one that opened it count twice.
    await pause(250);
    await this.page
      .locator('.monaco-menu .action-menu-item')
      .filter({ has: this.page.locator(`.action-label[aria-label="${label}"]`) })
      .click();
  }

  /** Runs a command by its title in the Command Palette, by keyboard alone. */
  async command(title: string): Promise<void> {
    const { keyboard } = this.page;
    const box = this.page.locator('.quick-input-widget:visible');
    const first = box.locator('.quick-input-list .monaco-list-row').first();
    await until(`the Command Palette offers “${title}”`, async () => {
      await keyboard.press('F1');
      await box.locator('.quick-input-box input').waitFor();
      await box.locator('.quick-input-box input').fill(`>${title}`);
      try {
        await first.filter({ hasText: title }).waitFor({ timeout: 3000 });
        return true;
      } catch {
        await keyboard.press('Escape');
        return false;
      }
    });
    await keyboard.press('Enter');
  }

  /** Changes the colour theme and waits until the workbench wears it. */
  async theme(theme: Theme): Promise<void> {
    // VS Code started in the browser's scheme, whatever the setting says: only a change is worn.
    await this.companion.configure('workbench.colorTheme', 'Visual Studio Dark');
    await this.companion.configure('workbench.colorTheme', themes[theme]);
    const marks = {
      dark: 'vs-dark',
      light: 'vs',
      'high contrast dark': 'hc-black',
      'high contrast light': 'hc-light',
    };
    await this.page.locator(`.monaco-workbench.${marks[theme]}`).waitFor();
  }

  /** Gives the save dialog on screen a name in the workspace, and waits for the file. */
  async answerSaveDialog(name: string): Promise<Buffer> {
    const path = this.path(name);
    const box = this.page.locator('.quick-input-widget:visible');
    const input = box.locator('.quick-input-box input');
    await input.waitFor();
    // The dialog writes its own proposal when it has read the folder, over what was typed before.
    await until('the save dialog keeps the name', async () => {
      await input.fill(path);
      await pause(300);
      return (await input.inputValue()) === path;
    });
    await box.locator('.quick-input-action').getByText('OK').click();
    return until(`${name} is written`, async () => {
      const bytes = await this.companion.read(this.uri(name));
      return bytes && bytes.length > 0 && bytes;
    });
  }

  /** The documents of our webviews: each sits in a frame of VS Code's, and while it is replaced there are two. */
  webviews(): Frame[] {
    return this.page
      .frames()
      .filter((frame) => frame.url().includes('extensionId=repscope.'))
      .flatMap((frame) => frame.childFrames());
  }

  /** The newest of our webviews that shows `selector`. */
  async webview(selector: string, seconds = 20): Promise<Frame> {
    return until(
      `a webview of ours shows ${selector}`,
      async () => {
        for (const frame of this.webviews().reverse())
          if (await frame.isVisible(selector).catch(() => false)) return frame;
        return undefined;
      },
      seconds,
    );
  }

  /** Texts of the notifications on screen. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** True when the keyboard is in the text editor. */
  focusInText(): Promise<boolean> {
    return this.page.evaluate<boolean>('document.activeElement?.closest(".monaco-editor") !== null');
  }

  /** True when the keyboard is in one of the webviews. */
  focusInWebview(): Promise<boolean> {
    return this.page.evaluate<boolean>('document.activeElement?.tagName === "IFRAME"');
  }

  /** Keeps a picture and the logs of a failure in out/vscode/failures. */
  async keep(name: string): Promise<void> {
    const folder = join(output, 'failures');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, name.replace(/[^\w-]+/g, '-').slice(0, 80));
    await this.page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    const logs = this.server.logs().filter(({ file }) => /repscope|exthost\.log|RepScope/i.test(file));
    writeFileSync(
      `${file}.log`,
      [...this.complaints.all, ...logs.map(({ file, text }) => `== ${file}\n${text}`)].join('\n'),
    );
  }

  async dispose(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of [
      () => limit(20, 'the browser is closed', this.browser.close()),
      () => this.server.stop(),
      () => Promise.resolve(this.scratch.dispose()),
    ])
      await step().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw new AggregateError(errors, 'VS Code did not end as it should');
  }
}
