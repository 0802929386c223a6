import { describe, expect, it } from 'vitest';
import { stimulusName } from '../../webview/src/labels';
import { shown } from '../../webview/src/number';
import { treeOf } from '../support/tree';
import { done } from './live-states';
import { type DashboardPage, tabNames } from './support/dashboard-page';
import { editorPages, themeNames } from './support/editor-page';
import { synthetic } from './synthetic';

const data = synthetic();
const openPage = editorPages();
const open = (options: Parameters<typeof openPage>[0] = {}) => openPage({ live: done, ...options }, data);

/** The picture of a figure and what the keyboard's cursor shows in it. */
function chart(dashboard: DashboardPage, title: string) {
  const picture = dashboard.figure(title).locator('.picture');
  const { keyboard } = dashboard.page;
  return {
    picture,
    note: picture.locator('.hover'),
    mark: picture.locator('.cursor'),
    said: picture.locator('[aria-live]'),
    focused: () => picture.evaluate((box) => document.activeElement === box),
    press: async (...keys: string[]) => {
      for (const key of keys) await keyboard.press(key);
    },
    /** What is said before each of so many presses of a key; all in the page, as many presses take long from outside. */
    sayings: (key: string, times: number) =>
      picture.evaluate(
        (box, [pressed, count]) =>
          Array.from({ length: count }, () => {
            const now = box.querySelector('[aria-live]')?.textContent ?? '';
            box.dispatchEvent(
              new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }),
            );
            return now;
          }),
        [key, times] as const,
      ),
    /** What is said, which is what is shown. */
    text: async () => {
      const text = await picture.locator('[aria-live]').textContent();
      if (text !== '') expect(await picture.locator('.hover').textContent()).toBe(text);
      return text ?? '';
    },
    /** Comes to the picture from the last button of its head. */
    reach: async () => {
      await dashboard.figure(title).getByText('Export', { exact: true }).focus();
      await keyboard.press('Tab');
      // Over a figure of which there is a hazard, the line that says so comes first.
      if ((await dashboard.figure(title).locator('.hazard-here:focus').count()) > 0)
        await keyboard.press('Tab');
      expect(await picture.evaluate((box) => document.activeElement === box)).toBe(true);
    },
  };
}

