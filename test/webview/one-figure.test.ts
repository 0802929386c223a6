import { describe, expect, it } from 'vitest';
import type { OpenFigure } from '../../src/protocol/dashboard';
import { choicesOfFigure, goneOf, onlyFigure } from '../../webview/src/one-figure';
import { type Block, figure, withoutPicture } from '../../webview/src/panel';
import { initialChoices } from '../../webview/src/choices';
import { viewOf } from '../../webview/src/selectors';
import { panels } from '../../webview/src/panels/panels';
import type { DashboardPage } from './support/dashboard-page';
import { editorPages } from './support/editor-page';
import { synthetic } from './synthetic';

describe('a figure alone', () => {
  const [a, b] = ['a', 'b'].map((name) => figure(name, withoutPicture(name)));
  const note: Block = { block: 'note', text: 'No replicate.' };

  it('is what its panel says of it, wherever it stands', () => {
    const blocks: Block[] = [note, a, { block: 'row', as: 'pair', of: [{ block: 'bar', name: 'x' }, b] }];
    expect(onlyFigure(blocks, 'b')).toEqual([b]);
    const [gone, ...others] = onlyFigure(blocks, 'c');
    expect(gone).toMatchObject({
      block: 'note',
      text: expect.stringContaining('“c” is not among') as string,
    });
    expect(others).toEqual([note]);
  });

  it('has the controls that change it, in one bar', () => {
    const there = {
      whole: synthetic().results,
      capabilities: {
        ...{ train: true, units: true, checkpoints: true, statement: '' },
        ...({ save: 'dialog', theme: 'host' } as const),
      },
      offers: [],
    };
    const view = viewOf(there, initialChoices(panels), false);
    const labels = (id: string, name: string) =>
      Object.values(choicesOfFigure(panels.find((one) => one.id === id)?.choices ?? {}, name)).flatMap(
        ({ label, bar }) => {
          const said = typeof label === 'function' ? label(view) : label;
          return said === undefined ? [] : [bar === undefined ? said : `${said} in ${bar}`];
        },
      );
    expect(labels('pca', 'Variance of each component')).toEqual([]);
    expect(labels('pca', 'PCA scores')).toContain('Equal axes');
    expect(labels('units', 'Statistics of the chosen unit')).toEqual(['Unit']);
    expect(labels('overview', 'Tasks')).toEqual([]);
    expect(labels('rsa', 'Similarity of networks')).toEqual(['Compared by', 'Shown', 'Colour range']);
    expect(labels('rsa', 'Layers of both')).toEqual(['Compared by', 'Shown', 'Layers of']);
    expect(labels('rsa', 'RDM of conditions')).toEqual(['Network', 'Seed', 'RDMs of', 'Outline']);
  });

  it('says that what it was of is gone', () => {
    const view = { replicate: { source: 'easy', point: 0, seed: 0 }, layer: 'hidden2' };
    const chosen = { ...view.replicate, layer: view.layer };
    const follows = ['source', 'point', 'seed', 'layer'];
    expect(goneOf(chosen, view, follows)).toEqual([]);
    expect(goneOf({ ...chosen, source: '', layer: '' }, view, follows)).toEqual([]);
    expect(goneOf({ ...chosen, source: 'both', seed: 3 }, view, follows)).toEqual([
      'There is no network both among what is shown: this is of easy.',
    ]);
    expect(goneOf({ ...chosen, point: 2 }, view, follows)).toEqual([
      'There is no point 2 among what is shown: this is of 0.',
    ]);
    expect(goneOf({ ...chosen, source: 'both' }, view, ['layer'])).toEqual([]);
  });
});

const open = editorPages();
const scores: OpenFigure = {
  panel: 'pca',
  figure: 'PCA scores',
  choices: JSON.stringify({ source: 'both', seed: 1, layer: 'hidden1', colour: 'hard', tab: 'units' }),
};

async function caption(page: DashboardPage, title: string): Promise<string> {
  return (await page.figure(title).locator('.caption').first().textContent()) ?? '';
}

async function heightOf(page: DashboardPage, title: string): Promise<number> {
  return (await page.figure(title).locator('canvas').boundingBox())?.height ?? 0;
}

/** All of the page is in sight. */
async function fits({ page }: DashboardPage): Promise<void> {
  await page.waitForFunction(() => document.documentElement.scrollHeight <= window.innerHeight);
}

