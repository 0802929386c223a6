// Pictures for pages, from the report of a run: what a reader of the report sees, saved with the report's own export.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium as browsers } from 'playwright-core';
import { chromium } from './chromium.mjs';

/** As wide as text is on a page, so that letters are as large in a picture. */
const width = 800;

export async function openBrowser() {
  const { executable, env } = await chromium();
  return browsers.launch({
    executablePath: executable,
    args: ['--no-sandbox'],
    env: { ...process.env, ...env },
  });
}

/**
 * @param browser Playwright's
 * @param {string} report its file
 * @param {readonly { panel: string, choices?: Record<string, string>, figure?: string }[]} pictures
 * @returns {Promise<string[]>} SVG files
 */
export async function takePictures(browser, report, pictures) {
  const context = await browser.newContext({
    viewport: { width, height: 1000 },
    colorScheme: 'light',
    acceptDownloads: true,
  });
  // A machine that has much to do draws late.
  context.setDefaultTimeout(300_000);
  try {
    const taken = [];
    for (const picture of pictures) {
      // Anew for each: what was chosen for one is not chosen for the next.
      const page = await context.newPage();
      await page.goto(pathToFileURL(report).href);
      await page.waitForSelector('h1');
      taken.push(await take(page, picture));
      await page.close();
    }
    return taken;
  } finally {
    await context.close();
  }
}

async function take(page, { panel, choices = {}, figure }) {
  await page.click(`#tab-${panel}`);
  await drawn(page);
  for (const [control, option] of Object.entries(choices)) await choose(page, control, option);
  const named = figure === undefined ? '' : `[aria-label^=${JSON.stringify(figure)}]`;
  const section = page.locator(`section.figure${named}:visible:has(.picture canvas)`).first();
  const coming = page.waitForEvent('download');
  await section.getByText('Export', { exact: true }).click();
  await section.getByText('SVG', { exact: true }).click();
  const svg = readFileSync(await (await coming).path(), 'utf8');
  // When it was made is no part of what is seen: pages are the same after a second run.
  return svg.replace(/,(&quot;|")analysed\1:\1[^"&]*\1/, '');
}

async function choose(page, control, option) {
  const list = page.locator(`vscode-dropdown[aria-label=${JSON.stringify(control)}]:visible`).first();
  if ((await list.count()) > 0) {
    const options = await list.locator('vscode-option').allTextContents();
    const at = options.findIndex((text) => text.trim() === option);
    if (at < 0) throw new Error(`${control} has no “${option}”. It has ${options.join(', ')}.`);
    if ((await list.getAttribute('disabled')) === null) {
      await list.click();
      await list.locator('vscode-option').nth(at).click();
    }
  } else {
    const box = page.locator('vscode-checkbox:visible').filter({ hasText: control }).first();
    if ((await box.getAttribute('aria-checked')) !== String(option === 'on')) await box.click();
  }
  await drawn(page);
}

/** The panel in front, and every picture of it, is drawn as last asked for. */
function drawn(page) {
  return page.waitForFunction(() => {
    if (document.body.dataset.progress === 'asked') return false;
    const seen = [...document.querySelectorAll('main .picture')].filter(({ clientWidth }) => clientWidth > 0);
    return seen.every(({ dataset: { drawn, asked } }) => drawn !== undefined && drawn === asked);
  });
}
