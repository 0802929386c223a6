import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/stream';
import { END, noColumns, Values } from '../../src/core/values';
import { reportHtml } from '../../src/formats/html';
import { sixDigits } from '../../src/protocol/report-detail';
import { treeOf } from '../support/tree';
import { reportBytes } from '../support/report-data';
import { browserWithBundle } from './support/bundle';
import { parseCsv, tabNames } from './support/dashboard-page';
import { reportPages } from './support/report-page';
import { hostileNames, plainNames, synthetic } from './synthetic';

const made = browserWithBundle();
const data = synthetic();
const openReport = reportPages(made, data);

/**
 * Four networks of five layers, 1,024 stimuli, and as much as the headline example's results hold (950 kB of JSON): the synthetic ones have fewer
 * numbers, random similarities make up for them.
 */
function headline(): ReturnType<typeof synthetic> {
  const units = { hidden1: 256, hidden2: 128, hidden3: 64, hidden4: 64, output: 2 };
  const layers = Object.entries(units).map(([name, count]) => ({
    name,
    role: name === 'output' ? ('readout' as const) : ('hidden' as const),
    units: count,
  }));
  const made = synthetic(plainNames, { count: 1024, layers, components: 10 });
  const random = stream('headline');
  const rsa = Array.from({ length: 34 }, () => made.results.rsa)
    .flat()
    .map((comparison) => ({
      ...comparison,
      matrix: comparison.matrix.map((row) => row.map(() => random.uniform())),
    }));
  return { ...made, results: { ...made.results, rsa } };
}

/** What is written in a picture. */
function textsOf(svg: Buffer): string[] {
  return [...svg.toString('utf8').matchAll(/>([^<]+)<\/text>/g)].map(([, text = '']) => text);
}

/** The iTXt chunks of a PNG by their keyword; the checksum of each chunk is checked. */
function textsOfPng(png: Buffer): Map<string, string> {
  const texts = new Map<string, string>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const chunk = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(chunk));
    if (chunk.subarray(0, 4).toString('latin1') === 'iTXt') {
      const [keyword = '', , , , , ...text] = chunk.subarray(4).toString('utf8').split('\0');
      texts.set(keyword, text.join('\0'));
    }
    at += 12 + length;
  }
  return texts;
}

