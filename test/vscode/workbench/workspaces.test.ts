import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { analyzedByCommandLine } from '../support/command-line';
import { Dashboard } from '../support/dashboard';
import { pause, until } from '../support/limit';
import { showsOverview } from '../support/numbers';
import { Workbench, type WorkbenchOptions } from '../support/workbench';

const analyze = 'Analyze Representations';
const file = 'tiny.experiment.json';

let workbench: Workbench;
let dashboard: Dashboard;
/** The step that failed. */
let failed: string | undefined;

/** One user at one workbench: each step follows those before it. */
function at(options: WorkbenchOptions, prepare: () => void = () => undefined): void {
  beforeAll(async () => {
    failed = undefined;
    workbench = await Workbench.open(options);
    prepare();
  });
  beforeEach(({ task, skip }) => skip(failed !== undefined && failed !== task.id, 'a step before it failed'));
  afterEach(async ({ task }) => {
    const fails = task.result?.state === 'fail';
    // One that is tried again may pass yet.
    failed = fails ? task.id : failed === task.id ? undefined : failed;
    if (fails) await workbench.keep(task.name);
  });
  afterAll(() => workbench?.dispose());
}

const numbersOfTheCommandLine = (): Promise<void> =>
  showsOverview(
    dashboard,
    analyzedByCommandLine(workbench.scratch.path(file), join(workbench.scratch.folder, 'cli')).results,
  );

describe('in Restricted Mode', () => {
  at({ restricted: true }, () => {
    // What a folder that nobody trusts might ask for.
    mkdirSync(workbench.scratch.path('.vscode'));
    const settings = {
      'repscope.analyzeOnSave': true,
      'repscope.workers': 64,
      'repscope.storeLimitMB': 10,
      'editor.tabSize': 3,
    };
    writeFileSync(workbench.scratch.path('.vscode/settings.json'), JSON.stringify(settings));
  });

  it('the window says so, and the folder’s settings ask in vain', async () => {
    const { page, companion } = workbench;
    await page.locator('.part.banner', { hasText: 'Restricted Mode' }).waitFor();
    await page.locator('#status\\.workspaceTrust', { hasText: 'Restricted Mode' }).waitFor();
    // They are read: this one may be set anywhere.
    await until('settings of the folder', async () => (await companion.setting('editor.tabSize')) === 3);
    expect(await companion.setting('repscope.workers')).toBe(0);
    expect(await companion.setting('repscope.analyzeOnSave')).toBe(false);
    expect(await companion.setting('repscope.storeLimitMB')).toBe(2000);
  });

  it('a file is analyzed when the user says so, not when it is saved', async () => {
    const { page, editor } = workbench;
    await workbench.openFile(file);
    await editor.replace('"Tiny"', 'Small');
    await page.keyboard.press('Control+KeyS');
    await workbench.page.locator('.tab.dirty').waitFor({ state: 'detached' });
    await pause(1000);
    expect((await workbench.companion.state()).started).toBe(0);
    await workbench.choose(workbench.file(file), analyze);
    dashboard = await Dashboard.of(workbench);
    await dashboard.reaches('done');
    await numbersOfTheCommandLine();
  });

  it('hovers, squiggles and the ends of lines are there', async () => {
    const { editor, page } = workbench;
    await until('numbers at the end of the line', async () =>
      /% · explains/.test(await editor.inline('"easy": "shape')),
    );
    const hover = await editor.hover('"easy":');
    expect(await hover.innerText()).toMatch(/accuracy/i);
    await editor.leaveHover();
    await editor.replace('shape ==', 'shap');
    await editor.squiggles('error').first().waitFor();
    await page.keyboard.press('Control+KeyZ');
    await editor.squiggles('error').first().waitFor({ state: 'detached' });
  });

  it('made no errors', () => expect(workbench.complaints.ours).toEqual([]));
});

describe('in a workspace that is on no disk', () => {
  at({ virtual: true });

  it('a file is opened and analyzed, with the numbers of the command line', async () => {
    await workbench.openFile(file);
    expect(await workbench.companion.read(workbench.uri(file))).toBeDefined();
    await workbench.choose(workbench.file(file), analyze);
    dashboard = await Dashboard.of(workbench);
    await dashboard.reaches('done');
    await numbersOfTheCommandLine();
  });

  it('the results look stale while the text is another', async () => {
    const { editor, page } = workbench;
    const stale = async (): Promise<boolean> => /stale/.test(await editor.inline('"easy": "shape'));
    await editor.replace('512', '600');
    await until('the results are stale', stale);
    await editor.click('"Tiny"');
    await page.keyboard.press('Control+KeyZ');
    await until('the results are not stale', async () => !(await stale()));
  });

  it('figures and the report are saved beside the file', async () => {
    await dashboard.tab('rsa');
    const csv = await dashboard.saved('Similarity of networks', 'CSV', 'similarity.csv');
    expect(csv.toString('utf8')).toContain('both/0');
    const png = await dashboard.saved('Similarity of networks', 'PNG', 'similarity.png');
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    await workbench.file('similarity.png').waitFor();
    await workbench.editor.click('"Tiny"');
    await workbench.command('Export Report');
    const report = await workbench.answerSaveDialog('tiny.report.html');
    expect(report.toString('utf8')).toContain('<title>Tiny');
    // None of it is on the disk.
    for (const name of ['similarity.csv', 'tiny.report.html'])
      expect(existsSync(workbench.scratch.path(name)) || existsSync(workbench.path(name))).toBe(false);
  });

  // Once more, where VS Code did not find the time to keep its state before the page went.
  it('the dashboard comes back after a reload, with its numbers', { retry: 2 }, async () => {
    await dashboard.tab('overview');
    await workbench.reload();
    dashboard = await Dashboard.of(workbench, 60);
    expect(await dashboard.status()).toBe('done');
    await numbersOfTheCommandLine();
  });

  it('made no errors', () => expect(workbench.complaints.ours).toEqual([]));
});
