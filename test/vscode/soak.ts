import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stream } from '../../src/core/stream';
import { Dashboard } from './support/dashboard';
import { until } from './support/limit';
import { Workbench } from './support/workbench';

const interruptions = ['cancel', 'close', 'reload', 'kill'] as const;
type Interruption = (typeof interruptions)[number];

/** Two that train, two kept warm, and those that answered views within the last two minutes. */
const mostThreads = 8;

export interface Repetition {
  interruption: Interruption;
  /** From the start of the analysis to the interruption, in milliseconds. */
  after: number;
  /** How far the run was by then, in per cent. */
  progress: number;
  /** Entries of the store at the interruption: trainings and analyses of finished replicates. */
  finished: number;
  /** Threads that lived when the run had come to its end. */
  threads: number;
  seconds: number;
  /** What went wrong; empty where nothing did. */
  faults: string[];
}

export interface SoakResult {
  repetitions: Repetition[];
  /** What went wrong at the end: threads or processes that live on, rejections. */
  faults: string[];
}

/**
 * Starts an analysis and interrupts it at a random moment, again and again: no finished replicate may be lost, no panel blank, no
 * thread orphaned, no rejection unhandled.
 */
export async function soak(
  count: number,
  seed: number,
  say: (line: string) => void,
  kinds: readonly Interruption[] = interruptions,
): Promise<SoakResult> {
  const workbench = await Workbench.open({ settings: { 'editor.codeLens': true } });
  const random = stream('soak', seed);
  const repetitions: Repetition[] = [];
  const faults: string[] = [];
  try {
    for (let at = 0; at < count; at++) {
      // Each kind equally often; when, is random.
      const interruption = kinds[at % kinds.length] ?? 'cancel';
      const moment = random.below(60) / 100;
      const started = performance.now();
      const repetition = await repeat(workbench, at, interruption, moment).catch(
        async (error: unknown): Promise<Repetition> => {
          // Whatever it is, it counts, and the next one begins in a window of its own.
          await workbench.keep(`soak-${at + 1}`);
          await workbench.command('View: Close All Editors').catch(() => undefined);
          await workbench.reload();
          const seconds = (performance.now() - started) / 1000;
          const none = { after: 0, progress: 0, finished: 0, threads: 0 };
          return { interruption, ...none, seconds, faults: [String(error)] };
        },
      );
      repetitions.push(repetition);
      const { threads, seconds, finished, after, progress } = repetition;
      say(
        `${at + 1}/${count} ${interruption} after ${after} ms at ${progress} %, ${finished} in the store, ${threads} threads at the end, ` +
          `${seconds.toFixed(1)} s${repetition.faults.length > 0 ? `: ${repetition.faults.join('; ')}` : ''}`,
      );
      if (repetition.faults.length > 0) await workbench.keep(`soak-${at + 1}`);
    }
    faults.push(...(await leftovers(workbench, count)));
  } finally {
    await workbench.dispose();
  }
  return { repetitions, faults };
}

async function repeat(
  workbench: Workbench,
  at: number,
  interruption: Interruption,
  share: number,
): Promise<Repetition> {
  const faults: string[] = [];
  const started = performance.now();
  // Stimuli of its own, so that the store knows nothing of it.
  const name = `soak-${at + 1}.experiment.json`;
  const text = readFileSync(workbench.scratch.path('tiny.experiment.json'), 'utf8')
    .replace('"Tiny"', `"Soak ${at + 1}"`)
    .replace('"seed": 0', `"seed": ${at + 1}`)
    .replace('"train": 512', '"train": 2048')
    .replace('[16, 8]', '[64, 32]')
    // A reload waits for VS Code to keep what is open: the run must still go on by then.
    .replace('"epochs": 30', interruption === 'reload' ? '"epochs": 2500' : '"epochs": 800');
  writeFileSync(workbench.scratch.path(name), text);
  const file = { $file: workbench.scratch.path(name) };

  const before = entries(workbench);
  void workbench.companion.execute('repscope.analyze', file).catch(() => undefined);
  let dashboard = await Dashboard.of(workbench, 30);
  const moment = interruption === 'reload' ? share / 8 : share;
  let progress = 0;
  await until(
    `${Math.round(moment * 100)} % of the analysis are done`,
    async () => {
      progress = await dashboard.progress();
      // One that ends too soon is seen below.
      return (await dashboard.status()) !== 'none' && progress >= moment;
    },
    60,
  );
  let finished: [string, string][] = [];
  let after = 0;
  const look = async (): Promise<boolean> => {
    finished = [...entries(workbench)].filter(([entry]) => !before.has(entry));
    after = Math.round(performance.now() - started);
    progress = await dashboard.progress();
    return (await dashboard.status()) === 'running';
  };
  if (!(await interrupt(workbench, dashboard, interruption, at, look)))
    faults.push('the run had come to its end before it was interrupted');
  if (interruption === 'close') await workbench.companion.execute('repscope.showDashboard', file);
  dashboard = await Dashboard.of(workbench, 60);
  // A thread that died takes its replicate along, not the run.
  await until(
    'the analysis has ended or goes on',
    async () => /running|done|cancelled|interrupted/.test(await dashboard.status()),
    30,
  );
  if (interruption === 'cancel' || interruption === 'reload') {
    await until(
      'the analysis stands still',
      async () => /done|cancelled|interrupted/.test(await dashboard.status()),
      10,
    );
    if ((await dashboard.status()) !== 'done')
      await dashboard
        .button(/Resume|Analyze/)
        .first()
        .click();
  }
  await dashboard.reaches('done', 60).catch((error: unknown) => faults.push(String(error)));

  const kept = entries(workbench);
  for (const [entry, identity] of finished)
    if (kept.get(entry) !== identity)
      faults.push(`${entry} was finished and is ${kept.has(entry) ? 'made anew' : 'lost'}`);
  faults.push(...(await blank(dashboard)));
  const { workers, rejections } = await workbench.companion.state();
  faults.push(...rejections.map((rejection) => `unhandled rejection: ${rejection}`));
  if (workers > mostThreads) faults.push(`${workers} threads live`);
  await workbench.command('View: Close All Editors');
  return {
    interruption,
    after,
    progress: Math.round(progress * 100),
    finished: finished.length,
    threads: workers,
    seconds: (performance.now() - started) / 1000,
    faults,
  };
}