describe('report', () => {
  it('has less than 3.25 MB at the size of the headline example', () => {
    const { bundle } = made();
    const html = reportHtml({ ...bundle, plotly: bundle.plotlyGl3d, ...headline() });
    expect(reportBytes(html, 'repscope-results').length).toBeGreaterThan(950_000);
    expect(html.length).toBeLessThan(3.25e6);
  });

  it('draws with the version of Plotly that the editor has', () => {
    const version = (script: string): string | undefined =>
      /plotly\.js (?:\(.*\) )?v(\d[\d.]*)/.exec(script)?.[1];
    const { plotly, plotlyGl3d } = made().bundle;
    expect(version(plotlyGl3d)).toMatch(/^\d/);
    expect(version(plotlyGl3d)).toBe(version(plotly));
  });

  it('draws every panel without a complaint, and hides what a report cannot offer', async () => {
    const report = await openReport();
    for (const tab of tabNames) await report.tab(tab);
    for (const tab of ['pca', 'units', 'rsa'] as const) {
      await report.tab(tab);
      const pictures = await report.page.locator('.picture:has(canvas):visible').count();
      expect(pictures).toBeGreaterThan(1);
    }
    expect(await report.page.locator('.scrub-slider').isVisible()).toBe(false);
    expect(await report.page.locator('vscode-dropdown[aria-label="Seed"]:visible').count()).toBe(0);
    expect(await report.page.locator('.statement').textContent()).toContain('both/0');
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('shows the numbers of the results', async () => {
    const report = await openReport();
    const network = treeOf(data.results)[0];
    const summary = network?.summary;
    const rows = await report.table('Accuracy and variance explained');
    const fixed = (value: number | null | undefined): string => (value ?? NaN).toFixed(3).replace('-', '−');
    expect(rows[0]).toEqual(['network', 'label', 'replicates', 'accuracy', 'hidden1', 'hidden2', 'output']);
    const easy = summary?.accuracy['easy'];
    const share = summary?.layers[1]?.varianceExplained['hard'];
    // Both means are near an end of their measure.
    expect(rows[1]?.[3]).toBe(`${fixed(easy?.mean)} ≈ [${fixed(easy?.low)}, ${fixed(easy?.high)}]`);
    expect(rows[2]?.[5]).toBe(`${fixed(share?.mean)} ≈ [${fixed(share?.low)}, ${fixed(share?.high)}]`);

    const csv = parseCsv((await report.saved('Accuracy and variance explained', 'CSV')).toString('utf8'));
    expect(csv[0]?.slice(0, 6)).toEqual([
      'network',
      'label',
      'replicates',
      'accuracy',
      'accuracy low',
      'accuracy high',
    ]);
    expect(Number(csv[2]?.[9])).toBe(share?.mean);

    await report.tab('rsa');
    const matrix = parseCsv((await report.saved('Similarity of networks', 'CSV')).toString('utf8'));
    const rsa = data.results.rsa[0];
    const shownLabels = matrix[0]?.slice(1) ?? [];
    expect(shownLabels.slice(0, 6)).toEqual([
      'both/0',
      'both/1',
      'both/2',
      'both/3',
      'both/4',
      'easy only/0',
    ]);
    const at = shownLabels.map((label) => rsa?.labels.indexOf(label) ?? -1);
    expect(matrix.slice(1).map((row) => row.slice(1).map(Number))).toEqual(
      at.map((i) => at.map((j) => rsa?.matrix[i]?.[j])),
    );
    const rdm = data.details[0]?.layers[1]?.rdm;
    const conditions = parseCsv((await report.saved('RDM of conditions', 'CSV')).toString('utf8'));
    expect(conditions.slice(1).flatMap((row) => row.slice(1).map(Number))).toEqual(
      Array.from(sixDigits(rdm?.conditions ?? new Float32Array())),
    );

    await report.tab('pca');
    const scores = parseCsv((await report.saved('PCA scores', 'CSV')).toString('utf8'));
    const pca = data.details[0]?.layers[1]?.pca;
    expect(scores.slice(1).flatMap((row) => row.slice(-(pca?.components ?? 0)).map(Number))).toEqual(
      Array.from(sixDigits(pca?.scores ?? new Float32Array())),
    );

    await report.tab('units');
    const units = JSON.parse((await report.saved('Selectivity of units', 'JSON')).toString('utf8')) as {
      columns: string[];
      rows: (number | string | null)[][];
    };
    const column = units.columns.indexOf('hard');
    const byUnit = new Map(units.rows.map((row) => [row[0], row[column]]));
    const dprime = data.details[0]?.layers[1]?.selectivity['hard']?.dprime ?? [];
    expect(dprime.map((_, unit) => byUnit.get(unit))).toEqual(
      dprime.map((value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value)),
    );
    expect(units.rows.find((row) => row[0] === 3)?.[1]).toBe('dead');

    await report.tab('dynamics');
    const training = parseCsv((await report.saved('Training', 'CSV')).toString('utf8'));
    expect(training.slice(1).map((row) => Number(row[3]))).toEqual(
      network?.replicates.flatMap(({ checkpoints }) => checkpoints.map(({ loss }) => loss)),
    );
    await report.close();
  });

  it('says once how many replicates there are where all networks have the same number', async () => {
    const even = synthetic();
    for (const network of even.results.networks)
      network.replicates = network.replicates.filter(({ seed }) => seed < 4);
    const report = await openReport(even);
    const [head] = await report.table('Accuracy and variance explained');
    expect(head).toEqual(['network', 'label', 'accuracy', 'hidden1', 'hidden2', 'output']);
    const caption = report.figure('Accuracy and variance explained').locator('.caption').first();
    expect(await caption.textContent()).toContain('mean over the 4 replicates of each network');
    await report.close();
  });

  it('shows the main picture first, and what each rule of hazards says, the gravest first, that opens', async () => {
    const report = await openReport(data, { width: 600 });
    const { page } = report;
    const picture = await report
      .figure('Accuracy and variance explained')
      .locator('canvas')
      .first()
      .boundingBox();
    const hazards = page.locator('.hazards > ul > li');
    expect(await hazards.count()).toBe(2);
    const line = await hazards.first().boundingBox();
    // Both networks' rows above the fold of a panel of 900 pixels, with the hazards under them.
    expect((picture?.y ?? 900) + (picture?.height ?? 0)).toBeLessThan(720);
    expect(line?.y).toBeGreaterThan((picture?.y ?? 0) + (picture?.height ?? 0));
    expect((line?.y ?? 900) + (line?.height ?? 0)).toBeLessThan(900);
    expect(await hazards.first().locator('button').textContent()).toMatch(
      /^Serious · 6\.9 × as much varianceboth computes hard.*its variance\.$/,
    );
    const advice = page.getByText('intervene');
    expect(await advice.isVisible()).toBe(false);
    await hazards.first().locator('button').focus();
    await page.keyboard.press('Enter');
    expect(await hazards.first().locator('button').getAttribute('aria-expanded')).toBe('true');
    expect(await advice.isVisible()).toBe(true);
    expect(await hazards.first().textContent()).toContain(
      '6.9 × as much variance (threshold: 2 × as much variance)',
    );
    await page.keyboard.press('Enter');
    expect(await advice.isVisible()).toBe(false);

    const second = hazards.nth(1);
    expect(await second.locator('button').textContent()).toMatch(/^Note · 5 replicates · 2 times/);
    expect(await second.getByText('4 seeds of hard only').isVisible()).toBe(false);
    await second.locator('button').click();
    expect(await second.getByText('4 seeds of hard only').isVisible()).toBe(true);
    // Another measure: what is open stays so.
    await report.choose('Measure', 'Unique share');
    expect(await second.getByText('4 seeds of hard only').isVisible()).toBe(true);
    await report.close();
  });

  it('shows what was declared of the stimuli beside what was drawn', async () => {
    const some = synthetic();
    const statement = { feature: 'e', kind: 'prevalence' as const, of: 'yes', declared: 0.1, expected: 0.1 };
    const { stimuli } = some.results;
    stimuli.train = { ...stimuli.train, drawing: [{ ...statement, drawn: 0.102, met: true }] };
    stimuli.test = { ...stimuli.test, inTrain: 3, drawing: [{ ...statement, drawn: 0.27, met: false }] };
    const report = await openReport(some);
    await report.page.getByText('Declared and drawn stimuli').click();
    const rows = await report.page
      .locator('details', { hasText: 'Declared and drawn stimuli' })
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
    expect(rows).toEqual([
      ['e is yes', '0.102 of 0.100', '–', '0.270 of 0.100 ✗ beyond sampling error'],
      ['stimuli', '256', '256', '256'],
      ['with an input row of train', '–', '0', '3'],
    ]);
    await report.close();
  });

  it('offers every measure of layers, and those beyond shares on an axis of their own', async () => {
    const report = await openReport();
    const { page } = report;
    const offered = await page.getByLabel('Measure', { exact: true }).first().locator('*').allTextContents();
    for (const title of [
      'Variance explained',
      'Sparsity',
      'Participation ratio',
      'RSA with the RDM of a label',
    ])
      expect(
        offered.some((text) => text.includes(title)),
        title,
      ).toBe(true);
    // What qualifies another measure does not stand by itself.
    expect(offered.join(' ')).not.toContain('95 % point');
    expect(
      await page.locator('vscode-dropdown[aria-label="Measure"] .option-group').allTextContents(),
    ).toEqual(['Of a layer and a label', 'Of a layer']);
    await report.choose('Measure', 'Participation ratio');
    // The figure is called what it shows, wherever it is named.
    const title = 'Accuracy and participation ratio';
    const figure = report.figure(title);
    expect(await figure.locator('.figure-head h2').textContent()).toBe(title);
    expect(await figure.locator(`vscode-button[title="Table of ${title}"]`).count()).toBe(1);
    expect(String(await report.saved(title, 'SVG'))).toContain(title);
    expect(await figure.locator('.caption').first().textContent()).toContain(
      'Right: participation ratio, by layer, on an axis of its own.',
    );
    // What the measure says of itself: by keyboard under the picture, over the heads of its table, and in the footer.
    const says = figure.locator('.says');
    expect(await says.locator('dd').first().isVisible()).toBe(false);
    await says.locator('summary').focus();
    await page.keyboard.press('Enter');
    const { participationRatio } = data.results.measures;
    for (const text of [participationRatio?.formula, participationRatio?.meaning, participationRatio?.source])
      expect(await says.textContent()).toContain(text);
    expect(await figure.locator('th button', { hasText: 'hidden2' }).getAttribute('title')).toContain(
      participationRatio?.misleads,
    );
    expect(await page.locator('footer').textContent()).toContain(participationRatio?.formula);
    const [head, ...rows] = await report.table(title);
    const both = rows.filter(([network]) => network === 'both');
    expect(both.map(([, label]) => label)).toEqual(['easy', 'hard', 'Participation ratio']);
    expect(both[2]?.[head?.indexOf('hidden2') ?? -1]).toMatch(/^2\.000/);
    await report.choose('Measure', 'Sparsity');
    expect(await report.figure('Accuracy and sparsity').locator('.caption').first().textContent()).toContain(
      'sparsity, by layer, on the same axis.',
    );
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('says what is measured in a figure, under each that shows measures', async () => {
    const report = await openReport(data);
    const summaries = async (tab: (typeof tabNames)[number]): Promise<(string | null)[]> => {
      await report.tab(tab);
      return report.page.locator('.says summary:visible').allTextContents();
    };
    expect(await summaries('pca')).toEqual([
      'What Variance of principal components means',
      'What Correlation of components with labels means',
    ]);
    expect(await summaries('units')).toEqual(['What Selectivity of single units means']);
    expect(await summaries('dynamics')).toEqual(['What Accuracy, Variance explained and Loss mean']);
    // A report has no place for a figure by itself.
    expect(await report.figure('Training').getByText('Open', { exact: true }).isVisible()).toBe(false);
    await report.close();
  });

  it('gives similarities the colours of −1 to 1, so that .3 never looks like 1; as far as replicates go only where one asks', async () => {
    const alike = synthetic();
    for (const { matrix } of alike.results.rsa)
      matrix.forEach((row, i) => row.forEach((value, j) => (row[j] = i === j ? 1 : 0.3 * (value ?? 0))));
    const report = await openReport(alike);
    await report.tab('rsa');
    const between = (alike.results.rsa[0]?.matrix ?? []).flatMap((row, i) =>
      row.filter((_, j) => i !== j).map((value) => value ?? 0),
    );
    const figure = report.figure('Similarity of networks');
    const caption = (): Promise<string | null> => figure.locator('.caption').first().textContent();
    const range = [Math.min(...between), Math.max(...between)].map((value) =>
      value.toFixed(3).replace('-', '−'),
    );
    for (const title of ['Similarity of networks', 'Mean similarity of pairs of networks'])
      expect(textsOf(await report.saved(title, 'SVG')), title).toEqual(
        expect.arrayContaining(['−1', '0', '1', 'easy only']),
      );
    expect(await caption()).toContain(
      `Between different replicates: ${range.join(' to ')}. Colours: −1 to 1.`,
    );
    // Seeds in rows and columns.
    const whole = textsOf(await report.saved('Similarity of networks', 'SVG'));
    expect(whole.filter((text) => text === '4').length).toBe(8);

    const reach = String(Math.ceil(100 * Math.max(...between.map(Math.abs))) / 100);
    await report.choose('Colour range', `±${reach}`);
    for (const title of ['Similarity of networks', 'Mean similarity of pairs of networks'])
      expect(textsOf(await report.saved(title, 'SVG')).join(' '), title).toMatch(
        new RegExp(`−${reach}.*${reach}`),
      );
    expect(textsOf(await report.saved('Similarity of networks', 'SVG'))).toContain(`≥ ${reach}`);
    expect(await caption()).toContain(`Colours: −${reach} to ${reach}, the largest between`);
    const map = figure.locator('canvas');
    await map.hover({ position: { x: 200, y: 60 } });
    expect(await figure.locator('.hover').textContent()).toMatch(/^[a-z ]+\/\d – [a-z ]+\/\d\n−?\d\.\d+$/);
    await report.close();
  });

  it('counts hazards on every tab, and tells each over the figures that it is of', async () => {
    const report = await openReport(data, { width: 530 });
    const { page } = report;
    const count = page.locator('.hazard-count');
    for (const tab of tabNames) {
      await report.tab(tab);
      expect(await count.textContent()).toBe('3 hazards, 1 serious');
      expect(await count.isVisible(), tab).toBe(true);
    }
    const over = (title: string) => report.figure(title).locator('.hazard-here');
    await report.tab('pca');
    expect(await over('PCA scores').innerText()).toContain('both computes hard');
    await report.choose('Layer', 'hidden1');
    expect(await over('PCA scores').count()).toBe(0);
    await report.tab('rsa');
    expect(await over('Mean similarity of pairs of networks').innerText()).toMatch(/Note[^]*1 more hazard/);
    await report.tab('units');
    await report.choose('Layer', 'hidden2');
    await over('Selectivity of units').click();
    expect(await page.locator('#tab-overview').getAttribute('aria-selected')).toBe('true');
    const focused = page.locator('.hazard-line:focus');
    await focused.waitFor();
    expect(await focused.getAttribute('aria-expanded')).toBe('true');
    expect(await focused.textContent()).toContain('both computes hard');
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('names every column of a heatmap, however narrow it is', async () => {
    for (const width of [360, 700, 1200]) {
      const report = await openReport(data, { width });
      await report.tab('rsa');
      const written = async (title: string): Promise<string[]> => textsOf(await report.saved(title, 'SVG'));
      expect(await written('RSA with label RDMs'), String(width)).toEqual(
        expect.arrayContaining(['easy = e', 'hard', '−1', '1', 'both']),
      );
      // Each condition at its row and at its column, in parts where it must be.
      const conditions = (await written('RDM of conditions')).join(' ');
      expect(conditions.match(/easy/g), String(width)).toHaveLength(8);
      await report.close();
    }
  });

  it('writes names in full into files, however narrow the page is', async () => {
    const networks = ['false, false', 'false, true', 'true, false', 'true, true'].map(
      (values) => `trained with the label=${values.replace(', ', ' and with hard=')}`,
    ) as [string, string, string, string];
    const report = await openReport(synthetic({ ...plainNames, networks }), { width: 530 });
    const overview = String(await report.saved('Accuracy and variance explained', 'SVG'));
    for (const name of networks) expect(overview).toContain(`>${name}</text>`);
    await report.tab('rsa');
    for (const title of ['Similarity of networks', 'Mean similarity of pairs of networks']) {
      const texts = textsOf(await report.saved(title, 'SVG'));
      for (const name of networks)
        expect(
          texts.filter((text) => text === name),
          title,
        ).toHaveLength(2);
    }
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('saves figures that say where they come from', async () => {
    const report = await openReport({ ...data, analysedAt: Date.UTC(2026, 0, 2) });
    await report.tab('pca');
    const caption = (await report.figure('PCA scores').locator('.caption').first().textContent()) ?? '';
    const known = {
      figure: 'PCA scores',
      about: caption,
      experiment: data.results.title,
      software: 'RepScope 0.0.0',
      fingerprint: 'synthetic',
      analysed: '2026-01-02T00:00:00.000Z',
      hazards: [data.results.hazards[1]?.message],
    };
    const svg = String(await report.saved('PCA scores', 'SVG'));
    const metadata = /<metadata>([^<]*)<\/metadata>/.exec(svg)?.[1] ?? '';
    expect(JSON.parse(metadata)).toEqual(known);
    expect(svg).toContain('<title>PCA scores</title><desc>both/0, hidden2, epoch 100.');
    const png = textsOfPng(await report.saved('PCA scores', 'PNG'));
    expect(JSON.parse(png.get('RepScope') ?? '')).toEqual(known);
    expect(png.get('Description')).toBe(caption);
    const csv = String(await report.saved('PCA scores', 'CSV'));
    expect(csv).toMatch(
      /^# RepScope 0\.0\.0 \| Synthetic: easy and hard \| PCA scores \| 2026-01-02T[^|]* \| synthetic\r\nstimulus,/,
    );
    const json = JSON.parse(String(await report.saved('PCA scores', 'JSON'))) as { experiment: string };
    expect(json.experiment).toBe(data.results.title);
    // Whoever opens the report sees what was analysed.
    await report.page.getByText('Experiment', { exact: true }).click();
    expect(await report.page.locator('.experiment-text pre').textContent()).toBe(data.results.experiment);
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('saves pictures that are pictures', async () => {
    const report = await openReport();
    for (const [tab, title] of [
      ['overview', 'Accuracy and variance explained'],
      ['rsa', 'RDM of conditions'],
    ] as const) {
      await report.tab(tab);
      expect((await report.saved(title, 'PNG')).subarray(1, 4).toString('latin1')).toBe('PNG');
      expect((await report.saved(title, 'SVG')).toString('utf8')).toMatch(/^<svg[^]*<\/svg>\s*$/);
    }
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('saves pictures in the width and resolution that a journal wants, white, and named after what they are of', async () => {
    const report = await openReport();
    await report.tab('units');
    const title = 'Selectivity of units';
    const menu = report.figure(title).getByText('Export', { exact: true });
    await menu.click();
    await report.choose('Width of pictures', '89 mm');
    await report.choose('Resolution of PNG', '300 dpi');
    await menu.click();
    const png = await report.saved(title, 'PNG');
    // 89 mm at 300 dots per inch, for whoever sets the page: 11,811 dots per metre.
    expect(png.readUInt32BE(16)).toBe(1050);
    const size = png.indexOf('pHYs');
    expect([png.readUInt32BE(size + 4), png.readUInt32BE(size + 8), png[size + 12]]).toEqual([
      11_811, 11_811, 1,
    ]);
    // Kept for all other figures.
    await report.tab('rsa');
    const svg = String(await report.saved('RDM of conditions', 'SVG'));
    expect(svg).toMatch(/^<svg[^>]* width="336"/);
    expect(svg).toMatch(/<rect x="0" y="0" width="[\d.]+" height="[\d.]+" fill="#ffffff"/);
    expect(svg).not.toContain('<image');
    expect(svg.match(/<rect [^>]*fill="#[0-9a-f]{6}"/g)?.length).toBeGreaterThan(8);
    const download = report.page.waitForEvent('download');
    await report.figure('RDM of conditions').getByText('Export', { exact: true }).click();
    await report.figure('RDM of conditions').getByText('CSV', { exact: true }).click();
    expect((await download).suggestedFilename()).toBe(
      'Synthetic-easy-and-hard-both-0-hidden2-epoch-100-rdm-of-conditions.csv',
    );
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('is worked by keyboard', async () => {
    const report = await openReport();
    const { page } = report;
    await page.focus('#tab-overview');
    await page.keyboard.press('ArrowRight');
    await report.drawn();
    expect(await page.locator('[role=tab][aria-selected=true]').textContent()).toBe('PCA');
    expect(await page.locator('#panel-pca').isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await report.drawn();
    expect(await report.figure('PCA scores').locator('.caption').first().textContent()).toContain(
      'easy only/0',
    );
    await page.focus('#tab-pca');
    await page.keyboard.press('End');
    expect(await page.locator('[role=tab][aria-selected=true]').textContent()).toBe('Dynamics');
    await page.keyboard.press('Home');
    await report.tab('units');
    const before = await report.figure('Statistics of the chosen unit').locator('.caption').textContent();
    await page.getByTitle('Next unit in this order').focus();
    await page.keyboard.press('Enter');
    await report.drawn();
    expect(await report.figure('Statistics of the chosen unit').locator('.caption').textContent()).not.toBe(
      before,
    );
    await report.close();
  });

  it('keeps what was chosen over a reload', async () => {
    const report = await openReport();
    await report.tab('pca');
    await report.choose('Colour', 'colour');
    await report.choose('Layer', 'hidden1');
    await report.table('PCA scores');
    await report.page.reload();
    await report.page.waitForSelector('#panel-pca:not([hidden]) canvas');
    await report.drawn();
    expect(await report.figure('PCA scores').textContent()).toContain('hidden1');
    expect(await report.figure('PCA scores').locator('table').isVisible()).toBe(true);
    expect(textsOf(await report.saved('PCA scores', 'SVG')).slice(0, 4)).toEqual([
      'colour',
      'red',
      'yellow',
      'blue',
    ]);
    await report.close();
  });

  it('draws in three dimensions', async () => {
    const report = await openReport(data, { plotly: true });
    await report.tab('pca');
    await report.choose('View', '3-D');
    expect(await report.figure('PCA scores').locator('.gl-container canvas').count()).toBeGreaterThan(0);
    await report.choose('View', '2-D');
    expect(await report.figure('PCA scores').locator('.gl-container').count()).toBe(0);
    expect(String(await report.saved('PCA scores', 'SVG'))).toContain('PC1 (');
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('says what is missing where there is no WebGL, and where the same is to be seen', async () => {
    const report = await openReport(data, { plotly: true });
    await report.page.evaluate(`{
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (kind) {
        return kind === '2d' ? getContext.call(this, kind) : null;
      };
    }`);
    await report.tab('pca');
    await report.choose('View', '3-D');
    const picture = report.figure('PCA scores').locator('.picture');
    expect(await picture.textContent()).toBe(
      'No picture in three dimensions: this machine gives pages no WebGL. The 2-D view has the same scores, two components at a time.',
    );
    expect(await report.barriers()).toEqual([]);
    await report.choose('View', '2-D');
    expect(await picture.textContent()).not.toContain('WebGL');
    expect(await picture.locator('canvas').isVisible()).toBe(true);
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('follows light and dark, and changes colours in place', async () => {
    const report = await openReport(data, { colorScheme: 'dark' });
    const { page } = report;
    /** Of the page, and of each picture in front at its corner. */
    const colours = () =>
      page.evaluate(() => {
        const corners = [...document.querySelectorAll<HTMLCanvasElement>('main .picture canvas')]
          .filter((canvas) => canvas.clientWidth > 0)
          .map((canvas) => canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data.slice(0, 3).join(', '));
        return [
          ...new Set([
            getComputedStyle(document.body).backgroundColor,
            ...corners.map((one) => `rgb(${one})`),
          ]),
        ];
      });
    expect(await colours()).toEqual(['rgb(31, 31, 31)']);
    await page.getByTitle('Switch between light and dark').click();
    await report.drawn();
    expect(await colours()).toEqual(['rgb(255, 255, 255)']);
    await report.tab('rsa');
    expect(await colours()).toEqual(['rgb(255, 255, 255)']);
    await page.getByTitle('Switch between light and dark').click();
    await report.drawn();
    expect(await colours()).toEqual(['rgb(31, 31, 31)']);
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('shows hostile names as text', async () => {
    const report = await openReport(synthetic(hostileNames));
    expect(await report.page.locator('h1').textContent()).toBe(hostileNames.title);
    for (const tab of tabNames) {
      await report.tab(tab);
      expect(await report.page.locator('#repscope a, #repscope b, #repscope img').count()).toBe(0);
    }
    await report.tab('pca');
    expect(String(await report.saved('PCA scores', 'SVG'))).toContain('&lt;b onclick=');
    await report.tab('rsa');
    const first = await report.table('Mean similarity of pairs of networks');
    expect(first[1]?.[0]).toBe(hostileNames.networks[0]);
    expect(first[first.length - 1]?.[0]).toBe('\\u202eunt\\u001b[31mrained');
    expect(await report.page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it.each([
    ['light', 1200],
    ['dark', 500],
  ] as const)('has no barrier that axe knows of (%s, %d pixels wide)', async (colorScheme, width) => {
    const report = await openReport(data, { colorScheme, width });
    for (const tab of tabNames) {
      await report.tab(tab);
      // Panel by panel in one of them: the other differs by its colours and its width.
      if (colorScheme === 'light') expect(await report.barriers(), tab).toEqual([]);
      const overflow = await report.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${tab}: wider than the page`).toBeLessThanOrEqual(0);
    }
    if (colorScheme === 'dark') {
      await report.showAll();
      expect(await report.barriers()).toEqual([]);
    }
    await report.close();
  });

  it('says so where no replicate has finished', async () => {
    const cut = synthetic();
    for (const network of cut.results.networks) {
      for (const replicate of network.replicates) {
        Object.assign(replicate, { status: 'cancelled', checkpoints: [] });
      }
    }
    cut.results.values = noColumns();
    cut.results.rsa = [];
    cut.details = [];
    const report = await openReport(cut);
    expect(await report.page.locator('.missing summary').textContent()).toBe('20 replicates cancelled');
    for (const tab of tabNames) {
      await report.tab(tab);
      const wanting = tab === 'pca' || tab === 'units' || tab === 'rsa';
      const said = report.page.locator(`#panel-${tab}`).getByText('no finished replicate');
      expect(await said.isVisible(), tab).toBe(wanting);
    }
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('says in one line that replicates have no results; it unfolds into reasons, whose numbers may differ', async () => {
    const cut = synthetic();
    const replicates = cut.results.networks.flatMap((network) => network.replicates.slice(1));
    replicates.forEach((replicate, at) =>
      Object.assign(
        replicate,
        at < 3
          ? { status: 'failed', reason: `The loss became infinite at epoch ${at < 2 ? 3 : 7}.` }
          : { status: 'cancelled', reason: undefined },
      ),
    );
    const report = await openReport(cut);
    const missing = report.page.locator('.missing');
    expect(await missing.locator('summary').textContent()).toBe('3 replicates failed, 13 cancelled');
    expect(await missing.locator('li').first().isVisible()).toBe(false);
    await missing.locator('summary').click();
    expect(await missing.locator('li').count()).toBe(2);
    expect(await missing.locator('li').first().textContent()).toBe(
      'The loss became infinite at epoch 3. (3 replicates)both/1, both/2, both/3 (The loss became infinite at epoch 7.)',
    );
    expect(await missing.locator('li').nth(1).textContent()).toMatch(/^Cancelled \(13 replicates\)both\/4, /);
    await report.close();
  });

  it('says why, and what would work, where a layer has one unit, dead ones only, or no distances', async () => {
    const poor = synthetic();
    const layer = poor.details[0]?.layers[1];
    if (layer === undefined) throw new Error('The synthetic results have changed.');
    Object.assign(layer, { constantUnits: [...Array(layer.units).keys()], deadUnits: [] });
    layer.rdm.conditions.fill(NaN);
    layer.rdm.single.fill(NaN);
    layer.missing['rdm.single'] = 'A pattern without an active unit has no correlation distance.';
    layer.pca.scores = layer.pca.scores.filter((_, at) => at % layer.pca.components === 0);
    layer.pca.explainedVarianceRatio = [1];
    layer.pca.components = 1;
    const report = await openReport(poor);
    const saying = (title: string) => report.figure(title).locator('.caption').first().textContent();
    await report.tab('units');
    expect(await saying('Selectivity of units')).toMatch(
      /All 24 units are the same.*Look at an earlier layer/,
    );
    expect(
      await report.page
        .locator('#panel-units button, #panel-units vscode-button')
        .filter({ visible: true })
        .count(),
    ).toBe(0);
    await report.tab('rsa');
    for (const title of ['RDM of conditions', 'RDM of single stimuli']) {
      expect(await saying(title)).toMatch(/without an active unit.*"metric": "euclidean"/);
      expect(await report.figure(title).locator('canvas, .tools').filter({ visible: true }).count()).toBe(0);
    }
    await report.tab('pca');
    expect(await saying('PCA scores')).toContain('one component only');
    const strips = textsOf(await report.saved('PCA scores', 'SVG'));
    expect(strips).toEqual(
      expect.arrayContaining(['easy: false', 'easy: true', 'PC1 (100.0 % of variance)']),
    );
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('shows a statistic of units that is defined, and says why the chosen one is not', async () => {
    const poor = synthetic();
    const layer = poor.details[0]?.layers[1];
    if (layer === undefined) throw new Error('The synthetic results have changed.');
    const without = (numbers: unknown[]): unknown[] =>
      numbers.map((one) => (Array.isArray(one) ? without(one) : null));
    for (const found of Object.values(layer.selectivity))
      Object.assign(found, { dprime: without(found.dprime) });
    const report = await openReport(poor);
    await report.tab('units');
    const caption = (): Promise<string | null> =>
      report.figure('Selectivity of units').locator('.caption').first().textContent();
    expect(await caption()).toMatch(/d′ is undefined here for every label.*AUROC of each unit/);
    for (const found of Object.values(layer.selectivity))
      for (const name of ['auroc', 'correlation', 'classSelectivity'] as const)
        Object.assign(found, { [name]: without(found[name]) });
    const none = await openReport(poor);
    await none.tab('units');
    const figure = none.figure('Selectivity of units');
    expect(await figure.locator('.caption').first().textContent()).toContain('d′ is undefined here');
    expect(await figure.locator('canvas, .tools').filter({ visible: true }).count()).toBe(0);
    expect([...report.complaints, ...none.complaints]).toEqual([]);
    await report.close();
    await none.close();
  });

  it('says why nothing can be compared in the place of hatching, and of how many replicates a plane is', async () => {
    const poor = synthetic();
    const [entry] = poor.results.rsa;
    if (!entry?.mds) throw new Error('There is no plane to cut.');
    entry.mds.x[0] = entry.mds.y[0] = null;
    const count = entry.labels.length;
    const cut = await openReport(poor);
    await cut.tab('rsa');
    expect(await cut.figure('Replicates on a plane').locator('.caption').first().textContent()).toContain(
      `${count - 1} of ${count} replicates: the others lack similarities.`,
    );
    await cut.close();

    entry.matrix = entry.matrix.map((row) => row.map(() => null));
    entry.used = entry.matrix.map((row) => row.map(() => 0));
    entry.mds = null;
    entry.undefinedValues['mds'] = 'A plane needs three replicates with similarities to each other.';
    const { measure, value, why } = poor.results.values;
    const reason = why.names.push('It has equal distances.') - 1;
    measure.codes.forEach((code, row) => {
      if (measure.names[code] === 'modelRsa') [value[row], why.codes[row]] = [null, reason];
    });
    const report = await openReport(poor);
    await report.tab('rsa');
    for (const [title, reason] of [
      [
        'Similarity of networks',
        /No similarity is defined: only 0 of [\d,]+ pairs of stimuli have a distance/,
      ],
      ['Mean similarity of pairs of networks', /No similarity is defined/],
      ['Replicates on a plane', /needs three replicates/],
      ['RSA with label RDMs', /undefined, or all equal/],
    ] as const) {
      const figure = report.figure(title);
      expect(await figure.locator('.caption').first().textContent()).toMatch(reason);
      expect(await figure.locator('.picture, .tools, table').filter({ visible: true }).count(), title).toBe(
        0,
      );
    }
    expect(report.complaints).toEqual([]);
    await report.close();
  });

  it('says over how many pairs of stimuli a layer is compared with labels, where not over all', async () => {
    const some = synthetic();
    const values = new Values(some.results.values);
    for (const { name } of some.results.networks)
      for (const [seed, used] of [20_000, 32_640].entries())
        values.add(
          {
            ...{ measure: 'rdmPairsUsed', source: name, seed: String(seed) },
            ...{ checkpoint: END, site: 'hidden2' },
          },
          used,
        );
    const report = await openReport(some);
    await report.tab('rsa');
    const figure = report.figure('RSA with label RDMs');
    expect(await figure.locator('.caption').first().textContent()).toContain(
      'Over the pairs of stimuli with a distance in the layer',
    );
    const [head, ...rows] = await report.table('RSA with label RDMs');
    expect(head?.at(-1)).toBe('pairs of stimuli');
    expect(rows[0]?.at(-1)).toBe('20,000 to 32,640 of 32,640');
    await report.close();

    const all = await openReport();
    await all.tab('rsa');
    expect((await all.table('RSA with label RDMs'))[0]).not.toContain('pairs of stimuli');
    await all.close();
  });

  it('reads Plotly when something is to turn, and not before', async () => {
    const report = await openReport(data, { plotly: true });
    for (const tab of tabNames) await report.tab(tab);
    const isRead = () => report.page.evaluate(() => 'Plotly' in window);
    expect(await isRead()).toBe(false);
    await report.tab('pca');
    await report.choose('View', '3-D');
    expect(await isRead()).toBe(true);
    await report.close();
  });
});
