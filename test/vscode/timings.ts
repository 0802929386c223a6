import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { Dashboard, panels, type PanelName } from './support/dashboard';
import { pause, until } from './support/limit';
import { project } from './support/project';
import { Workbench } from './support/workbench';

const example = 'easy-vs-hard.experiment.json';

/** Milliseconds; several where it was measured several times. */
export interface Timings {
  /** From the click on the menu's entry to the first live curve. */
  firstCurve: number[];
  /** From the same to the picture of each panel, looked at one after the other, from an early checkpoint. */
  firstPictures: Record<PanelName, number>[];
  quickLook: number;
  all: number;
  /** Analyzed again with nothing to train. */
  again: number[];
  /** One step of the scrubber, from the key to the picture, by panel. */
  scrubbing: Partial<Record<PanelName, number[]>>;
  /** The longest that the extension host's thread stood still: while it trained and analysed, and while one looked at panels. */
  blocked: { running: number; looking: number };
  /** The longest that it was at work without a pause. */
  busy: { running: number | null; looking: number | null };
}

/** Measures what a user waits for, in a real VS Code, on the headline example. */
export async function measureTimings(repetitions: number, say: (text: string) => void): Promise<Timings> {
  const workbench = await Workbench.open({
    workspace: join(project, 'examples'),
    size: { width: 1600, height: 1000 },
  });
  try {
    cpSync(join(project, 'schemas'), join(workbench.scratch.folder, 'schemas'), { recursive: true });
    // The same experiment on other stimuli: nothing of it is in the store.
    const text = readFileSync(join(project, 'examples', example), 'utf8');
    const copy = (name: string, seed: number): string => {
      writeFileSync(workbench.scratch.path(name), text.replace('"seed": 0', `"seed": ${seed}`));
      return name;
    };
    const firstCurve: number[] = [];
    const firstPictures: Record<PanelName, number>[] = [];
    for (let k = 0; k < repetitions; k++) {
      say(`first curve and first pictures ${k + 1} of ${repetitions}`);
      const { curve, pictures } = await firstLook(workbench, copy(`copy${k}.experiment.json`, 100 + k));
      firstCurve.push(curve);
      firstPictures.push(pictures);
    }

    say('a quick look');
    const quick = copy('quick.experiment.json', 50);
    await workbench.openFile(quick);
    const quickLook = await timed(async () => {
      await workbench.command('RepScope: Quick Look');
      const dashboard = await shown(workbench);
      await dashboard.reaches('done', 300);
    });
    await workbench.command('View: Close All Editors');

    say('all');
    await workbench.openFile(example);
    // VS Code starts its own servers for the file that was opened: that is over first.
    await pause(2000);
    await workbench.companion.state();
    const click = await choose(workbench, example);
    const dashboard = await shown(workbench);
    await dashboard.reaches('done', 600);
    const all = performance.now() - click;
    const running = await workbench.companion.state();

    say('again, with nothing to train');
    const again: number[] = [];
    for (let k = 0; k < 4; k++) {
      await pause(1000);
      again.push(await analyzeAgain(dashboard.frame));
    }

    const scrubbing: Timings['scrubbing'] = {};
    await workbench.companion.state();
    for (const panel of ['pca', 'units', 'rsa', 'dynamics'] as const) {
      say(`scrubbing: ${panel}`);
      await dashboard.tab(panel);
      if (!(await dashboard.frame.locator('.scrub-slider').isVisible())) continue;
      await pause(1000);
      scrubbing[panel] = await scrub(dashboard.frame);
    }
    const looking = await workbench.companion.state();
    return {
      firstCurve,
      firstPictures,
      quickLook,
      all,
      again,
      scrubbing,
      blocked: { running: running.blocked, looking: looking.blocked },
      busy: { running: running.busy, looking: looking.busy },
    };
  } catch (error) {
    await workbench.keep('timings');
    throw error;
  } finally {
    await workbench.dispose();
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Chooses the analysis in the Explorer's menu; when it was clicked. */
async function choose(workbench: Workbench, file: string): Promise<number> {
  const label = 'Analyze Representations';
  await until('the menu has the analysis', async () => {
    if ((await workbench.menuOf(workbench.file(file))).includes(label)) return true;
    await workbench.closeMenu();
    return false;
  });
  await pause(300);
  const entry = workbench.page
    .locator('.monaco-menu .action-menu-item')
    .filter({ has: workbench.page.locator(`.action-label[aria-label="${label}"]`) });
  await entry.hover();
  const start = performance.now();
  await entry.click();
  return start;
}

/** The dashboard in front, as soon as it is there. */
async function shown(workbench: Workbench): Promise<Dashboard> {
  for (const end = performance.now() + 20_000; performance.now() < end; await pause(20))
    for (const frame of workbench.webviews())
      if (await frame.isVisible('#repscope .live').catch(() => false)) return Dashboard.in(workbench, frame);
  throw new Error('There is no dashboard.');
}

async function firstLook(
  workbench: Workbench,
  file: string,
): Promise<{ curve: number; pictures: Record<PanelName, number> }> {
  const start = await choose(workbench, file);
  const dashboard = await shown(workbench);
  await dashboard.frame.locator('.live-curves[aria-label*=accuracy]').first().waitFor({ state: 'attached' });
  const curve = performance.now() - start;
  const pictures = {} as Record<PanelName, number>;
  for (const panel of panels) {
    await dashboard.frame.locator(`#tab-${panel}`).click();
    await dashboard.frame.evaluate(
      `(async () => { while (!${drawn(panel)}) await new Promise(requestAnimationFrame); })()`,
    );
    pictures[panel] = performance.now() - start;
  }
  await dashboard.button('Cancel').click();
  await dashboard.reaches('cancelled');
  await workbench.command('View: Close All Editors');
  return { curve, pictures };
}

/** Milliseconds from the click on the dashboard's button to the end of the run, with its pictures drawn. */
function analyzeAgain(frame: Frame): Promise<number> {
  return frame.evaluate<number>(`(async () => {
    const live = document.querySelector('.live');
    const button = [...live.querySelectorAll('vscode-button')].find((one) => one.textContent.startsWith('Analyze'));
    const start = performance.now();
    const ended = new Promise((resolve) => {
      let ran = false;
      // Seen between frames, too: it may be over within one.
      new MutationObserver(() => {
        ran ||= live.dataset.status === 'running';
        if (ran && live.dataset.status === 'done') resolve();
      }).observe(live, { attributes: true });
    });
    button.click();
    await ended;
    const drawn = () => [...document.querySelectorAll('.figure .picture')]
      .filter((box) => box.clientWidth > 0)
      .every((box) => box.dataset.drawn !== undefined && box.dataset.drawn === box.dataset.asked);
    do await new Promise((resolve) => requestAnimationFrame(resolve)); while (!drawn());
    return performance.now() - start;
  })()`);
}

/** Whether the panel in front is this one, with all of its pictures drawn. */
function drawn(panel: PanelName): string {
  return `(() => {
    if (!document.body.dataset.shown?.startsWith('${panel} ')) return false;
    const boxes = [...document.querySelectorAll('.figure .picture')].filter((box) => box.clientWidth > 0);
    return boxes.length > 0 && boxes.every((box) => box.dataset.drawn !== undefined && box.dataset.drawn === box.dataset.asked);
  })()`;
}

/** Milliseconds of each step through all checkpoints, from the last to the first and back, until the picture is drawn. */
function scrub(frame: Frame): Promise<number[]> {
  return frame.evaluate<number[]>(`(async () => {
    const slider = document.querySelector('.scrub-slider');
    const done = () => [...document.querySelectorAll('.figure .picture')]
      .filter((box) => box.clientWidth > 0)
      .every((box) => box.dataset.drawn !== undefined && box.dataset.drawn === box.dataset.asked);
    const frameDrawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const times = [];
    const last = Number(slider.max);
    const way = [...Array(last).keys()].map((k) => last - 1 - k).concat([...Array(last).keys()].map((k) => k + 1));
    for (const to of way) {
      const before = document.body.dataset.shown;
      const start = performance.now();
      slider.value = String(to);
      slider.dispatchEvent(new Event('input'));
      while (document.body.dataset.shown === before || !done()) await frameDrawn();
      times.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return times;
  })()`);
}