describe('the page of a figure', () => {
  it('is opened from the figure, with all that is chosen', async () => {
    const dashboard = await open();
    await dashboard.tab('pca');
    await dashboard.choose('Layer', 'hidden1');
    await dashboard.choose('Colour', 'easy');
    await dashboard.figure('Variance of each component').getByText('Open', { exact: true }).click();
    await dashboard.page.waitForFunction(() => window.editor.opened.length > 0);
    const [asked] = await dashboard.page.evaluate(() => window.editor.opened);
    expect(asked).toMatchObject({ panel: 'pca', figure: 'Variance of each component' });
    expect(JSON.parse(asked.choices)).toMatchObject({
      ...{ source: 'both', seed: 0, layer: 'hidden1', colour: 'easy' },
    });
    expect(dashboard.complaints).toEqual([]);
    await dashboard.close();
  });

  it('shows that figure alone, as it was chosen, and keeps choices of its own', async () => {
    const page = await open({ figure: scores });
    await page.drawn();
    expect(await page.page.locator('section.figure').count()).toBe(1);
    expect(await page.page.locator('[role=tab], .live').count()).toBe(0);
    expect(await page.page.locator('h1').textContent()).toBe(synthetic().results.title);
    expect(await page.page.locator('footer').textContent()).toContain('fingerprint');
    expect(await caption(page, 'PCA scores')).toMatch(/^both\/1, hidden1/);
    expect(await page.page.locator('.scrubber').isVisible()).toBe(true);
    await page.choose('Layer', 'hidden2');
    await page.choose('x', 'PC2');
    expect(await caption(page, 'PCA scores')).toMatch(/^both\/1, hidden2/);
    await page.page.reload();
    await page.page.waitForSelector('section.figure canvas');
    await page.drawn();
    expect(await caption(page, 'PCA scores')).toMatch(/^both\/1, hidden2/);
    expect(await page.page.evaluate(() => history.state as unknown)).toMatchObject({
      figure: { panel: 'pca', figure: 'PCA scores' },
      choices: { x: 1, layer: 'hidden2' },
    });
    expect(await page.barriers()).toEqual([]);
    expect(page.complaints).toEqual([]);
    await page.close();
  });

  it('fills its tab, and fills it again when that changes; files are as it is shown', async () => {
    const page = await open({ figure: scores, width: 900, height: 900 });
    await page.drawn();
    const before = await heightOf(page, 'PCA scores');
    expect(before).toBeGreaterThan(560);
    await fits(page);
    await page.page.setViewportSize({ width: 1100, height: 700 });
    await page.page.waitForFunction(
      (old) => (document.querySelector('.figure canvas')?.clientHeight ?? old) < old - 150,
      before,
    );
    await page.drawn();
    await fits(page);
    const figure = page.figure('PCA scores');
    await figure.getByText('Export', { exact: true }).click();
    await figure.getByText('SVG', { exact: true }).click();
    await page.page.waitForFunction(() => window.editor.lastFile !== '');
    const svg = await page.page.evaluate(() => window.editor.lastFile);
    expect(Number(/height="([\d.]+)"/.exec(svg)?.[1])).toBeCloseTo(await heightOf(page, 'PCA scores'), -1);
    const table = await page.table('PCA scores');
    expect(table.length).toBeGreaterThan(100);
    await page.close();
  });

  it.each(['Similarity of networks', 'RDM of single stimuli'])(
    'fills its tab with a square: %s',
    async (name) => {
      const page = await open({
        figure: { panel: 'rsa', figure: name, choices: '{}' },
        width: 1000,
        height: 900,
      });
      await page.drawn();
      // Two rows of controls, and the caption, stand beside it.
      expect(await heightOf(page, name)).toBeGreaterThan(580);
      await fits(page);
      await page.close();
    },
  );

  it('tells what it is called where a choice decides that', async () => {
    const choices = JSON.stringify({ measure: 'sparsity' });
    const page = await open({
      figure: { panel: 'overview', figure: 'Accuracy and variance explained', choices },
    });
    await page.drawn();
    await page.choose('Measure', 'Variance explained');
    expect(await page.page.evaluate(() => window.editor.titles)).toEqual([
      'Accuracy and sparsity',
      'Accuracy and variance explained',
    ]);
    expect(page.complaints).toEqual([]);
    await page.close();
  });

  it('follows the results, and says what is not there', async () => {
    const page = await open({
      figure: { ...scores, choices: JSON.stringify({ source: 'gone', layer: 'hidden1' }) },
    });
    await page.page.getByText('There is no network gone among what is shown: this is of both.').waitFor();
    await page.page.evaluate(() => {
      window.editor.data.results = { ...window.editor.data.results, title: 'Anew', fingerprint: 'other' };
      window.editor.changed();
    });
    await page.page.locator('h1', { hasText: 'Anew' }).waitFor();
    await page.close();
    const none = await open({ figure: { panel: 'rsa', figure: 'Layers of both', choices: '{}' } });
    await none.page.getByText('“Layers of both” is not among what there is with these choices.').waitFor();
    await none.close();
  });
});