describe('charts by keyboard', () => {
  it('are reached by Tab, say what they are and which keys they know, and have an outline', async () => {
    const dashboard = await open();
    await dashboard.tab('rsa');
    const { picture, note, mark, reach, press, text } = chart(dashboard, 'RDM of conditions');
    await reach();
    expect(await picture.getAttribute('role')).toBe('application');
    expect(await picture.getAttribute('aria-label')).toMatch(/^RDM of conditions\. 4 conditions/);
    const described = await picture.getAttribute('aria-describedby');
    const keys = await dashboard.page.locator(`#${described ?? ''}`).textContent();
    expect(keys).toMatch(/^Arrow keys: .*Escape: hide\.$/);
    expect(keys).toContain('Enter');
    const plain = dashboard.figure('RSA with label RDMs').locator('.picture');
    const fewer = (await plain.getAttribute('aria-describedby')) ?? '';
    expect(await dashboard.page.locator(`#${fewer}`).textContent()).not.toContain('Enter');
    // Who sees reads them too, until the first key.
    expect(await note.textContent()).toBe(keys);
    expect(await mark.isVisible()).toBe(false);
    expect(await text()).toBe('');
    const outline = await picture.evaluate((box) => getComputedStyle(box).outlineStyle);
    expect(outline).toBe('solid');
    await press('ArrowRight');
    expect(await note.textContent()).not.toBe(keys);
    await press('Shift+Tab');
    expect(await note.isVisible()).toBe(false);
    expect(await mark.isVisible()).toBe(false);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('go from cell to cell of a heatmap, in the numbers of the data', async () => {
    const dashboard = await open();
    await dashboard.tab('rsa');
    await dashboard.whole();
    const { mark, note, reach, press, text } = chart(dashboard, 'RDM of conditions');
    const names = data.stimuli.conditions.names;
    const values = data.details[0]?.layers[1]?.rdm.conditions ?? [];
    const cell = (row: number, column: number): string =>
      `${names[row] ?? ''} – ${names[column] ?? ''}\n${shown(values[4 * row + column], true)}`;
    await reach();
    await dashboard.page.evaluate(() => {
      const { prototype } = CanvasRenderingContext2D;
      prototype.fillRect = prototype.drawImage = () => console.error('drawn anew');
    });
    for (const [key, row, column] of [
      ['ArrowDown', 0, 0],
      ['ArrowDown', 1, 0],
      ['ArrowRight', 1, 1],
      ['ArrowRight', 1, 2],
      ['End', 1, 3],
      ['ArrowRight', 1, 3],
      ['ArrowUp', 0, 3],
      ['PageDown', 3, 3],
      ['Home', 3, 0],
      ['ArrowLeft', 3, 0],
      ['Control+Home', 0, 0],
      ['Control+End', 3, 3],
    ] as const) {
      await press(key);
      expect(await text(), key).toBe(cell(row, column));
    }
    // The frame is about that cell, which the pointer finds there too.
    const frame = await mark.boundingBox();
    const [x, y] = [
      (frame?.x ?? 0) + (frame?.width ?? 0) / 2 - 20,
      (frame?.y ?? 0) + (frame?.height ?? 0) / 2 - 20,
    ];
    await dashboard.page.mouse.move(x, y);
    expect(await mark.isVisible()).toBe(false);
    expect(await note.textContent()).toBe(cell(3, 3));
    expect(await text()).toBe('');
    // The keyboard goes on from what was pointed at.
    await dashboard.page.mouse.move(x - (frame?.width ?? 0), y);
    await press('ArrowUp');
    expect(await text()).toBe(cell(2, 2));
    await press('Escape');
    expect(await note.isVisible()).toBe(false);
    expect(await mark.isVisible()).toBe(false);
    expect(await text()).toBe('');
    await press('ArrowLeft');
    expect(await text()).toBe(cell(2, 1));
    // Not a stroke of the picture was drawn for all this.
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('choose a unit in a heatmap; the cursor and the focus stay, in other colours and at other checkpoints too', async () => {
    const dashboard = await open();
    const { page } = dashboard;
    await dashboard.tab('units');
    await dashboard.choose('Order of units', 'as in the layer');
    const { mark, reach, press, text, focused } = chart(dashboard, 'Selectivity of units');
    const layer = data.details[0]?.layers[1];
    const alive = [...Array(24).keys()].filter((unit) => layer?.constantUnits.includes(unit) === false);
    await reach();
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    const unit = alive[4] ?? -1;
    const e = layer?.selectivity['e']?.dprime[unit];
    const said = `unit ${unit}, e = easy (yes − no)\n${shown(typeof e === 'number' ? e : null, true)}`;
    expect(await text()).toBe(said);
    for (const [key, chosen] of [
      ['Enter', unit],
      ['Space', alive[5] ?? -1],
    ] as const) {
      if (key === 'Space') await press('ArrowRight');
      await press(key);
      await dashboard
        .figure('Statistics of the chosen unit')
        .locator('.caption', { hasText: `Unit ${chosen} of both/0` })
        .waitFor();
      await dashboard.drawn();
      expect(await focused()).toBe(true);
      expect(await mark.isVisible()).toBe(true);
      expect(await text()).toContain(`unit ${chosen}, e = easy (yes − no)\n`);
    }
    await press('ArrowLeft');
    const frame = await mark.boundingBox();
    await page.setViewportSize({ width: 900, height: 900 });
    await page.waitForFunction(
      (before) => document.querySelector('#panel-units .cursor')?.getBoundingClientRect().x !== before,
      frame?.x,
    );
    await page.evaluate(() => {
      document.body.className = 'vscode-light';
    });
    await page.getByLabel('Checkpoint of training').evaluate((slider: HTMLInputElement) => {
      slider.value = '2';
      slider.dispatchEvent(new Event('input'));
    });
    await page.locator('#panel-units .caption', { hasText: 'epoch 10' }).first().waitFor();
    await dashboard.drawn();
    expect(await focused()).toBe(true);
    expect(await mark.isVisible()).toBe(true);
    expect(await text()).toBe(said);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('reach every point of a scatter, select and leave out', async () => {
    const dashboard = await open();
    const { page } = dashboard;
    await dashboard.tab('pca');
    const { reach, press, sayings, text, focused, mark } = chart(dashboard, 'PCA scores');
    const pca = data.details[0]?.layers[1]?.pca;
    const at = (point: number, component: number): number =>
      pca?.scores[point * pca.components + component] ?? NaN;
    const pointText = (point: number): string =>
      `${stimulusName(data.stimuli, point)}\n${shown(at(point, 0), true)}, ${shown(at(point, 1), true)}`;
    await reach();
    await press('Home');
    expect(await text()).toBe(pointText(0));
    const seen = new Set(await sayings('n', data.stimuli.count));
    expect(seen.size).toBe(data.stimuli.count);
    expect(await text()).toBe(pointText(data.stimuli.count - 1));
    await press('p');
    expect(await text()).toBe(pointText(data.stimuli.count - 2));
    await press('Home');

    // To the right: the nearest of the points within an eighth of a turn of it; axes are equal.
    const others = [...Array(data.stimuli.count).keys()].filter((point) => {
      const [dx, dy] = [at(point, 0) - at(0, 0), at(point, 1) - at(0, 1)];
      return dx > 0 && Math.abs(dy) <= dx;
    });
    const distance = (point: number): number => Math.hypot(at(point, 0) - at(0, 0), at(point, 1) - at(0, 1));
    const nearest = others.sort((a, b) => distance(a) - distance(b))[0] ?? -1;
    await press('ArrowRight');
    expect(await text()).toBe(pointText(nearest));

    const selection = page.locator('.selection-text');
    await press('Enter');
    await selection.filter({ hasText: `selected: stimulus ${nearest},` }).waitFor();
    await dashboard.drawn();
    expect(await focused()).toBe(true);
    expect(await mark.isVisible()).toBe(true);
    expect(await text()).toBe(`${pointText(nearest)}\nselected`);
    await press('Space');
    await selection.filter({ hasNotText: 'selected' }).waitFor({ state: 'hidden' });
    await dashboard.drawn();
    expect(await text()).toBe(pointText(nearest));
    // In three dimensions it is no canvas of ours.
    await dashboard.choose('View', '3-D');
    const { picture } = chart(dashboard, 'PCA scores');
    expect(await picture.getAttribute('role')).toBe('img');
    expect(await picture.getAttribute('tabindex')).toBeNull();
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('follow a line and go from line to line', async () => {
    const dashboard = await open({ height: 420 });
    const { page } = dashboard;
    await dashboard.tab('dynamics');
    const { mark, reach, press, sayings, text, focused } = chart(dashboard, 'Training');
    const replicates = treeOf(data.results)[0]?.replicates ?? [];
    const line = (seed: number, checkpoint: number): string => {
      const found = replicates[seed]?.checkpoints[checkpoint];
      return `easy\nseed ${seed}, epoch ${found?.epoch}: ${shown(found?.accuracy['easy'], true)}`;
    };
    await reach();
    await press('ArrowRight');
    expect(await text()).toBe(line(0, 0));
    await press('ArrowRight', 'ArrowRight');
    expect(await text()).toBe(line(0, 2));
    await press('n');
    expect(await text()).toBe(line(1, 2));
    await press('End');
    expect(await text()).toBe(line(1, 11));
    await press('ArrowRight');
    expect(await text()).toBe(line(1, 11));
    await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    expect(await text()).toBe(line(1, 4));
    // From above to below at epoch 1: all lines of all plots, each once.
    await sayings('ArrowUp', 40);
    const passed = new Set([...(await sayings('ArrowDown', 40)), await text()]);
    expect([...passed].every((one) => one.includes('epoch 1:'))).toBe(true);
    expect([...passed].at(0)).toMatch(/^easy\n/);
    expect([...passed].at(-1)).toMatch(/^loss\n/);
    // Two labels' accuracy, two labels' share and the loss: five replicates and their mean.
    expect(passed.size).toBe(5 * 6);
    // The plots are higher than the window: the cursor stays in sight.
    const frame = await mark.boundingBox();
    expect(frame?.y).toBeGreaterThan(0);
    expect(frame?.y).toBeLessThan(400);
    await press('Enter');
    await page.locator('.scrub-text', { hasText: 'epoch 1 ' }).waitFor();
    expect(await focused()).toBe(true);
    await dashboard.close();
  });

  it('name the points of the strips of a unit', async () => {
    const dashboard = await open();
    await dashboard.tab('units');
    const { reach, press, text } = chart(dashboard, 'Activation of the chosen unit');
    await reach();
    await press('Home', 'n', 'n');
    // The activations of unit u are u + 1 where easy is true, and two tenths for stimulus 2.
    expect(await text()).toMatch(/^stimulus 2, easy: true, hard: false\n\d+\.20*$/);
    await press('ArrowUp');
    expect(await text()).toMatch(/^stimulus \d+, easy: (true, hard: false|false, hard: true)\n/);
    await dashboard.close();
  });

  it.each(themeNames)('have no barrier that axe knows of while the cursor shows (%s)', async (theme) => {
    const dashboard = await open({ theme, width: 450 });
    // On every tab in one theme: the others differ from it by their colours.
    for (const tab of theme === 'dark' ? tabNames.filter((one) => one !== 'overview') : (['pca'] as const)) {
      await dashboard.tab(tab);
      const picture = dashboard.page.locator(`#panel-${tab} .on-canvas`).first();
      await picture.focus();
      await dashboard.page.keyboard.press('ArrowRight');
      expect(await picture.locator('.cursor').isVisible(), tab).toBe(true);
      expect(await dashboard.barriers(), tab).toEqual([]);
    }
    await dashboard.close();
  });
});
