import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHART_COLOURS } from '../../../src/language/chart-colours';
import { Dashboard } from '../support/dashboard';
import { seen, until } from '../support/limit';
import { project } from '../support/project';
import { Workbench } from '../support/workbench';

const file = 'tiny.experiment.json';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open();
  writeFileSync(workbench.scratch.path('empty.experiment.json'), '');
});
let failed = false;
beforeEach(({ skip }) => skip(failed, 'a step before it failed'));
afterEach(async ({ task }) => {
  failed ||= task.result?.state === 'fail';
  if (task.result?.state === 'fail') await workbench.keep(task.name);
});
afterAll(() => workbench?.dispose());

const opened = (path: string): Promise<unknown> =>
  workbench.companion.execute('vscode.open', { $file: path });

/** What stands behind the line that holds `text`, once it satisfies `wanted`. */
function behind(text: string, wanted: (shown: string) => boolean): Promise<string> {
  return until(`the end of the line of ${text}`, async () => {
    const shown = await workbench.editor.inline(text);
    return wanted(shown) ? (shown === '' ? '(nothing)' : shown) : undefined;
  });
}

describe('an experiment file', () => {
  it('shows the numbers that matter at the ends of its lines', async () => {
    await opened(workbench.scratch.path(file));
    await workbench.editor.click('"Tiny"');
    await workbench.command('Analyze Representations');
    await (await Dashboard.of(workbench)).reaches('done');
    const easy = await behind('"easy": "shape', (shown) => shown.includes('%'));
    expect(easy).toMatch(/^\d+(\.\d)? % · explains −?\d+(\.\d)? % in hidden2 \(both\)$/);
    expect(await behind('"both": {', (shown) => shown.includes('%'))).toMatch(/^easy .*, hard .* · 2 seeds$/);
  });

  it('looks stale once it has changed, and not when the change is undone', async () => {
    const { page } = workbench;
    await workbench.editor.replace('512', '600');
    await behind('"easy": "shape', (shown) => shown.endsWith('· stale'));
    const hover = await workbench.editor.hover('"easy":');
    expect(await hover.innerText()).toContain('Stale');
    await workbench.editor.leaveHover();
    await workbench.editor.lenses().filter({ hasText: 'stale' }).first().waitFor();
    await workbench.editor.click('"Tiny"');
    await page.keyboard.press('Control+KeyZ');
    await behind('"easy": "shape', (shown) => shown.includes('%') && !shown.includes('stale'));
  });

  it('keeps results with their names wherever the lines go', async () => {
    const { page } = workbench;
    const easy = await workbench.editor.inline('"easy": "shape');
    const hard = await workbench.editor.inline('"hard": "xor');
    expect(easy).not.toBe(hard);
    await workbench.editor.click('"easy": "shape');
    await page.keyboard.press('Alt+ArrowDown');
    await behind('"easy": "shape', (shown) => shown === easy);
    await behind('"hard": "xor', (shown) => shown === hard);
    await page.keyboard.press('Alt+ArrowUp');
    // The lines that went have scrolled the editor aside.
    await page.keyboard.press('Control+Home');
  });

  it('shows nothing at the ends of lines where the setting says so', async () => {
    await workbench.companion.configure('repscope.inlineResults', false);
    await behind('"easy": "shape', (shown) => shown === '');
    await workbench.companion.configure('repscope.inlineResults', undefined);
    await behind('"easy": "shape', (shown) => shown.includes('%'));
  });

  it('draws the chart of a hover in the colours of the theme, small and with a text in its place', async () => {
    for (const [theme, kind] of [
      ['light', 'light'],
      ['high contrast dark', 'highContrast'],
      ['dark', 'dark'],
    ] as const) {
      await workbench.theme(theme);
      for (const at of ['"easy":', '"shape":', '"both":', '[16', '"seeds"', '"optimizer"']) {
        const hover = await workbench.editor.hover(at);
        const image = hover.locator('img[src^="data:image/svg"]').first();
        const source = (await image.getAttribute('src')) ?? '';
        const svg = Buffer.from(source.slice(source.indexOf(',') + 1), 'base64').toString('utf8');
        expect(svg, at).toContain(CHART_COLOURS[kind].text);
        expect(source.length).toBeLessThan(50_000);
        expect((await image.getAttribute('alt'))?.length).toBeGreaterThan(20);
        await hover.getByText('Analyze again').waitFor();
        await workbench.editor.leaveHover();
      }
    }
  });

  it('that is empty starts with the quick fix', async () => {
    const { page } = workbench;
    await opened(workbench.scratch.path('empty.experiment.json'));
    await page.locator('.editor-instance .view-line').first().click();
    await workbench.editor.fix('Start with a small experiment');
    await workbench.editor.place('"My experiment"');
    await workbench.editor.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('that lacks a key gets it by the quick fix', async () => {
    const { page } = workbench;
    await workbench.editor.replace('networks', 'network5');
    await workbench.editor.squiggles('warning').first().waitFor();
    await workbench.editor.click('{');
    await workbench.editor.fix("Add 'networks'");
    await workbench.editor.place('"networks": {');
    await page.keyboard.press('Control+KeyS');
    await until('the file is saved', () =>
      readFileSync(workbench.scratch.path('empty.experiment.json'), 'utf8').includes('"network": {}'),
    );
  });

  it('that was never saved has hovers, completion and definitions all the same', async () => {
    const { page } = workbench;
    const example = join(project, 'examples', 'xor.experiment.json');
    await workbench.companion.execute('repscope.openExample', { $file: example });
    await page.locator('.tab.active', { hasText: 'xor.experiment.json' }).waitFor();
    await workbench.editor.lenses().filter({ hasText: 'Analyze' }).first().waitFor();
    const hover = await workbench.editor.hover('"xor":');
    await hover.locator('table').waitFor();
    expect(await hover.innerText()).toMatch(/no linear readout/);
    await workbench.editor.leaveHover();

    await workbench.editor.click('"xor": "xor(a == ');
    await page.keyboard.press('Control+Space');
    const rows = page.locator('.suggest-widget .monaco-list-row');
    await rows
      .filter({ hasText: 'value of a' })
      .first()
      .waitFor()
      .catch(() => undefined);
    expect((await rows.allInnerTexts()).map((text) => text.trim().split(/\s/)[0])).toEqual(
      expect.arrayContaining(['0', '1']),
    );
    await page.keyboard.press('Escape');

    const lines = readFileSync(example, 'utf8')
      .replace(/^\s*"\$schema":.*\r?\n/m, '')
      .split('\n');
    const line = lines.findIndex((one) => one.includes('"features"')) + 1;
    const place = page.locator('#status\\.editor\\.selection', { hasText: `Ln ${line},` });
    await until('the definition', async () => {
      await workbench.editor.click('"xor": "xor(a');
      await page.keyboard.press('F12');
      return seen(place, 3000);
    });
  });

  it('a hover leads to the analysis', async () => {
    const hover = await workbench.editor.hover('"xor":');
    await hover.getByText('Analyze', { exact: true }).click();
    await workbench
      .tab(/RepScope: xor/)
      .first()
      .waitFor();
  });

  it('made no errors', () => {
    expect(workbench.complaints.ours).toEqual([]);
  });
});
