import { describe, expect, it } from 'vitest';
import { sideExperiment } from './side-states';
import { sidePages, themeNames } from './support/editor-page';

const openSide = sidePages();

describe('side panel', () => {
  it('shows what to be careful about under the first network’s bars, above the fold', async () => {
    const side = await openSide({ experiment: sideExperiment });
    const { page } = side;
    const first = await page.locator('section[aria-label="Network both"]').boundingBox();
    const hazards = page.locator('section[aria-label="What to be careful about"]');
    const box = await hazards.boundingBox();
    expect(box?.y).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0) - 1);
    expect(box?.y).toBeLessThan(300);
    expect(await hazards.textContent()).toContain('6.9 times its variance');
    expect(side.complaints).toEqual([]);
    await side.close();
  });

  it('says what a network was not trained on, and shows no negative zero', async () => {
    const side = await openSide({ experiment: sideExperiment });
    const network = side.page.locator('section[aria-label="Network easy only"]');
    expect(await network.getByText('not trained on').count()).toBe(1);
    expect(await network.textContent()).not.toContain('–');
    expect(await side.page.locator('#repscope').textContent()).not.toMatch(/−0\.00(?!\d)/);
    await side.close();
  });

  it.each(themeNames)('has no barrier that axe knows of (%s)', async (theme) => {
    const side = await openSide({ experiment: sideExperiment }, { theme });
    expect(await side.barriers()).toEqual([]);
    const overflow = await side.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await side.close();
  });

  it('says what to do where no experiment is open', async () => {
    const side = await openSide({ experiment: null });
    const text = await side.page.locator('#repscope').textContent();
    expect(text).toContain('Open an experiment file');
    expect(text).not.toContain('Starting');
    await side.page.getByText('Open an Example').click();
    const asked = await side.page.evaluate(() => (window as unknown as { asked: unknown }).asked);
    expect(asked).toEqual([{ type: 'ready' }, { type: 'command', command: 'openExample' }]);
    await side.close();
  });
});
