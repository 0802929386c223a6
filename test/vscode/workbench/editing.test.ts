import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Dashboard } from '../support/dashboard';
import { Workbench } from '../support/workbench';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open();
});
let failed = false;
beforeEach(({ skip }) => skip(failed, 'a step before it failed'));
afterEach(async ({ task }) => {
  failed ||= task.result?.state === 'fail';
  if (task.result?.state === 'fail') await workbench.keep(task.name);
});
afterAll(() => workbench?.dispose());

describe('editing an experiment file', () => {
  it('opens by keyboard as JSON with comments, without a squiggle', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+KeyP');
    await page.locator('.quick-input-box input').fill('tiny.experiment');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'tiny.experiment.json' }).waitFor();
    await page.keyboard.press('Enter');
    await workbench.editor.place('"seeds": 2');
    await page.locator('#status\\.editor\\.mode', { hasText: 'JSON with Comments' }).waitFor();
    await workbench.editor
      .lenses()
      .filter({ hasText: /Analyze/ })
      .first()
      .waitFor();
    expect(await workbench.editor.squiggles('error').count()).toBe(0);
    expect(await workbench.editor.squiggles('warning').count()).toBe(0);
  });

  it('says in a hover what a task computes, before any run', async () => {
    const hover = await workbench.editor.hover('"hard"');
    const text = await hover.innerText();
    expect(text).toContain('hard');
    expect(text).toMatch(/50 %|0\.5/);
    await workbench.editor.leaveHover();
  });

  it('squiggles a misspelt feature while it is typed, and mends it', async () => {
    await workbench.editor.replace('shape ==', 'shap');
    await workbench.editor.squiggles('error').first().waitFor();
    const hover = await workbench.editor.hover('shap ==');
    expect(await hover.innerText()).toContain('shape');
    await workbench.editor.leaveHover();
    await workbench.editor.click('"easy": "shap');
    await workbench.editor.fix(/shape/);
    await workbench.editor.place('"shape == circle"');
    await workbench.editor.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('analyzes the text of the editor from the Command Palette, the focus staying in it', async () => {
    await workbench.editor.click('"Tiny"');
    await workbench.command('Analyze Representations');
    const dashboard = await Dashboard.of(workbench);
    await dashboard.reaches('done');
    expect(await workbench.focusInText()).toBe(true);
  });

  it('then shows the numbers in hovers and at the ends of lines', async () => {
    const hover = await workbench.editor.hover('"easy":');
    const text = await hover.innerText();
    expect(text).toMatch(/accuracy/i);
    expect(text).toMatch(/\d+(\.\d+)? %|0\.\d+/);
    expect(await hover.locator('img[src^="data:image/svg"]').first().getAttribute('alt')).toBeTruthy();
    await workbench.editor.leaveHover();
    expect(await workbench.editor.inline('"easy":')).toMatch(/% · explains/);
  });

  it('made no errors', () => {
    expect(workbench.complaints.ours).toEqual([]);
  });
});
