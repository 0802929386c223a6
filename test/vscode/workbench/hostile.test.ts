import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { Dashboard, panels } from '../support/dashboard';
import { HarmWatch } from '../support/harm';
import { until } from '../support/limit';
import { Workbench } from '../support/workbench';

/** A file name can hold anything but a slash. */
const short = '[x](command:workbench.action.closeWindow) $(error) <img src=x onerror=alert(1)>';
const file = `${short}\u202e.experiment.json`;
const slow = `slow ${file}`;
const wrong = `wrong ${file}`;
const other = `other ${file}`;

let workbench: Workbench;
let watch: HarmWatch;
let dashboard: Dashboard;
beforeAll(async () => {
  workbench = await Workbench.open();
  const path = (name: string): string => workbench.scratch.path(name);
  const text = readFileSync(path('hostile.experiment.json'), 'utf8');
  writeFileSync(path(file), text);
  writeFileSync(path(other), text);
  writeFileSync(path(slow), text.replace('"epochs": 3 ', '"epochs": 100000 '));
  writeFileSync(
    path(wrong),
    // A name that is not there, and one so near to it that it is offered in its place.
    text
      .replace('"features": {', `"features": {\n      "[h](command:workbench.action.exit)": { "bits": 1 },`)
      .replace('"tasks": {', `"tasks": {\n    "t": "'[h](command:workbench.action.quit)'",`),
  );
  watch = new HarmWatch(workbench);
});
let failed = false;
beforeEach(({ skip }) => skip(failed, 'a step before it failed'));
afterEach(async ({ task }) => {
  failed ||= task.result?.state === 'fail';
  if (task.result?.state === 'fail') await workbench.keep(task.name);
});
afterAll(() => workbench?.dispose());

const opened = (name: string): Promise<unknown> =>
  workbench.companion.execute('vscode.open', { $file: workbench.scratch.path(name) });

