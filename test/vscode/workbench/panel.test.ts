import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { treeOf } from '../../support/tree';
import { analyzedByCommandLine, type Written } from '../support/command-line';
import { barriers, Dashboard, numberOf, panels } from '../support/dashboard';
import { until } from '../support/limit';
import { near, showsOverview } from '../support/numbers';
import { themes, type Theme } from '../support/scratch';
import { Workbench } from '../support/workbench';

const analyze = 'Analyze Representations';
const file = 'tiny.experiment.json';

let workbench: Workbench;
let dashboard: Dashboard;
let expected: Written;

beforeAll(async () => {
  workbench = await Workbench.open();
  expected = analyzedByCommandLine(workbench.scratch.path(file), join(workbench.scratch.folder, 'cli'));
});
let failed = false;
beforeEach(({ skip }) => skip(failed && dashboard === undefined, 'there is no dashboard'));
afterEach(async ({ task }) => {
  failed ||= task.result?.state === 'fail';
  if (task.result?.state === 'fail') await workbench.keep(task.name);
});
afterAll(() => workbench?.dispose());

// One user at one workbench: each step follows those before it.
describe('analyzing from the Explorer', () => {
  it('offers the analysis for experiment files and for no others', async () => {
    await until('the menu of an experiment offers the analysis', async () => {
      const labels = await workbench.menuOf(workbench.file(file));
      await workbench.closeMenu();
      return labels.includes(analyze);
    });
    expect(await workbench.menuOf(workbench.file('notes.txt'))).not.toContain(analyze);
    await workbench.closeMenu();
  });

  it('opens file and dashboard side by side, keeps the focus, and draws curves while it trains', async () => {
    await workbench.choose(workbench.file(file), analyze);
    dashboard = await Dashboard.of(workbench);
    await dashboard.frame.locator('.live-curves canvas').waitFor();
    await dashboard.reaches('done');
    await workbench.tab(file).first().waitFor();
    expect(await workbench.page.locator('.editor-group-container').count()).toBe(2);
    expect(await workbench.focusInWebview()).toBe(false);
  });

  it('shows the numbers of the command line in every panel', async () => {
    await showsOverview(dashboard, expected.results);
    const network = treeOf(expected.results)[0];

    await dashboard.tab('pca');
    const scree = await dashboard.table('Variance of each component');
    const last = network?.replicates[0]?.layers.findLast(({ name }) => name !== 'output');
    const ratios = scree.slice(1).map((row) => numberOf(row[1]));
    expect(ratios.length).toBeGreaterThan(1);
    ratios.forEach((ratio, at) => near(ratio, last?.pca.explainedVarianceRatio[at]));

    await dashboard.tab('units');
    const [columns, ...units] = await dashboard.table('Selectivity of units');
    const column = columns?.indexOf('easy') ?? -1;
    expect(units.length).toBe(last?.units);
    const dprime = expected.dprime({
      ...{ network: network?.name ?? '', seed: 0, layer: last?.name ?? '', label: 'easy' },
    });
    for (const unit of units) near(numberOf(unit[column]), dprime[Number(unit[0])]);

    await dashboard.tab('rsa');
    const matrix = await dashboard.table('Similarity of networks');
    expect(matrix.length).toBe(1 + (similarities().rsa?.labels.length ?? 0));
    for (const [name, ...cells] of matrix.slice(1))
      cells.forEach((cell, at) => near(numberOf(cell), similarities().of(name, matrix[0]?.[at + 1])));

    await dashboard.tab('dynamics');
    const [names, ...points] = await dashboard.table('Training');
    const losses =
      network?.replicates.flatMap(({ checkpoints }) => checkpoints.map(({ loss }) => loss)) ?? [];
    const loss = points.map((row) => numberOf(row[names?.indexOf('loss') ?? -1]));
    expect(loss.length).toBe(losses.length);
    loss.forEach((value, at) => near(value, losses[at]));
  });

  it('writes what a figure shows into the file of the save dialog', async () => {
    await dashboard.tab('rsa');
    const csv = (await dashboard.saved('Similarity of networks', 'CSV', 'similarity.csv')).toString('utf8');
    const [comment, names, ...rows] = csv.trim().split(/\r?\n/).map((line) => line.split(',')); // prettier-ignore
    expect(comment?.[0]).toMatch(/^# RepScope /);
    expect(rows.length).toBe(similarities().rsa?.labels.length);
    for (const [name, ...cells] of rows)
      expect(cells.map(Number)).toEqual(names?.slice(1).map((other) => similarities().of(name, other)));
    const png = await dashboard.saved('Similarity of networks', 'PNG', 'similarity.png');
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    const said = workbench.page.locator('.notifications-toasts .notification-list-item', {
      hasText: 'Saved similarity.png.',
    });
    await said.getByRole('button', { name: 'Reveal' }).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('scrubs: what is drawn of a replicate follows the checkpoint, in every panel that shows one', async () => {
    const slider = dashboard.frame.getByLabel('Checkpoint of training');
    await dashboard.tab('pca');
    const newest = await dashboard.table('Variance of each component');
    await slider.fill('0');
    for (const [panel, title] of [
      ['pca', 'PCA scores'],
      ['units', 'Selectivity of units'],
      ['rsa', 'RDM of conditions'],
    ] as const) {
      await dashboard.tab(panel);
      expect(await dashboard.figure(title).innerText(), title).toMatch(/epoch 0\b/);
    }
    await dashboard.tab('pca');
    expect(await dashboard.table('Variance of each component')).not.toEqual(newest);
    await slider.fill(String(await slider.getAttribute('max')));
    await dashboard.drawn('pca');
    expect(await dashboard.table('Variance of each component')).toEqual(newest);
  });

  it('a selection made in one panel shows in all of single stimuli', async () => {
    await dashboard.choose('Select stimuli', /true.*true/);
    const said = dashboard.frame.locator('.selection-text');
    await said.filter({ hasText: /^\d+ stimuli of 128 selected/ }).waitFor();
    const text = await said.innerText();
    for (const panel of ['units', 'rsa'] as const) {
      await dashboard.tab(panel);
      expect(await said.innerText(), panel).toBe(text);
    }
    await dashboard.tab('dynamics');
    expect(await said.isVisible()).toBe(false);
    await dashboard.tab('pca');
    await dashboard.button('Clear').click();
    await said.waitFor({ state: 'hidden' });
  });

  it('is worked by keyboard alone', async () => {
    const { page } = workbench;
    await dashboard.frame.locator('#tab-rsa').focus();
    await page.keyboard.press('Home');
    await dashboard.drawn('overview');
    await page.keyboard.press('ArrowRight');
    await dashboard.drawn('pca');
    expect(await dashboard.frame.locator('[role=tab]:focus').textContent()).toBe('PCA');
    // The scrubber stands beside the tabs, what is chosen for the panel below them.
    const reached: string[] = [];
    while (reached.at(-1) !== 'Network' && reached.length < 4) {
      await page.keyboard.press('Tab');
      reached.push(
        await dashboard.frame.evaluate<string>('document.activeElement.getAttribute("aria-label")'),
      );
    }
    expect(reached).toEqual(['Play the checkpoints', expect.stringContaining('heckpoint'), 'Network']);
    await page.keyboard.press('ArrowDown');
    await until('the other network is shown', async () =>
      (await dashboard.figure('PCA scores').locator('.caption').first().innerText()).includes('easy only'),
    );
  });

  it('is without barriers and wears every theme', async () => {
    const colours = new Set<string>();
    const found: string[] = [];
    for (const theme of Object.keys(themes) as Theme[]) {
      await workbench.theme(theme);
      for (const panel of theme === 'dark' ? panels : (['overview'] as const)) {
        await dashboard.tab(panel);
        found.push(...(await barriers(dashboard.frame)).map((barrier) => `${panel}, ${theme}: ${barrier}`));
      }
      colours.add(
        await dashboard.frame.evaluate<string>(`(() => {
          return document.querySelector('.figure canvas').toDataURL();
        })()`),
      );
    }
    expect(found).toEqual([]);
    expect(colours.size).toBe(4);
  }, 240_000);

  const alone = async (seconds?: number): Promise<Dashboard> =>
    Dashboard.in(workbench, await workbench.webview('[data-figure] .figure canvas', seconds));
  const axesOf = (shown: Dashboard) =>
    shown.figure('PCA scores').locator('.picture').getAttribute('aria-label');

  it('opens a figure as an editor of its own, with choices of its own', async () => {
    await dashboard.tab('pca');
    await dashboard.figure('PCA scores').getByText('Open', { exact: true }).click();
    await workbench.tab('PCA scores — tiny').first().waitFor();
    const figure = await alone();
    await figure.choose('y', 'PC3');
    await until('the figure shows the third component', async () =>
      (await axesOf(figure))?.includes('components 1 and 3'),
    );
    expect(await axesOf(dashboard)).toContain('components 1 and 2');
  });

  // Once more, where VS Code did not find the time to keep its state before the page went.
  it('comes back after a reload as it was', { retry: 2 }, async () => {
    await workbench.theme('dark');
    await dashboard.tab('rsa');
    await workbench.reload();
    dashboard = await Dashboard.of(workbench, 60);
    await dashboard.drawn('rsa');
    expect(await dashboard.status()).toBe('done');
    const matrix = await dashboard.table('Similarity of networks');
    near(numberOf(matrix[1]?.[2]), similarities().of(matrix[1]?.[0], matrix[0]?.[2]));
    const figure = await alone(60);
    await until('the figure shows what was chosen in it', async () =>
      (await axesOf(figure))?.includes('components 1 and 3'),
    );
  });

  it('made no errors', () => {
    expect(workbench.complaints.ours).toEqual([]);
  });
});

/** RSA of the last hidden layer between replicates, by name. */
function similarities() {
  const { networks, rsa: compared } = expected.results;
  const layer = networks[0]?.layers.at(-2)?.name;
  const rsa = compared.find((one) => one.layer === layer);
  const at = (name: string | undefined): number => rsa?.labels.indexOf(name ?? '') ?? -1;
  return { rsa, of: (a: string | undefined, b: string | undefined) => rsa?.matrix[at(a)]?.[at(b)] };
}
