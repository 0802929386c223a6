import { describe, expect, it } from 'vitest';
import { editorPages, themeNames } from './support/editor-page';
import { tokensLookedAt, walking } from './walked';

const open = editorPages();

describe('ways of a network', () => {
  it.each(themeNames)('are stepped through by keyboard and by buttons (%s)', async (theme) => {
    const dashboard = await open({ theme, width: 530, height: 1000 }, walking());
    const { page } = dashboard;
    await dashboard.tab('documents');
    const name = 'The way that it goes';
    const caption = dashboard.figure(name).locator('.caption').first();
    await caption.filter({ hasText: 'at step 1,' }).waitFor();
    const slider = page.getByRole('slider', { name: 'Step' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await caption.filter({ hasText: 'at step 2,' }).waitFor();
    // The focus stays: one goes on.
    await page.keyboard.press('ArrowRight');
    await caption.filter({ hasText: 'at step 3,' }).waitFor();
    expect(await slider.getAttribute('aria-valuetext')).toBe('3 of 3: →, there');
    await page.getByTitle('Step: the one before').click();
    await caption.filter({ hasText: 'at step 2,' }).waitFor();
    await dashboard.choose('Document', '1 ✗');
    await caption.filter({ hasText: 'does not get there' }).waitFor();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    expect(await dashboard.barriers()).toEqual([]);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });
});

describe('documents', () => {
  it.each(themeNames)('lead to their tokens in other panels, and back (%s)', async (theme) => {
    const { from } = tokensLookedAt();
    const dashboard = await open({ theme, width: 530, height: 1000 }, from);
    const { page } = dashboard;
    await dashboard.tab('documents');
    await dashboard.whole();
    const text = page.locator('.selection-text');
    const name = 'What is said, token by token';
    const pick = async (...keys: string[]): Promise<void> => {
      await dashboard.figure(name).locator('.picture').focus();
      for (const key of ['Control+Home', ...keys, 'Enter']) await page.keyboard.press(key);
      await dashboard.whole();
    };
    // The whole document, one token of it, and a document without any, which changes nothing.
    await pick();
    await text.filter({ hasText: '2 stimuli of 256 selected' }).waitFor();
    expect(await page.getByText('Show document', { exact: true }).count()).toBe(0);
    await pick('ArrowRight', 'ArrowRight');
    await text.filter({ hasText: 'stimulus 41 (document 17 of “validation”, position 1)' }).waitFor();
    await pick('ArrowDown');
    await text.filter({ hasText: 'stimulus 41 (' }).waitFor();
    await dashboard.tab('pca');
    await text.filter({ hasText: 'stimulus 41 (' }).waitFor();
    await page.getByText('Show document', { exact: true }).click();
    await dashboard.drawn();
    await dashboard.figure(name).waitFor();
    expect(await dashboard.barriers()).toEqual([]);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });
});