/**
 * @param look called right before the interruption; says whether the analysis goes on
 * @returns what `look` said
 */
async function interrupt(
  workbench: Workbench,
  dashboard: Dashboard,
  interruption: Interruption,
  at: number,
  look: () => Promise<boolean>,
): Promise<boolean> {
  let running = false;
  switch (interruption) {
    case 'cancel':
      running = await look();
      // It may come to its end under the pointer.
      await dashboard
        .button('Cancel')
        .click({ timeout: 2000 })
        .catch(() => undefined);
      return running;
    case 'close': {
      const tab = workbench.tab(/RepScope: /).first();
      await tab.click();
      running = await look();
      await tab.getByRole('button', { name: /Close/ }).click();
      await tab.waitFor({ state: 'detached' });
      return running;
    }
    case 'reload':
      await workbench.reload(async () => {
        running = await look();
      });
      return running;
    case 'kill':
      running = await look();
      return (await workbench.companion.kill(at)) && running;
  }
}

/** What every panel shows once the run is done; a blank one is a fault. */
async function blank(dashboard: Dashboard): Promise<string[]> {
  try {
    await dashboard.drawn('overview');
    await dashboard.table('Accuracy and variance explained');
    const caption = await dashboard
      .figure('Accuracy and variance explained')
      .locator('.caption')
      .first()
      .innerText();
    return caption.includes('the 2 replicates of each network')
      ? []
      : [`not all replicates are there: ${caption}`];
  } catch (error) {
    return [`the panel is blank: ${String(error)}`];
  }
}

/** The store's entries, each with what tells it from one that was made anew. */
function entries(workbench: Workbench): Map<string, string> {
  const folder = join(
    workbench.scratch.data,
    'data',
    'User',
    'globalStorage',
    'repscope.repscope',
    'store',
    'entries',
  );
  const found = new Map<string, string>();
  if (!existsSync(folder)) return found;
  for (const group of readdirSync(folder))
    for (const entry of readdirSync(join(folder, group))) {
      const manifest = join(folder, group, entry, 'manifest.json');
      if (!existsSync(manifest)) continue;
      const content = createHash('sha256').update(readFileSync(manifest)).digest('hex');
      found.set(entry, `${statSync(manifest).ino} ${content}`);
    }
  return found;
}

/** Threads, extension hosts and messages that should not be there any longer. */
async function leftovers(workbench: Workbench, count: number): Promise<string[]> {
  const faults: string[] = [];
  // Threads that answer views, and those kept warm, end when nothing was asked of them for two minutes.
  if (count >= 100)
    await until(
      'no thread lives once nothing was asked for a while',
      async () => (await workbench.companion.state()).workers === 0,
      240,
    ).catch((error: unknown) => faults.push(String(error)));
  // Reloading ends the extension host, and with it what views keep warm; whatever process it leaves is an orphan.
  await workbench.reload();
  await until(
    'only one extension host is left',
    () => [...workbench.hosts].filter(lives).length <= 1,
    60,
  ).catch((error: unknown) => faults.push(String(error)));
  const { workers } = await workbench.companion.state();
  if (workers > 0) faults.push(`${workers} threads live though nothing was asked`);
  for (const { file, text } of workbench.logs())
    for (const line of text.split('\n'))
      if (/unhandled|rejected promise/i.test(line)) faults.push(`${file}: ${line}`);
  faults.push(...workbench.complaints.ours.map((complaint) => `console: ${complaint}`));
  return faults;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
