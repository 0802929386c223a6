import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from '../../src/protocol/packed';
import { launchChromium } from '../support/chromium';
import { type Bundle, bundleDashboard, bundleScript } from './support/bundle';
import { DashboardPage } from './support/dashboard-page';
import { synthetic } from './synthetic';

let browser: Browser;
let bundle: Bundle;
let editor: string;

beforeAll(async () => {
  [browser, bundle, editor] = await Promise.all([
    launchChromium(),
    bundleDashboard(),
    bundleScript('fake-editor.ts'),
  ]);
}, 120_000);
afterAll(() => browser.close());

const colours = {
  dark: '--vscode-editor-background: #101010; --vscode-foreground: #eeeeee;',
  light: '--vscode-editor-background: #fafafa; --vscode-foreground: #111111;',
};

/** The page that the editor's webview will be: scripts by nonce only. */
function openDashboard(): Promise<DashboardPage> {
  const policy = "default-src 'none'; script-src 'nonce-n0'; style-src 'unsafe-inline'; img-src data: blob:";
  const data = JSON.stringify(pack(synthetic())).replaceAll('<', '\\u003c');
  return DashboardPage.open(browser, {
    'dashboard.js': bundle.bundle,
    'plotly.js': bundle.plotly,
    'editor.js': editor,
    'index.html': `<!doctype html><html lang="en" style="${colours.dark}"><head><meta charset="utf-8"><title>Dashboard</title>
<meta http-equiv="Content-Security-Policy" content="${policy}"><style>${bundle.styles}</style></head>
<body class="vscode-dark"><div id="repscope" data-plotly="plotly.js"></div>
<script nonce="n0" type="application/json" id="data">${data}</script>
<script nonce="n0" src="editor.js"></script><script nonce="n0" src="dashboard.js"></script></body></html>`,
  });
}

describe('dashboard in the editor', () => {
  it('asks first, then for what it shows, and once for each replicate', async () => {
    const dashboard = await openDashboard();
    const calls = () => dashboard.page.evaluate(() => window.editor.calls);
    expect((await calls()).slice(0, 2)).toEqual(['ready', 'results']);
    expect(await calls()).not.toContain('detail');
    await dashboard.tab('pca');
    await dashboard.tab('units');
    await dashboard.choose('Layer', 'hidden1');
    expect((await calls()).filter((call) => call === 'detail')).toHaveLength(1);
    await dashboard.choose('Seed', '1');
    await dashboard.choose('Checkpoint', 'epoch 0');
    const caption = dashboard.figure('Selectivity of units').locator('.caption').first();
    expect(await caption.textContent()).toContain('both/1, hidden1, epoch 0');
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('takes the colours of the theme, and new ones when it changes', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('dynamics');
    const text = () =>
      page
        .locator('#panel-dynamics .xtick text')
        .first()
        .evaluate((element) => getComputedStyle(element).fill);
    expect(await text()).toBe('rgb(238, 238, 238)');
    await page.evaluate((style) => {
      document.documentElement.setAttribute('style', style);
      document.body.className = 'vscode-light';
    }, colours.light);
    await page.waitForTimeout(50);
    await dashboard.drawn();
    expect(await text()).toBe('rgb(17, 17, 17)');
    expect(await page.getByTitle('Switch between light and dark').count()).toBe(0);
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-contrastBorder', '#00ff00');
      document.body.className = 'vscode-high-contrast';
    });
    const outline = () =>
      dashboard.figure('Training').evaluate((element) => getComputedStyle(element).outlineColor);
    expect(await outline()).toBe('rgb(0, 255, 0)');
    await dashboard.close();
  });

  it('hands files to the editor, and says when something failed', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.figure('Tasks').getByText('CSV', { exact: true }).click();
    await page.getByText('Saved tasks.csv.').waitFor();
    expect(await page.evaluate(() => window.editor.exported)).toEqual([
      { name: 'tasks.csv', size: expect.any(Number) as number },
    ]);
    await page.evaluate(() => {
      window.editor.failing = 'detail';
    });
    await page.click('#tab-pca');
    await page.getByText('PCA could not be shown: The worker has gone.').waitFor();
    await page.evaluate(() => {
      window.editor.failing = '';
    });
    await dashboard.tab('units');
    await dashboard.tab('pca');
    expect(await dashboard.figure('PCA scores').locator('.main-svg').count()).toBeGreaterThan(0);
    await dashboard.close();
  });

  it('shows new results when told of a change, and comes back as it was', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await page.evaluate(() => {
      window.editor.data.results.title = 'Another title';
      window.editor.changed();
    });
    await page.locator('h1', { hasText: 'Another title' }).waitFor();
    await dashboard.tab('rsa');
    await page.reload();
    await page.waitForSelector('#panel-rsa:not([hidden])');
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });
});