describe('names that would do harm', () => {
  it('are text in hovers before a run, in lenses and in the breadcrumbs', async () => {
    await opened(file);
    // They move the lines when they come.
    await workbench.editor
      .lenses()
      .filter({ hasText: /Analyze/ })
      .first()
      .waitFor();
    for (const [at, shown] of [
      ['"<img src=x onerror', '<img src=x onerror=alert(1)>'],
      ['"[run](command', '[run](command:workbench.action.closeWindow)'],
      ['"\\u001b[31m', '\\u001b[31m</script>'],
      ['"www.example', 'www.example.invalid/?<b>'],
      ['"<script>', '<script>alert(1)</script>'],
      ['"`code`', '`code` $(error) ${1}'],
      ['"\\u202e$(sync', '\\u202e$(sync~spin)\\u001b[1m|\\u000a[n](command:workbench.action.quit)'],
    ] as const) {
      const hover = await workbench.editor.hover(at);
      await until(`the hover at ${at} says ${shown}`, async () => (await hover.innerText()).includes(shown));
      expect(await watch.harm()).toEqual([]);
      await workbench.editor.leaveHover();
    }
  });

  it('are text in every panel of the dashboard', async () => {
    await workbench.command('Analyze Representations');
    dashboard = await Dashboard.of(workbench);
    await dashboard.reaches('done');
    for (const panel of panels) {
      await dashboard.tab(panel);
      for (const summary of await dashboard.frame.getByText('Table', { exact: true }).all())
        if (await summary.isVisible()) await summary.click();
      const text = await dashboard.frame.locator(`#panel-${panel}`).innerText();
      expect(text, panel).toMatch(
        /<script>alert\(1\)<\/script>|\[run\]\(command:workbench\.action\.closeWindow\)/,
      );
      expect(text, panel).not.toMatch(/[\u001b\u202e]/);
      expect(await watch.harm()).toEqual([]);
    }
    expect(await dashboard.frame.locator('h1').innerText()).toContain(
      '</script><img src=x onerror=alert(1)>',
    );
  });

  it('are text in hovers after the run and at the ends of lines', async () => {
    for (const at of ['"[run](command', '"<script>', '"<img src=x onerror', '"www.example']) {
      const hover = await workbench.editor.hover(at);
      await hover.locator('img[src^="data:image/svg"]').first().waitFor();
      expect(await hover.innerText()).toContain('<script>alert(1)</script>');
      expect(await watch.harm()).toEqual([]);
      await workbench.editor.leaveHover();
    }
  });

  it('are text in the side panel, the list of runs and its tooltip', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: 'RepScope' }).first().click();
    const side = await workbench.webview('.networks');
    const text = await side.locator('#repscope').innerText();
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain(`${short}\\u202e.experiment.json`);
    expect(text).not.toMatch(/[\u001b\u202e]/);
    const run = page.getByRole('treeitem').filter({ hasText: short }).first();
    await run.waitFor();
    await run.hover();
    // That of the tab may still be there.
    const tooltip = page
      .locator('.workbench-hover-container .monaco-hover')
      .filter({ hasText: '</script><img src=x onerror=alert(1)>' });
    await tooltip.waitFor();
    expect(await tooltip.innerText()).not.toMatch(/[\u001b\u202e]/);
    expect(await watch.harm()).toEqual([]);
    await page.mouse.move(5, 5);
  });

  it('are text in lists to choose from, without icons', async () => {
    const { page } = workbench;
    const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    await workbench.command('Export Activations');
    await rows.filter({ hasText: 'sync~spin' }).first().waitFor();
    let labels = '';
    // A list whose focus is taken in its first moment opens once more (editor/choose): it is read when it is there.
    await until('the list is there', async () => {
      labels = (await rows.allInnerTexts()).join('\n').replaceAll('\u200b', '');
      return labels.includes('`code` $(error) ${1}/0');
    });
    expect(labels).not.toMatch(/[\u001b\u202e]/);
    expect(await rows.locator('.codicon-error, .codicon-sync').count()).toBe(0);
    expect(await watch.harm()).toEqual([]);
    await until('the list is gone', async () => {
      await page.keyboard.press('Escape');
      return (await rows.count()) === 0;
    });
  });

  it('are text in problems, their mends and the message that a file cannot be analysed', async () => {
    const { page } = workbench;
    await opened(wrong);
    await workbench.editor.squiggles('error').first().waitFor();
    const hover = await workbench.editor.hover("'[h](command");
    expect(await hover.innerText()).toContain('[h](command:workbench.action.quit)');
    expect(await watch.harm()).toEqual([]);
    await workbench.editor.leaveHover();
    await workbench.editor.click("'[h](command");
    const fixes = page.locator('.action-widget .monaco-list-row');
    // Problems of a file that has just been opened may come after the key: VS Code then says that there is nothing to mend.
    for (let tries = 0; tries < 5 && !(await fixes.first().isVisible()); tries++) {
      await page.keyboard.press('Control+Period');
      await fixes
        .first()
        .waitFor({ timeout: 4000 })
        .catch(() => undefined);
    }
    await fixes.first().waitFor();
    expect(await watch.harm()).toEqual([]);
    await page.keyboard.press('Escape');
    await workbench.command('Analyze Representations');
    const message = page.locator('.notifications-toasts .notification-list-item-message');
    await message.first().waitFor();
    expect((await message.first().innerText()).replaceAll('\u200b', '')).toContain(
      '[x](command:workbench.action.closeWindow)',
    );
    expect(await message.locator('a').count()).toBe(0);
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('are text in the status bar, whose tooltip cancels', async () => {
    const { page } = workbench;
    await opened(slow);
    await workbench.command('Analyze Representations');
    const item = page
      .locator('#repscope\\.repscope\\.repscope\\.progress, [id*="repscope.progress"]')
      .first();
    await item.waitFor();
    expect((await item.innerText()).replaceAll('\u200b', '')).toContain('slow [x](command');
    await item.hover();
    const tooltip = page.locator('.workbench-hover-container .monaco-hover');
    await tooltip.getByText('Cancel').waitFor();
    const text = (await tooltip.innerText()).replaceAll('\u00a0', ' ');
    expect(text).toContain(
      'slow [x](command:workbench.action.closeWindow) $(error) <img src=x onerror=alert(1)>',
    );
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(await tooltip.locator('.codicon-error').count()).toBe(0);
    expect(await watch.harm()).toEqual([]);
    // A hover goes when the pointer jumps from its item to its link: a hand moves, and may have to move again.
    await until('Cancel is pressed', async () => {
      if ((await item.count()) === 0) return true;
      await item.hover({ timeout: 2000 }).catch(() => undefined);
      await tooltip
        .getByText('Cancel')
        .click({ timeout: 2000 })
        .catch(() => undefined);
      return (await item.count()) === 0;
    });
    await until('the run is cancelled', async () =>
      (
        await Promise.all(
          workbench.webviews().map((frame) =>
            frame
              .locator('.live')
              .getAttribute('data-status', { timeout: 1000 })
              .catch(() => null),
          ),
        )
      ).includes('cancelled'),
    );
  });

  it('are text in a comparison', async () => {
    const { page } = workbench;
    await workbench.companion.execute('repscope.quickLook', { $file: workbench.scratch.path(other) });
    await opened(file);
    await workbench.command('Compare Runs');
    const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const row = (await rows.first().innerText()).replaceAll('\u200b', '');
    expect(row).toContain('[x](command:workbench.action.closeWindow) $(error)');
    expect(await rows.locator('.codicon-error').count()).toBe(0);
    await page.keyboard.press('Enter');
    const frame = await workbench.webview('#panel-compare');
    expect(await frame.locator('#panel-compare').innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await watch.harm()).toEqual([]);
  });

  it('are text in the question before a run is deleted', async () => {
    const { page } = workbench;
    const run = page.getByRole('treeitem').filter({ hasText: `other ${short.slice(0, 20)}` });
    await workbench.choose(run.first(), 'Delete…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain(`Delete this run of other ${short}\\u202e from the history?`);
    expect(await watch.harm()).toEqual([]);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await run.first().waitFor({ state: 'detached' });
  });

  it('are text among what completes a formula', async () => {
    const { page } = workbench;
    await opened(wrong);
    await workbench.editor.click('"t": "');
    await page.keyboard.press('Control+Space');
    const rows = page.locator('.suggest-widget .monaco-list-row');
    await rows.filter({ hasText: '<img src=x onerror=alert(1)>' }).first().waitFor();
    expect(await watch.harm()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('are text in the report', async () => {
    await opened(file);
    await workbench.command('Export Report');
    const report = (await workbench.answerSaveDialog('hostile.report.html')).toString('utf8');
    expect(report).not.toContain('<script>alert');
    const browser = await launchBrowser();
    const tab = await browser.newPage();
    const said: string[] = [];
    tab.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    tab.on('console', (message) => {
      if (message.type() === 'error') said.push(message.text());
    });
    await tab.goto(`file://${workbench.scratch.path('hostile.report.html')}`);
    for (const panel of panels) {
      await tab.click(`#tab-${panel}`);
      await tab.locator(`#panel-${panel}:visible`).waitFor();
    }
    expect(await tab.locator('h1').innerText()).toContain('</script><img src=x onerror=alert(1)>');
    expect(await tab.locator('img[src="x"], [onerror], a[href*="example.invalid"]').count()).toBe(0);
    expect(said).toEqual([]);
    await browser.close();
  });

  it('write no control characters into the log', () => {
    const logs = workbench.logs().filter(({ file: log }) => log.includes('RepScope'));
    expect(logs.length).toBeGreaterThan(0);
    for (const { text } of logs) expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
  });

  it('made no errors', () => {
    expect(workbench.complaints.ours).toEqual([]);
  });
});
