import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dashboard, type PanelName, panels } from './support/dashboard';
import { pause, until } from './support/limit';
import { project } from './support/project';
import type { Theme } from './support/scratch';
import { Workbench } from './support/workbench';

const shown: [Theme, string][] = [
  ['dark', 'dark'],
  ['light', 'light'],
  ['high contrast dark', 'high-contrast'],
];
/** Panels that are shown in this theme, too: what holds for its colours holds for all others. */
const highContrastLight: [Theme, string] = ['high contrast light', 'high-contrast-light'];
const inAllThemes: readonly PanelName[] = ['overview', 'units', 'rsa'];
/** Examples whose pictures are in panels of their own; shown in one theme, by a quick look. */
const others: readonly (readonly [file: string, panel: PanelName])[] = [
  ['dictionary.experiment.json', 'dictionary'],
  ['causal-check.experiment.json', 'interventions'],
  ['simplicity-bias.experiment.json', 'functions'],
  ['shortcuts.experiment.json', 'sweep'],
  ['decoding-overestimates.experiment.json', 'probes'],
];

/**
 * Takes pictures of everything that a user sees, in a real VS Code, into a folder.
 *
 * @param file the example to analyse, in examples/
 * @param folder where the pictures go, as THEME-WHAT.png
 */
export function takeScreenshots(file: string, folder: string): Promise<void> {
  return inWorkbench(folder, async (workbench, inThemes) => {
    await picturesOf(workbench, file, inThemes);
    await comparison(workbench, inThemes);
    await ownPanels(workbench, inThemes);
  });
}

/** What a small file alone shows: units whose d′ is infinite, the list of problems, and what is folded below the overview. */
export function takePicturesOfEdges(folder: string): Promise<void> {
  return inWorkbench(folder, edges);
}

const noBox = { x: 0, y: 0, width: 0, height: 0 };

/** Prepares what is to be seen in each theme, and takes its picture. */
type InThemes = (
  name: string,
  prepare?: () => Promise<void>,
  list?: readonly [Theme, string][],
) => Promise<void>;

async function inWorkbench(
  folder: string,
  take: (workbench: Workbench, inThemes: InThemes) => Promise<void>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const workbench = await Workbench.open({
    workspace: join(project, 'examples'),
    size: { width: 1600, height: 1000 },
    settings: {
      'editor.minimap.enabled': false,
      'workbench.layoutControl.enabled': false,
      // As users see it: without a word on how the extension was loaded.
      'window.title': '${activeEditorShort}${separator}${rootName}',
    },
  });
  try {
    // The examples name the schema by its place beside them.
    cpSync(join(project, 'schemas'), join(workbench.scratch.folder, 'schemas'), { recursive: true });
    await take(workbench, async (name, prepare = () => Promise.resolve(), list = shown) => {
      for (const [theme, prefix] of list) {
        await workbench.theme(theme);
        await prepare();
        await pause(400);
        await workbench.page.screenshot({ path: join(folder, `${prefix}-${name}.png`) });
        await workbench.editor.leaveHover();
      }
    });
  } catch (error) {
    await workbench.keep('screenshots');
    throw error;
  } finally {
    await workbench.dispose();
  }
}

async function picturesOf(workbench: Workbench, file: string, inThemes: InThemes): Promise<void> {
  const { page, editor } = workbench;
  await workbench.openFile(file);
  await inThemes('hover-before', async () => void (await editor.hover('"hard":')));
  await editor.replace('"parity', 'party');
  await editor.squiggles('error').first().waitFor();
  await inThemes('squiggle', async () => void (await editor.hover('"party')));
  await editor.replace('"party', 'parity');
  await editor.squiggles('error').first().waitFor({ state: 'detached' });

  await workbench.choose(workbench.file(file), 'Analyze Representations');
  const dashboard = await Dashboard.of(workbench);
  await dashboard.frame.locator('.live-curves canvas').waitFor();
  await dashboard.frame.locator('#panel-overview .figure canvas').waitFor({ timeout: 60_000 });
  await pause(3000);
  await inThemes('live');
  await dashboard.reaches('done', 600);
  await inThemes('hover', async () => {
    // Hazards come first: the numbers are below.
    const { x, y, width, height } = (await (await editor.hover('"hard":')).boundingBox()) ?? noBox;
    await page.mouse.move(x + width / 2, y + height / 2);
    for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, 200);
  });

  await page.getByRole('tab', { name: 'RepScope' }).first().click();
  await workbench.webview('body');
  await pause(1500);
  await inThemes('side-panel');

  await workbench.command('View: Close Primary Side Bar');
  for (const panel of [...panels, 'structure' as const]) {
    await inThemes(
      panel,
      async () => {
        await dashboard.tab(panel);
        // A map is computed when it is looked at.
        if (panel === 'structure')
          await dashboard.frame.locator('#panel-structure').getByText('Trustworthiness').first().waitFor();
        await pause(300);
        await dashboard.drawn(panel);
      },
      inAllThemes.includes(panel) ? [...shown, highContrastLight] : shown,
    );
  }
  // What is below the fold.
  const below: [name: string, panel: PanelName, figure: string][] = [
    ['hazards', 'overview', 'Tasks'],
    ['unit', 'units', 'Activation of the chosen unit'],
    ['similarity', 'rsa', 'Mean similarity of pairs of networks'],
    ['rdm', 'rsa', 'RDM of single stimuli'],
    ['rdm-conditions', 'rsa', 'RDM of conditions'],
    ['components', 'pca', 'Variance of each component'],
  ];
  for (const [name, panel, figure] of below) {
    await inThemes(name, async () => {
      await dashboard.tab(panel);
      await dashboard.bringToSight(figure);
      await pause(300);
      await dashboard.drawn(panel);
    });
  }
  await dashboard.tab('pca');
  await dashboard.choose('View', '3-D');
  await inThemes('pca-3d', async () => {
    await dashboard.drawn('pca');
    await pause(1000);
  });
  await dashboard.choose('View', '2-D');
}

