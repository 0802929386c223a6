import { mkdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { Companion, installCompanion } from './companion';
import { CodeEditor } from './code-editor';
import { Complaints } from './complaints';
import { desktopBuild, DesktopVSCode } from './desktop';
import { pause, seen, until } from './limit';
import { output } from './project';
import { type Log, type RunningVSCode, type StartOptions, undoAll } from './running';
import { Scratch, type Theme, themes } from './scratch';
import { ServedVSCode } from './served';

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

/** True where the frame around a webview's is seen. */
async function inFront(frame: Frame): Promise<boolean> {
  try {
    const around = await frame.parentFrame()?.frameElement();
    return (await around?.isVisible()) ?? false;
  } catch {
    // It has gone meanwhile.
    return false;
  }
}

const socketOf = (scratch: Scratch): string => join(scratch.folder, 's');

/** A real VS Code with our extension, worked as a user works it: in a browser, or where REPSCOPE_VSCODE says so on the desktop. */
export class Workbench {
  readonly editor: CodeEditor;
  readonly companion: Companion;
  /** The processes of its extension hosts, one after the other. */
  readonly hosts = new Set<number>();

  private constructor(
    readonly scratch: Scratch,
    private readonly vscode: RunningVSCode,
    readonly complaints: Complaints,
    private readonly virtual: boolean,
  ) {
    this.editor = new CodeEditor(vscode);
    this.companion = new Companion(socketOf(scratch));
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { restricted = false, virtual = false, tests } = options;
    const scratch = new Scratch({ ...(restricted ? untrusted : {}), ...options.settings }, options.workspace);
    const complaints = new Complaints();
    let vscode: RunningVSCode | undefined;
    try {
      installCompanion(scratch.data);
      const start: StartOptions = {
        scratch,
        folder: virtual ? `${memory.scheme}:${memory.folder}` : scratch.workspace,
        environment: {
          REPSCOPE_TEST_COMPANION: socketOf(scratch),
          ...(virtual ? { REPSCOPE_TEST_MEMORY: scratch.workspace } : {}),
          ...options.environment,
        },
        restricted,
        size: options.size ?? { width: 1440, height: 900 },
        tests,
        before: async (page) => {
          page.setDefaultTimeout(60_000);
          complaints.watch(page);
          await options.before?.(page);
        },
      };
      vscode = await (desktopBuild === undefined
        ? ServedVSCode.start(start)
        : DesktopVSCode.start(desktopBuild, start));
      const workbench = new Workbench(scratch, vscode, complaints, virtual);
      if (tests === undefined) await workbench.started();
      return workbench;
    } catch (error) {
      await undoAll([() => vscode?.stop(), () => scratch.dispose()]).catch(() => undefined);
      throw error;
    }
  }

  get page(): Page {
    return this.vscode.page;
  }

  /** Ready for the first time. Where it never is, its logs are kept, and the error says how they end: nothing else of it is left. */
  private async started(): Promise<void> {
    try {
      await this.ready();
    } catch (error) {
      await this.keep('start');
      const said = this.logs().flatMap(({ file, text }) =>
        text
          .trim()
          .split('\n')
          .slice(-5)
          .map((line) => `${file}: ${line}`),
      );
      throw new Error(`${String(error)} Logs:\n${said.join('\n')}`, { cause: error });
    }
  }

  /** The Explorer shows the workspace, and extensions can start: from now on a user can act. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-folders-view [role=treeitem]').first().waitFor({ timeout: 60_000 });
    const { pid } = await until(
      'the extension host answers',
      () => this.companion.state().catch(() => undefined),
      60,
    );
    this.hosts.add(pid);
  }

  /** Everything that extension hosts and extensions logged, file by file. */
  logs(): Log[] {
    return this.vscode.logs();
  }

  /**
   * As *Developer: Reload Window*.
   *
   * @param atLast called right before the page goes
   */
  async reload(atLast?: () => Promise<void>): Promise<void> {
    await this.vscode.reload(() => this.command('Developer: Reload Window'), atLast);
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
    // What is wrong with a file is said behind its name.
    const label = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name: label });
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
    const items = this.page.locator('.monaco-menu .action-label[aria-label]');
    // A row that is drawn anew under the pointer (its run has just ended) takes no click: a user clicks again.
    await until('the menu comes', async () => {
      await target.click({ button: 'right' });
      return seen(items.first(), 3000);
    });
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
    const item = this.page
      .locator('.monaco-menu .action-menu-item')
      .filter({ has: this.page.locator(`.action-label[aria-label="${label}"]`) });
    // A menu takes no click in its first moment, lest the one that opened it count twice: one that stays was not clicked.
    await until(`“${label}” is taken`, async () => {
      await pause(250);
      await item.click({ timeout: 3000 }).catch(() => undefined);
      return seen(item, 3000, 'detached');
    });
  }

  /** Runs a command by its title in the Command Palette, by keyboard alone. */
  async command(title: string): Promise<void> {
    const { keyboard } = this.page;
    const box = this.page.locator('.quick-input-widget:visible');
    const first = box.locator('.quick-input-list .monaco-list-row').first();
    await until(`the Command Palette offers “${title}”`, async () => {
      await keyboard.press('F1');
      try {
        // It closes again where something else takes the focus at that moment.
        await box.locator('.quick-input-box input').fill(`>${title}`, { timeout: 3000 });
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

  /** The newest of our webviews in front that shows `selector`: one behind another tab is drawn too, unseen. */
  async webview(selector: string, seconds = 60): Promise<Frame> {
    return until(
      `a webview of ours shows ${selector}`,
      async () => {
        for (const frame of this.webviews().reverse())
          if ((await inFront(frame)) && (await frame.isVisible(selector).catch(() => false))) return frame;
        return undefined;
      },
      seconds,
    );
  }

  /** Chooses an item of the list that asks `question`: of two that follow each other, the one that is meant. */
  async pick(question: string | RegExp, item: string, nth = 0): Promise<void> {
    const box = this.page.locator('.quick-input-widget:visible');
    const asks = this.page.getByPlaceholder(question);
    await box
      .filter({ has: asks })
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: item })
      .nth(nth)
      .click();
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
    const logs = this.logs().filter(({ file }) => /repscope|exthost\.log|remoteagent|RepScope/i.test(file));
    writeFileSync(
      `${file}.log`,
      [...this.complaints.all, ...logs.map(({ file, text }) => `== ${file}\n${text}`)].join('\n'),
    );
  }

  async dispose(): Promise<void> {
    await undoAll([() => this.vscode.stop(), () => this.scratch.dispose()]);
  }
}
