import { describe, expect, it } from 'vitest';
import { done, running } from './live-states';
import { type DashboardPage, tabNames } from './support/dashboard-page';
import { editorPages, themeNames } from './support/editor-page';
import { withCounterparts } from './support/with-counterparts';
import { synthetic } from './synthetic';

const open = editorPages();

const overflow = (dashboard: DashboardPage) =>
  dashboard.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe('dashboard in the themes of VS Code', () => {
  it.each(themeNames)('has no barrier that axe knows of (%s)', async (theme) => {
    const live = theme.includes('light') ? running : done;
    const all = synthetic();
    const dashboard = await open(
      { theme, width: 450, live },
      { ...all, results: withCounterparts(all.results) },
    );
    for (const tab of [...tabNames, 'counterparts', 'compare'] as const) {
      await dashboard.tab(tab);
      if (tab === 'compare') {
        await dashboard.page.getByTitle('Choose runs… to compare with').click();
        await dashboard.page.locator('.changes li').waitFor();
        await dashboard.drawn();
      }
      // Panel by panel in one theme: the others differ from it by their colours.
      if (theme === 'dark') expect(await dashboard.barriers(), tab).toEqual([]);
      expect(await overflow(dashboard), `${tab}: wider than the page`).toBeLessThanOrEqual(0);
    }
    if (theme !== 'dark') {
      await dashboard.showAll();
      expect(await dashboard.barriers()).toEqual([]);
    }
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('says what to expect where there are no results yet', async () => {
    const nothing = { ...synthetic(), results: null };
    const dashboard = await open({ live: running }, nothing);
    expect(await dashboard.page.locator('main:visible').textContent()).toContain('first checkpoint');
    expect(await dashboard.barriers()).toEqual([]);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  // With the line of hazards over it.
  it.each([
    [650, 335],
    [1200, 240],
  ])('has the picture above the fold, %d pixels wide', async (width, most) => {
    const dashboard = await open({ width, height: 1000, live: done });
    for (const tab of ['pca', 'units', 'dynamics'] as const) {
      await dashboard.tab(tab);
      const picture = await dashboard.page.locator(`#panel-${tab} .picture`).first().boundingBox();
      expect(picture?.y, tab).toBeLessThan(most);
      expect((picture?.y ?? 1000) + (picture?.height ?? 0), tab).toBeLessThan(1000);
    }
    await dashboard.close();
  });

  it('lets a wide table scroll inside its box, by keyboard too, with its names in sight', async () => {
    const dashboard = await open({ width: 360 });
    const { page } = dashboard;
    const box = page.getByRole('region', { name: 'Table: Accuracy and variance explained' });
    const name = box.locator('tbody th').first();
    const before = await name.boundingBox();
    await box.focus();
    for (let at = 0; at < 6; at++) await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.querySelector('.table-box')?.scrollLeft ?? 0) > 100);
    expect((await name.boundingBox())?.x).toBe(before?.x);
    await dashboard.close();
  });

  it('sorts a table by any column, undefined numbers last', async () => {
    const dashboard = await open({ width: 700 });
    const column = async () =>
      (await dashboard.table('Accuracy and variance explained')).slice(1).map((row) => row[5] ?? '');
    const numbers = (texts: string[]) => texts.map((text) => Number(text.split(' ')[0]?.replace('−', '-')));
    const before = await column();
    const head = dashboard.page.getByTitle('Sort by hidden2');
    await head.focus();
    await dashboard.page.keyboard.press('Enter');
    const down = numbers(await column());
    expect(down).toEqual([...down].sort((a, b) => b - a));
    expect(down).not.toEqual(numbers(before));
    await head.click();
    expect(numbers(await column())).toEqual([...down].reverse());
    await head.click();
    expect(await column()).toEqual(before);
    await dashboard.page.getByTitle('Sort by accuracy').click();
    const accuracies = (await dashboard.table('Accuracy and variance explained')).map((row) => row[3]);
    expect(accuracies.slice(-2)).toEqual(['–', '–']);
    await dashboard.close();
  });

  it('opens lists as wide as their entries', async () => {
    const dashboard = await open({ width: 450 });
    await dashboard.tab('pca');
    const list = dashboard.page.locator('vscode-dropdown[aria-label="Network"]:visible');
    await list.click();
    const widths = await list.locator('vscode-option').evaluateAll((options) =>
      options.map((option) => {
        const content = option.shadowRoot?.querySelector('.content');
        return (content?.scrollWidth ?? 0) - (content?.clientWidth ?? 0);
      }),
    );
    expect(widths.every((beyond) => beyond <= 0)).toBe(true);
    await dashboard.close();
  });
});
