import { describe, expect, it } from 'vitest';
import { treeOf } from '../support/tree';
import { done, running } from './live-states';
import type { DashboardPage } from './support/dashboard-page';
import { editorPages, styleOf } from './support/editor-page';
import { synthetic } from './synthetic';

const openDashboard = editorPages();

async function pictureOf(dashboard: DashboardPage, title: string) {
  const place = await dashboard.figure(title).locator('canvas').boundingBox();
  if (place === null) throw new Error('There is no picture.');
  return place;
}

async function svgOf(dashboard: DashboardPage, title: string): Promise<string> {
  const { page } = dashboard;
  await page.evaluate(() => (window.editor.lastFile = ''));
  const figure = dashboard.figure(title);
  if (!(await figure.getByText('SVG', { exact: true }).isVisible()))
    await figure.getByText('Export', { exact: true }).click();
  await dashboard.figure(title).getByText('SVG', { exact: true }).click();
  await page.waitForFunction(() => window.editor.lastFile !== '');
  return page.evaluate(() => window.editor.lastFile);
}

/** What is written in a picture, by its SVG file. */
async function writing(dashboard: DashboardPage, title: string): Promise<string[]> {
  const svg = await svgOf(dashboard, title);
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

describe('dashboard in the editor', () => {
  it('asks first, then for what it shows, and once for each replicate', async () => {
    const dashboard = await openDashboard();
    const calls = () => dashboard.page.evaluate(() => window.editor.calls);
    expect((await calls()).slice(0, 2)).toEqual(['ready', 'values']);
    expect(await calls()).not.toContain('replicate');
    await dashboard.tab('pca');
    await dashboard.tab('units');
    await dashboard.choose('Layer', 'hidden1');
    expect((await calls()).filter((call) => call === 'replicate')).toHaveLength(1);
    await dashboard.choose('Seed', '1');
    await dashboard.page.getByLabel('Checkpoint of training').fill('0');
    const caption = dashboard.figure('Selectivity of units').locator('.caption').first();
    await caption.filter({ hasText: /^both\/1, hidden1, epoch 0\b/ }).waitFor();
    expect(await dashboard.page.locator('.scrub-text').textContent()).toBe('epoch 0 (1 of 5)');
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('says beside each network, under the picture and in the table what still trains', async () => {
    const dashboard = await openDashboard({ live: running });
    const title = 'Accuracy and variance explained';
    const svg = await svgOf(dashboard, title);
    // In the picture; its caption has them in brackets.
    expect(svg.match(/epoch 100 of 200, still training</g)).toHaveLength(4);
    const caption = await dashboard.figure(title).locator('.caption').first().textContent();
    expect(caption).toContain('one replicate as it stands: both (epoch 100 of 200, still training)');
    expect(caption).not.toContain('mean over');
    const [head, first] = await dashboard.table(title);
    expect([head?.[2], first?.[2]]).toEqual(['training', 'epoch 100 of 200']);
    await dashboard.close();
  });

  it('takes the colours of the theme, and new ones when it changes', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('dynamics');
    const text = async () => /<text[^>]*fill="([^"]*)"/.exec(await svgOf(dashboard, 'Training'))?.[1];
    // For paper, unless the user wants what he sees.
    expect(await text()).toBe('#000000');
    await dashboard.figure('Training').getByText('Export', { exact: true }).click();
    await dashboard.choose('Background', 'as shown');
    expect(await text()).toBe('#cccccc');
    await page.evaluate((style) => {
      document.documentElement.setAttribute('style', style);
      document.body.className = 'vscode-light';
    }, styleOf('light'));
    await page.waitForTimeout(50);
    await dashboard.drawn();
    expect(await text()).toBe('#3b3b3b');
    expect(await page.getByTitle('Switch between light and dark').count()).toBe(0);
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-contrastBorder', '#00ff00');
      document.body.className = 'vscode-high-contrast';
    });
    const border = () =>
      dashboard.figure('Training').evaluate((element) => getComputedStyle(element).borderTopColor);
    expect(await border()).toBe('rgb(0, 255, 0)');
    await dashboard.close();
  });

  it('hands files to the editor, and says when something failed', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.figure('Tasks').getByText('Export', { exact: true }).click();
    await dashboard.figure('Tasks').getByText('CSV', { exact: true }).click();
    await page.getByText('Saved Synthetic-easy-and-hard-tasks.csv.').waitFor();
    expect(await page.evaluate(() => window.editor.exported)).toEqual([
      { name: 'Synthetic-easy-and-hard-tasks.csv', size: expect.any(Number) as number },
    ]);
    await page.evaluate(() => {
      window.editor.failing = 'replicate';
    });
    await page.click('#tab-pca');
    await page.getByText('PCA could not be shown: The worker has gone.').waitFor();
    await page.evaluate(() => {
      window.editor.failing = '';
    });
    await dashboard.tab('units');
    await dashboard.tab('pca');
    expect((await writing(dashboard, 'PCA scores')).join(' ')).toContain('PC1 (');
    await dashboard.close();
  });

  it('hears the editor only, and only what is of its protocol', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    const asked = () => page.evaluate(() => window.editor.calls.length);
    const before = await asked();
    await page.evaluate(() => {
      const changed = { data: { type: 'changed' }, origin: 'https://elsewhere.example' };
      window.dispatchEvent(new MessageEvent('message', changed));
      for (const strange of [
        null,
        'changed',
        { type: 'toString' },
        { type: 'reply', id: 1, result: { ok: [] } },
      ])
        window.postMessage(strange, '*');
      // The last of the messages has come when this one has.
      return new Promise((resolve) => {
        window.addEventListener('message', ({ data }) => data === 'end' && resolve(data));
        window.postMessage('end', '*');
      });
    });
    expect(await asked()).toBe(before);
    expect(dashboard.complaints).toEqual([
      'A message was dropped: it is not from the editor, or not of its protocol.',
    ]);
    await page.evaluate(() => window.editor.changed());
    await page.waitForFunction((calls) => window.editor.calls.length > calls, before);
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

  it('scrubs: the newest position wins, on the final components with axes that stay', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('pca');
    const slider = page.getByLabel('Checkpoint of training');
    // The numbers at the ticks of both axes.
    const range = async () =>
      (await writing(dashboard, 'PCA scores')).filter((text) => /^−?[\d.]+$/.test(text));
    const before = await range();
    expect(before.length).toBeGreaterThan(6);
    await page.evaluate(() => {
      window.editor.slow = 300;
      window.editor.details.length = 0;
    });
    // All while the first answer is under way, however slow the machine is.
    await slider.evaluate(async (input: HTMLInputElement) => {
      for (const to of ['3', '2', '1', '0']) {
        input.value = to;
        input.dispatchEvent(new Event('input'));
        await new Promise((resolve) => setTimeout(resolve));
      }
    });
    const caption = dashboard.figure('PCA scores').locator('.caption').first();
    await page.waitForFunction(
      () => document.querySelector('#panel-pca .caption')?.textContent?.includes('epoch 0') === true,
    );
    await dashboard.drawn();
    // The first was under way; those between were never asked for.
    expect(await page.evaluate(() => window.editor.details.map(({ place }) => place.step))).toEqual([400, 0]);
    expect(await page.evaluate(() => window.editor.details[1]?.parameters)).toEqual({
      layer: 'hidden2',
      picture: 'pca',
    });
    expect(await range()).toEqual(before);
    expect(await caption.textContent()).toContain('components of the final checkpoint');
    const first = async () => Number((await dashboard.table('PCA scores'))[1]?.at(-6)?.replace('−', '-'));
    const half = await first();
    await page.getByText('Own PCs').click();
    await dashboard.drawn();
    const whole = await first();
    expect(Math.abs(half)).toBeLessThan(Math.abs(whole));
    expect(await range()).not.toEqual(before);

    await page.evaluate(() => (window.editor.slow = 1));
    await page.getByTitle('Play the checkpoints').click();
    await page.getByText('epoch 100 (5 of 5, newest)').waitFor();
    await page.getByTitle('Play the checkpoints').waitFor();
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('draws each picture once a choice, a step and a theme, and keeps what is open, the focus and the place', async () => {
    const dashboard = await openDashboard({ live: done, width: 380 });
    const { page } = dashboard;
    const asked = () =>
      page
        .locator('main .picture:visible')
        .evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLElement).dataset['asked'])));
    const more = async (change: () => Promise<unknown>): Promise<number[]> => {
      const before = await asked();
      await change();
      await dashboard.drawn();
      return (await asked()).map((times, at) => times - (before[at] ?? 0));
    };
    await dashboard.tab('pca');
    const drawn = page.locator('#panel-pca .caption').first();
    const slider = page.getByLabel('Checkpoint of training');
    const scrubbed = await more(async () => {
      await slider.focus();
      await page.keyboard.press('ArrowLeft');
      await drawn.filter({ hasText: 'epoch 50' }).waitFor();
    });
    expect(new Set(scrubbed)).toEqual(new Set([1]));
    expect(await slider.evaluate((element) => document.activeElement === element)).toBe(true);
    const themed = await more(async () => {
      await page.evaluate(() => (document.body.className = 'vscode-light'));
      await page.waitForTimeout(50);
    });
    expect(new Set(themed)).toEqual(new Set([1]));

    await dashboard.tab('overview');
    await page.getByText('Provenance', { exact: true }).click();
    const hazard = page.locator('.hazard-line').first();
    await hazard.focus();
    await page.keyboard.press('Enter');
    const table = page.getByRole('region', { name: 'Table: Accuracy and variance explained' });
    await table.evaluate((box) => (box.scrollLeft = 40));
    const renewed = await more(async () => {
      await page.evaluate(() => {
        window.editor.data.results.title = 'Another title';
        window.editor.changed();
      });
      await page.locator('h1', { hasText: 'Another title' }).waitFor();
    });
    expect(new Set(renewed)).toEqual(new Set([1]));
    expect(await hazard.evaluate((element) => document.activeElement === element)).toBe(true);
    expect(await hazard.getAttribute('aria-expanded')).toBe('true');
    expect(await table.evaluate((box) => box.scrollLeft)).toBe(40);
    expect(await page.getByText('Fingerprint').isVisible()).toBe(true);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('keeps tabs, scrubber and what is chosen in sight in a slim bar, in an editor of a small screen', async () => {
    const dashboard = await openDashboard({ width: 940, height: 708 });
    const { page } = dashboard;
    for (const tab of ['overview', 'pca', 'units', 'rsa', 'dynamics'] as const) {
      await dashboard.tab(tab);
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      const bar = await page.locator('nav.sticky').boundingBox();
      expect(bar, tab).toMatchObject({ y: 0 });
      expect(bar?.height, tab).toBeLessThanOrEqual(90);
      const slider = await page.getByLabel('Checkpoint of training').boundingBox();
      expect((slider?.y ?? 99) + (slider?.height ?? 0), tab).toBeLessThanOrEqual(90);
    }
    await dashboard.close();
  });

  it('selects the two stimuli of a cell of an RDM, for all panels', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('rsa');
    // Network and seed stand over what is of one replicate only.
    expect(await page.locator('nav vscode-dropdown[aria-label="Seed"]:visible').count()).toBe(0);
    expect(await page.locator('#panel-rsa vscode-dropdown[aria-label="Seed"]:visible').count()).toBe(1);
    const map = dashboard.figure('RDM of single stimuli').locator('canvas');
    const { width } = await pictureOf(dashboard, 'RDM of single stimuli');
    await map.click({ position: { x: 0.5 * width, y: 60 } });
    await page.getByText('2 stimuli of 256 selected').waitFor();
    await dashboard.tab('pca');
    expect(await page.getByText('2 stimuli of 256 selected').isVisible()).toBe(true);
    await dashboard.close();
  });

  it('scrubs the overview: means over the replicates as they were', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('overview');
    const newest = await dashboard.table('Accuracy and variance explained');
    await page.getByLabel('Checkpoint of training').fill('2');
    await dashboard.figure('Accuracy and variance explained').getByText('At epoch 10,').waitFor();
    const rows = await dashboard.table('Accuracy and variance explained');
    const network = treeOf(synthetic().results)[0];
    const at = network?.replicates
      .filter(({ status }) => status === 'done')
      .map(({ checkpoints }) => checkpoints.findLast(({ epoch }) => epoch <= 10));
    const mean = (of: (one: NonNullable<typeof at>[number]) => number | null | undefined): string => {
      const values = (at ?? []).map((one) => of(one) ?? NaN);
      return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
    };
    expect(rows[1]?.[0]).toBe(network?.name);
    expect(rows[1]?.[3]).toMatch(new RegExp(`^${mean((one) => one?.accuracy['easy'])} `));
    expect(rows[1]?.[5]).toMatch(new RegExp(`^${mean((one) => one?.layers[1]?.varianceExplained['easy'])} `));
    expect(rows).not.toEqual(newest);
    await page.getByLabel('Checkpoint of training').fill('4');
    await dashboard.drawn();
    expect(await dashboard.table('Accuracy and variance explained')).toEqual(newest);
    await dashboard.close();
  });

  it('selects stimuli for all panels, by condition and by box', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('pca');
    await dashboard.choose('Select stimuli', 'easy: true, hard: true');
    const text = page.locator('.selection-text');
    expect(await text.textContent()).toBe('64 stimuli of 256 selected: easy true 64; hard true 64');
    await dashboard.tab('rsa');
    expect(
      await dashboard.figure('RDM of single stimuli').locator('.caption').first().textContent(),
    ).toContain('selected stimuli (32 of 64 are among these)');
    await page.getByText('Selected stimuli', { exact: true }).click();
    await page.waitForSelector('.selection-table tbody tr');
    expect(await page.locator('.selection-table tbody tr').count()).toBe(64);
    await page.reload();
    await page.waitForSelector('#panel-rsa:not([hidden])');
    await text.filter({ hasText: '64 stimuli' }).waitFor();
    await page.getByTitle('Clear the selection of stimuli').click();
    await dashboard.drawn();
    expect(await text.textContent()).toBe('');

    await dashboard.tab('pca');
    await page.setViewportSize({ width: 1200, height: 1500 });
    await dashboard.drawn();
    await page.getByTitle('Box: dragging selects stimuli').click();
    await dashboard.drawn();
    let plot = await pictureOf(dashboard, 'PCA scores');
    await page.mouse.move(plot.x + 2, plot.y + 2);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width / 2 + 20, plot.y + plot.height - 2, { steps: 8 });
    await page.mouse.up();
    await text.filter({ hasText: 'selected: easy false 128; hard' }).waitFor();
    // Nothing is enclosed where nothing is.
    plot = await pictureOf(dashboard, 'PCA scores');
    await page.mouse.move(plot.x + 2, plot.y + 2);
    await page.mouse.down();
    await page.mouse.move(plot.x + 8, plot.y + 8, { steps: 3 });
    await page.mouse.up();
    await text.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    await page.getByTitle('Move: dragging').click();
    await dashboard.drawn();
    plot = await pictureOf(dashboard, 'PCA scores');
    const ticks = async () => (await writing(dashboard, 'PCA scores')).join(' ');
    const before = await ticks();
    await page.mouse.move(plot.x + plot.width / 2, plot.y + plot.height / 2);
    await page.mouse.wheel(0, -200);
    expect(await ticks()).not.toBe(before);
    await page.mouse.dblclick(plot.x + plot.width / 2, plot.y + 60);
    expect(await ticks()).toBe(before);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('shows the activations of a unit, and colours the PCA by it', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('units');
    await dashboard.choose('Unit', '20');
    const rows = await dashboard.table('Activation of the chosen unit');
    expect(rows[1]?.[0]).toBe('easy: false, hard: false');
    expect(Number(rows[1]?.[2])).toBeCloseTo(20.3, 1);
    expect(
      await dashboard.figure('Selectivity of units').locator('.caption').first().textContent(),
    ).toContain('Tree: average linkage');
    await page.getByText('Colour the PCA by it').click();
    await page.waitForSelector('#panel-pca:not([hidden])');
    await dashboard.drawn();
    expect(await writing(dashboard, 'PCA scores')).toContain('activation of unit 20');
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('draws the heatmaps of another checkpoint on the canvases that are there; pointing names, a click chooses', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('units');
    const map = dashboard.figure('Selectivity of units').locator('canvas');
    const pixels = () => map.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await pixels();
    await page.evaluate(() => {
      document.querySelectorAll('canvas').forEach((canvas) => (canvas.dataset['kept'] = 'yes'));
      const sign = (values: unknown): unknown =>
        Array.isArray(values) ? values.map(sign) : typeof values === 'number' ? -values : values;
      for (const { layers } of window.editor.data.details)
        for (const { selectivity } of layers)
          for (const label of Object.values(selectivity))
            label.dprime = sign(label.dprime) as typeof label.dprime;
    });
    await page.getByLabel('Checkpoint of training').fill('2');
    await page.waitForFunction(
      () => document.querySelector('#panel-units .caption')?.textContent?.includes('epoch 10') === true,
    );
    await dashboard.drawn();
    expect(await pixels()).not.toBe(before);
    expect(await page.locator('canvas:not([data-kept]):visible').count()).toBe(0);

    await dashboard.choose('Order of units', 'as in the layer');
    // A place among the first columns; which one, the text at the pointer says.
    await map.hover({ position: { x: 200, y: 20 } });
    const named = await dashboard.figure('Selectivity of units').locator('.hover').textContent();
    const unit = /^unit (\d+), e = easy \(yes − no\)\n−?\d+\.\d+$/.exec(named ?? '')?.[1];
    expect(unit, named ?? '').toBeDefined();
    await map.click({ position: { x: 200, y: 20 } });
    const caption = dashboard.figure('Statistics of the chosen unit').locator('.caption');
    await caption.filter({ hasText: `Unit ${unit ?? ''} of both/0` }).waitFor();
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('draws trees of the conditions and of their units', async () => {
    const dashboard = await openDashboard();
    await dashboard.tab('units');
    const figure = dashboard.figure('Mean activation by condition');
    const columns = (await dashboard.table('Mean activation by condition'))[0];
    expect(columns?.slice(1)).toEqual([
      'easy: true, hard: false',
      'easy: false, hard: false',
      'easy: true, hard: true',
      'easy: false, hard: true',
    ]);
    const height = async () => (await figure.locator('canvas').boundingBox())?.height ?? 0;
    const before = await height();
    await dashboard.choose('Order of units', 'clustered by mean activation');
    expect(await height()).toBeGreaterThan(before + 40);
    expect(await figure.locator('.caption').first().textContent()).toContain('Trees: average linkage');
    expect(
      await dashboard.figure('Selectivity of units').locator('.caption').first().textContent(),
    ).not.toContain('Tree');
    await dashboard.close();
  });

  it('sets a label RDM beside the layer’s, orders by any number of labels, and shows the plane of replicates', async () => {
    const dashboard = await openDashboard();
    await dashboard.tab('rsa');
    await dashboard.choose('then by', 'hard');
    await dashboard.choose('Label RDM', 'hard');
    const caption = dashboard.figure('RDM of the label alone').locator('.caption').first();
    expect(await caption.textContent()).toContain('nothing but hard');
    const rows = await dashboard.table('RDM of the label alone');
    expect(rows[1]?.slice(1, 3)).toEqual(['0', '0']);
    for (const [at, label] of [
      ['then by (3)', 'h[1]'],
      ['then by (4)', 'colour'],
    ] as const)
      await dashboard.choose(at, label);
    const single = dashboard.figure('RDM of single stimuli');
    expect(await single.locator('.caption').first().textContent()).toContain(
      'ordered by easy, then hard, then h[1], then colour,',
    );
    const { labels } = synthetic().stimuli;
    const valuesOf = (name: string) => labels.find((one) => one.name === name)?.values ?? new Float32Array();
    const keys = (await dashboard.table('RDM of single stimuli')).slice(1).map((row) => {
      const stimulus = Number(/^stimulus (\d+)/.exec(row[0] ?? '')?.[1]);
      const bit = valuesOf('h')[2 * stimulus + 1];
      return [valuesOf('easy')[stimulus], valuesOf('hard')[stimulus], bit, valuesOf('colour')[stimulus]].join(
        '',
      );
    });
    expect(keys).toHaveLength(128);
    expect(keys).toEqual([...keys].sort());
    // Without the second, the others move up.
    await dashboard.choose('then by', 'nothing');
    expect(await single.locator('.caption').first().textContent()).toContain(
      'ordered by easy, then h[1], then colour,',
    );
    const plane = await dashboard.table('Replicates on a plane');
    expect(plane).toHaveLength(21);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('shows similarities of networks as they were at the checkpoint, once it rests there', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('rsa');
    const note = page.locator('#panel-rsa .note').filter({ hasText: 'Similarities of networks' });
    expect(await note.isVisible()).toBe(false);
    const cell = async () => Number((await dashboard.table('Similarity of networks'))[1]?.[2]);
    const final = await cell();
    const slider = page.getByLabel('Checkpoint of training');
    // At once: between two steps of this test, a slow machine takes as long as a rest.
    await slider.evaluate((element) => {
      for (const to of ['3', '2', '1']) {
        (element as HTMLInputElement).value = to;
        element.dispatchEvent(new Event('input'));
      }
    });
    await note.filter({ hasText: 'are those of epoch 1,' }).waitFor();
    await dashboard.drawn();
    expect(Math.abs((await cell()) - final / 2)).toBeLessThan(0.0011);
    // Positions that were passed by were not asked for.
    const asked = await page.evaluate(() => window.editor.calls.filter((call) => call === 'similarities'));
    expect(asked).toHaveLength(1);
    await slider.fill('4');
    await note.waitFor({ state: 'hidden' });
    await dashboard.drawn();
    expect(await cell()).toBe(final);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('shows the mean of RDMs over the seeds of a network, at any checkpoint', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('rsa');
    const cells = async () =>
      (await dashboard.table('RDM of conditions')).slice(1).map((row) => row.slice(1).map(Number));
    const own = await cells();
    await dashboard.choose('RDMs of', 'mean over 2 replicates');
    const caption = dashboard.figure('RDM of conditions').locator('.caption');
    await caption.filter({ hasText: 'both, mean over 2 replicates, hidden2, epoch 100' }).waitFor();
    await dashboard.drawn();
    // Distances of seed 1 are twice those of seed 0.
    const mean = await cells();
    own.forEach((row, i) =>
      row.forEach((value, j) => expect(Math.abs((mean[i]?.[j] ?? NaN) - 1.5 * value)).toBeLessThan(0.0011)),
    );
    await page.getByLabel('Checkpoint of training').fill('1');
    await caption.filter({ hasText: 'mean over 2 replicates, hidden2, epoch 1:' }).waitFor();
    await dashboard.drawn();
    expect((await cells())[0]?.[1]).toBe(mean[0]?.[1]);
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('keeps the colours of RDMs and of units while one scrubs: those of the final checkpoint', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await dashboard.tab('rsa');
    const ofRdms = dashboard.figure('RDM of conditions').locator('.caption');
    const colours = async (): Promise<string> =>
      /Colours: (0 to [\d.]+), the largest distance of both RDMs/.exec(
        (await ofRdms.textContent()) ?? '',
      )?.[1] ?? '';
    const before = await colours();
    expect(before).not.toBe('');
    const single = dashboard.figure('RDM of single stimuli').locator('.caption');
    expect(await single.textContent()).toContain(before);
    await page.getByLabel('Checkpoint of training').fill('1');
    await ofRdms.filter({ hasText: 'epoch 1:' }).waitFor();
    expect(await colours()).toBe(before);
    expect(await ofRdms.textContent()).toContain('at the final checkpoint');
    await dashboard.tab('units');
    expect(await dashboard.figure('Selectivity of units').locator('.caption').textContent()).toContain(
      'Colours: the range of the final checkpoint.',
    );
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('asks for a run to compare with, and shows what differs', async () => {
    const dashboard = await openDashboard();
    const { page } = dashboard;
    await page.click('#tab-compare');
    await page.getByText('No run was chosen to compare with.').waitFor();
    await page.getByTitle('Choose runs… to compare with').click();
    await page.getByText('1 difference of 2 beyond seed noise').waitFor();
    await dashboard.drawn();
    // The host finds the runs again after a reload by what it keeps of the page.
    expect(await page.evaluate(() => history.state as unknown)).toMatchObject({
      beside: { run: 'this run', others: ['another run'], pairs: [], at: 1 },
    });
    expect(await dashboard.table('Differences between two runs')).toHaveLength(3);
    const edits = await page.locator('.edits tbody tr').allInnerTexts();
    expect(edits.map((text) => text.split(/\s*\t\s*/))).toEqual([
      ['networks › <b>both</b> › hidden', '[8]', '[2]'],
      ['seeds', '5', '3'],
    ]);
    await dashboard.choose('Show', 'beyond seed noise');
    const rows = await dashboard.table('Differences between two runs');
    expect(rows).toHaveLength(2);
    expect(rows[1]?.[6]).toBe('0.400 [0.300, 0.500]');
    expect(await dashboard.barriers()).toEqual([]);
    await dashboard.close();
  });
});
