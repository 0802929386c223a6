import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const tabNames = ['overview', 'pca', 'units', 'rsa', 'dynamics'] as const;
type TabName = (typeof tabNames)[number] | 'compare' | 'counterparts' | 'documents';

interface PageOptions {
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** What stands on the page once it has started. */
  ready?: string;
}

/** A page with the dashboard, and everything that it complained about. */
export class DashboardPage {
  private constructor(
    readonly page: Page,
    /** Console errors, uncaught errors, content that the policy refused, requests for the network. */
    readonly complaints: string[],
    private readonly folder: string,
  ) {}

  /** Writes `files` into a folder of their own and opens `index.html` of it. */
  static async open(
    browser: Browser,
    files: Record<string, string>,
    options: PageOptions = {},
  ): Promise<DashboardPage> {
    const folder = mkdtempSync(join(tmpdir(), 'repscope-page-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1200, height: options.height ?? 900 },
      colorScheme: options.colorScheme ?? 'light',
      acceptDownloads: true,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      const ours =
        !message.text().includes('GL Driver Message') && !message.text().includes('willReadFrequently');
      if (['error', 'warning'].includes(message.type()) && ours) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request for ${request.url()}`);
    });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        console.error(`refused: ${event.violatedDirective}`),
      );
    });
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await page.waitForSelector(options.ready ?? 'h1');
    const opened = new DashboardPage(page, complaints, folder);
    if ((await page.locator('main .panel').count()) > 0) await opened.drawn();
    return opened;
  }

  async close(): Promise<void> {
    await this.page.context().close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async tab(name: TabName): Promise<void> {
    await this.page.click(`#tab-${name}`);
    await this.drawn();
  }

  /** Waits until the panel in front, and every picture of it, is drawn as last asked for. */
  async drawn(): Promise<void> {
    await this.page.waitForFunction(() => {
      if (document.body.dataset['progress'] === 'asked') return false;
      const seen = [...document.querySelectorAll<HTMLElement>('main .picture')].filter(
        (box) => box.clientWidth > 0,
      );
      return seen.every(
        (box) => box.dataset['drawn'] !== undefined && box.dataset['drawn'] === box.dataset['asked'],
      );
    });
  }

  /** Waits for what the panel in front is at first drawn without, too. */
  async whole(): Promise<void> {
    await this.page.waitForFunction(() => document.body.dataset['progress'] === 'drawn');
    await this.drawn();
  }

  figure(title: string) {
    return this.page.locator(`section.figure[aria-label="${title}"]`);
  }

  async choose(label: string, option: string): Promise<void> {
    const list = this.page.locator(`vscode-dropdown[aria-label="${label}"]:visible`);
    await list.click();
    await list.locator('vscode-option', { hasText: option }).first().click();
    await this.drawn();
  }

  /** Presses a button of a figure and gives the file that comes. */
  async saved(title: string, format: 'PNG' | 'SVG' | 'CSV' | 'JSON'): Promise<Buffer> {
    const download = this.page.waitForEvent('download');
    await this.figure(title).getByText('Export', { exact: true }).click();
    await this.figure(title).getByText(format, { exact: true }).click();
    return readFile(await (await download).path());
  }

  /** The cells of a figure's table; opens it if it is closed. */
  async table(title: string): Promise<string[][]> {
    const figure = this.figure(title);
    if (!(await figure.locator('table').isVisible()))
      await figure.getByText('Table', { exact: true }).click();
    return figure
      .locator('tr')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  }

  /** Shows all panels that are offered at once, as far as they are drawn: what is right in each is looked at together. */
  showAll(): Promise<void> {
    return this.page.evaluate(() => {
      for (const tab of document.querySelectorAll('[role=tab]:not([hidden])'))
        document.getElementById(tab.getAttribute('aria-controls') ?? '')?.removeAttribute('hidden');
    });
  }

  /** What axe finds to be a serious or critical barrier. */
  async barriers(): Promise<string[]> {
    await this.page.evaluate(await axeSource);
    return this.page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html ?? ''}`);
    });
  }
}

/** Splits simple CSV (as the dashboard writes it, with one line of comment before it or none) into cells. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = text.startsWith('#') ? text.indexOf('\n') + 1 : 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || character === '\n') {
      rows[rows.length - 1]?.push(cell);
      cell = '';
      if (character === '\n') rows.push([]);
    } else if (character !== '\r') cell += character;
  }
  return rows.filter((row) => row.length > 0);
}