/** One small experiment before and after an edit. */
async function comparison(workbench: Workbench, inThemes: InThemes): Promise<void> {
  const { page, editor } = workbench;
  await workbench.command('View: Close All Editors');
  await workbench.command('View: Show Explorer');
  await workbench.openFile('xor.experiment.json');
  await workbench.command('View: Close Primary Side Bar');
  await workbench.command('RepScope: Analyze Representations');
  const before = await Dashboard.of(workbench);
  await before.reaches('done', 120);
  // The width of the hidden layer.
  await editor.replace('[8]', '2');
  await workbench.command('RepScope: Analyze Representations');
  const after = await Dashboard.of(workbench);
  await until('the new width is trained', async () => (await after.status()) === 'running');
  await after.reaches('done', 120);
  await workbench.command('RepScope: Compare Runs…');
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  await after.frame.locator('.finding', { hasText: 'beyond seed noise' }).waitFor();
  await inThemes('compare', () => after.drawn('compare'));
  await workbench.command('RepScope: Compare Runs…');
  for (const row of [0, 1]) await page.locator('.quick-input-list .monaco-list-row').nth(row).click();
  await page.keyboard.press('Enter');
  await after.figure('Means in all runs').waitFor();
  await inThemes('compare-runs', async () => {
    await after.drawn('compare');
    await after.bringToSight('Means in all runs');
  });
}

async function ownPanels(workbench: Workbench, inThemes: InThemes): Promise<void> {
  for (const [file, panel] of others) {
    await workbench.command('View: Close All Editors');
    await workbench.command('View: Show Explorer');
    await workbench.openFile(file);
    await workbench.command('View: Close Primary Side Bar');
    await workbench.command('RepScope: Quick Look');
    const dashboard = await Dashboard.of(workbench);
    await dashboard.reaches('done', 600);
    await inThemes(panel, () => dashboard.tab(panel), shown.slice(0, 1));
  }
}

async function edges(workbench: Workbench, inThemes: InThemes): Promise<void> {
  const { page } = workbench;
  const everywhere = [...shown, highContrastLight];
  // Few rows, shown again and again: units whose classes differ have no spread in them.
  const perfect = {
    title: 'Units without spread',
    stimuli: {
      features: { a: { values: ['no', 'yes'] }, b: { values: ['red', 'green', 'blue'] } },
      train: 60,
      fit: 30,
      test: 30,
      repeats: true,
    },
    tasks: { 'is yes': 'a == yes', both: 'a == yes and b == red' },
    network: { hidden: [8], activation: 'relu' },
    networks: { trained: {}, untrained: { training: { epochs: 0 } } },
    seeds: 2,
  };
  // One stimulus of each class: there is no d′.
  const alone = {
    ...perfect,
    stimuli: { features: { a: { values: ['no', 'yes'] } }, enumerate: true },
    tasks: { 'is yes': 'a == yes' },
  };
  const wrong = { ...perfect, tasks: { 'is yes': 'b == yes' }, network: { hiden: [8], activation: 'rellu' } };
  for (const [name, content] of Object.entries({ alone, perfect, wrong }))
    writeFileSync(workbench.scratch.path(`${name}.experiment.json`), JSON.stringify(content, null, 2));

  await workbench.openFile('wrong.experiment.json');
  await workbench.command('View: Focus Problems');
  await page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
  await inThemes('problems', undefined, everywhere);
  await workbench.command('View: Hide Panel');

  const units = async (name: string): Promise<Dashboard> => {
    await workbench.openFile(`${name}.experiment.json`);
    await workbench.command('View: Close Primary Side Bar');
    await workbench.command('RepScope: Analyze Representations');
    const dashboard = await Dashboard.of(workbench);
    await dashboard.reaches('done', 120);
    await dashboard.tab('units');
    await inThemes(`units-${name}`, () => dashboard.drawn('units'), everywhere);
    await workbench.command('View: Show Explorer');
    return dashboard;
  };
  await units('alone');
  await workbench.command('View: Close All Editors');
  const dashboard = await units('perfect');
  await workbench.command('View: Close Primary Side Bar');
  await dashboard.tab('overview');
  await dashboard.frame.evaluate(
    `for (const fold of document.querySelectorAll('details')) if (fold.clientWidth > 0) fold.open = true`,
  );
  await inThemes(
    'folded',
    () => dashboard.frame.evaluate(`scrollTo(0, document.documentElement.scrollHeight)`),
    everywhere,
  );
}
