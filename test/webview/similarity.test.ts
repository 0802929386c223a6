import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import { browserWithBundle } from './support/bundle';
import type { DashboardPage } from './support/dashboard-page';
import { reportPages } from './support/report-page';
import { synthetic } from './synthetic';

const openReport = reportPages(browserWithBundle());
const open = async (...asked: Parameters<typeof openReport>): Promise<DashboardPage> => {
  const page = await openReport(...asked);
  await page.tab('rsa');
  return page;
};
const caption = async (page: DashboardPage, title: string): Promise<string> =>
  (await page.figure(title).locator('.caption').first().textContent()) ?? '';
/** The colour in the middle of a cell of a map. */
const colourAt = (page: DashboardPage, title: string, x: number, y: number): Promise<number[]> =>
  page
    .figure(title)
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, [left, top]) => {
        const scale = canvas.width / canvas.clientWidth;
        const { data } = canvas.getContext('2d')?.getImageData(left * scale, top * scale, 1, 1) ?? {};
        return [...(data ?? [])];
      },
      [x, y] as const,
    );

describe('the panel of similarities', () => {
  it('shows replicates by any measure of pairs, with its direction and what it says of itself', async () => {
    const data = synthetic();
    const page = await open(data);
    const title = 'Similarity of networks';
    expect(await caption(page, title)).toContain('Larger: more alike; 1: the same.');
    await page.choose('Compared by', 'Linear CKA');
    expect(await caption(page, title)).toMatch(
      /^hidden2: Linear CKA\. Larger: more alike[^]*Colours: 0 to 1\./,
    );
    await page.choose('Compared by', 'Angular Procrustes');
    expect(await caption(page, 'Distance of networks')).toMatch(
      /^hidden2: Angular Procrustes distance\. 0: the same; larger: further apart\.[^]*Colours: 0 to π\/2\./,
    );
    const [head, first] = await page.table('Mean distance of pairs of networks');
    expect(head?.[2]).toBe('distance');
    const distance = data.results.pairs[1]?.groups[0]?.mean ?? NaN;
    expect(first?.[2]).toContain(distance.toFixed(3));
    const about = page.page.locator('#panel-rsa .says:not(.figure .says)');
    expect(await about.locator('summary').textContent()).toBe('What Angular Procrustes distance means');
    await about.locator('summary').click();
    expect(await about.innerText()).toMatch(
      /nuclear norm[^]*When it misleads[^]*More means less alike[^]*2110\.14739/,
    );
    expect(page.complaints).toEqual([]);
    expect(await page.barriers()).toEqual([]);
    await page.close();
  });

  it('has what is alike in the same colours, whichever way a measure goes', async () => {
    const page = await open();
    // A network with itself, of mean similarity .9 and distance .45: the bright end; .05 and 1.52: the dark one.
    for (const [measure, title] of [
      ['Linear CKA', 'Mean similarity of pairs of networks'],
      ['Angular Procrustes', 'Mean distance of pairs of networks'],
    ] as const) {
      await page.choose('Compared by', measure);
      const width = await page
        .figure(title)
        .locator('canvas')
        .evaluate((canvas) => canvas.clientWidth);
      const brightness = async (x: number): Promise<number> => {
        const [red = 0, green = 0] = await colourAt(page, title, x, 20);
        return red + green;
      };
      expect(await brightness(130), measure).toBeGreaterThan((await brightness(width - 150)) + 60);
    }
    await page.close();
  });

  it('shows the layers of each network: means over replicates, or one of them', async () => {
    const data = synthetic();
    const page = await open(data);
    await page.choose('Compared are', 'layers of a replicate');
    expect(await page.figure('Similarity of networks').isVisible()).toBe(false);
    const findings = findingsOf(data.results);
    for (const { name } of data.results.networks) {
      const [head, ...rows] = await page.table(`Layers of ${name}`);
      expect(head).toEqual(['layer', 'with', 'similarity']);
      const mean = findings.mean(name, 'rsa(correlation, pearson)', { site: 'hidden1', other: 'output' });
      expect(rows.find((row) => row[1] === 'output')?.[2]).toContain((mean?.mean ?? NaN).toFixed(3));
    }
    expect(await caption(page, 'Layers of both')).toMatch(
      /means over 5 replicates: RSA by correlation distance, Pearson/,
    );
    await page.choose('Compared by', 'Linear CKA');
    await page.choose('Layers of', 'seed 0');
    expect((await page.table('Layers of both'))[1]).toEqual(['hidden1', 'hidden2', '0.900']);
    // The experiment asks for correlation distance: by another one layers were not compared.
    await page.choose('Compared by', 'RSA by Euclidean');
    expect(await caption(page, 'Layers of both')).toContain('were not compared by this');
    expect(await page.figure('Layers of both').locator('canvas').isVisible()).toBe(false);
    expect(page.complaints).toEqual([]);
    await page.close();
  });

  it('says that a layer was not compared, where nothing can be asked', async () => {
    const page = await open();
    await page.choose('Compared by', 'Linear CKA');
    await page.choose('Layer', 'hidden1');
    expect(await caption(page, 'Similarity of networks')).toContain('there is no comparison at hidden1');
    await page.close();
  });
});
