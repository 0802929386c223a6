import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { writeNpy } from '../../../src/formats/npy';
import { fileName } from '../../../src/formats/file-name';
import { Dashboard } from '../support/dashboard';
import { pause, until } from '../support/limit';
import { Workbench } from '../support/workbench';

const analyze = 'Analyze Representations';
const file = 'tiny.experiment.json';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open();
});
let failed = false;
beforeEach(({ skip }) => skip(failed, 'a step before it failed'));
afterEach(async ({ task }) => {
  failed ||= task.result?.state === 'fail';
  if (task.result?.state === 'fail') await workbench.keep(task.name);
});
afterAll(() => workbench?.dispose());

/** A view of the side panel, by its title. */
const view = (title: string): Locator =>
  workbench.page.locator('.pane').filter({ has: workbench.page.locator('.pane-header', { hasText: title }) });
/** The runs in the history, the newest first. */
const runs = (): Locator => view('Runs').getByRole('treeitem');

/** The newest run, once there are `count` and it says `status`. */
async function newestRun(count: number, status: RegExp): Promise<Locator> {
  await until(
    `${count} runs, of which the newest is ${status}`,
    async () =>
      (await runs().count()) === count &&
      status.test((await runs().first().getAttribute('aria-label')) ?? ''),
    60,
  );
  return runs().first();
}

/** Presses a button of the dialog on screen. */
async function answer(button: string): Promise<void> {
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Gives a page of ours the focus as soon as a list is there, as VS Code does late where the page had it before the palette. */
const takeTheFocus = `new Promise((taken) => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.quick-input-widget .quick-input-list .monaco-list-row')) return;
    observer.disconnect();
    document.querySelector('iframe.webview').focus();
    taken();
  });
  observer.observe(document.body, { childList: true, subtree: true });
})`;

describe('commands', () => {
  it('an empty history says how to begin', async () => {
    await workbench.page.getByRole('tab', { name: 'RepScope' }).first().click();
    const welcome = view('Runs').locator('.welcome-view-content');
    await welcome.getByText('No experiment has been analyzed yet.').waitFor();
    expect(await welcome.getByRole('button', { name: 'Open an Example' }).isVisible()).toBe(true);
    const side = await workbench.webview('#button-openExample');
    expect(await side.locator('#repscope').innerText()).toContain('Open an experiment file');
  });

  it('File › New File begins an experiment that has no problem and is nowhere on disk yet', async () => {
    const { page } = workbench;
    // Two commands have this title: File › New File, and the one of the Explorer.
    void workbench.companion.execute('welcome.showNewFileEntries').catch(() => undefined);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Experiment File' }).first().click();
    await workbench
      .tab(/new\.experiment\.json/)
      .first()
      .waitFor();
    await workbench.editor.place('"My experiment"');
    await page.locator('#status\\.editor\\.mode', { hasText: 'JSON with Comments' }).waitFor();
    expect(existsSync(workbench.scratch.path('new.experiment.json'))).toBe(false);
    expect(await workbench.editor.squiggles('error').count()).toBe(0);
    await workbench.companion.execute('workbench.action.revertAndCloseActiveEditor');
  });

  it('an example opens as a copy without a file, and is analyzed from its title button', async () => {
    const { page } = workbench;
    // The last of more than there is room for.
    await view('Examples').getByRole('tree').focus();
    await page.keyboard.press('End');
    await view('Examples').getByRole('treeitem').filter({ hasText: 'XOR, more than one way' }).click();
    await workbench
      .tab(/xor\.experiment\.json/)
      .first()
      .waitFor();
    await workbench.editor.place('"tasks"');
    expect(existsSync(workbench.scratch.path('xor.experiment.json'))).toBe(false);
    await page.locator('#status\\.editor\\.mode', { hasText: 'JSON with Comments' }).waitFor();
    expect(await workbench.editor.squiggles('error').count()).toBe(0);
    expect(await workbench.editor.squiggles('warning').count()).toBe(0);
    await page
      .locator('.editor-actions .action-label[aria-label^="Analyze Representations"]')
      .first()
      .click();
    // The first page of the window, on a machine that may have much else to do.
    const dashboard = await Dashboard.of(workbench, 60);
    await dashboard.reaches('done');
    await newestRun(1, /xor, done/);
  });

  it('the keyboard shortcut analyzes the file', async () => {
    await workbench.companion.execute('vscode.open', { $file: workbench.scratch.path(file) });
    await workbench.editor.click('"Tiny"');
    await workbench.page.keyboard.press('Control+Alt+KeyR');
    await newestRun(2, /tiny, done/);
  });

  it('the menu of the tab analyzes the file', async () => {
    await workbench.choose(workbench.tab(file).first(), analyze);
    await newestRun(3, /tiny, done/);
  });

  it('the lenses look at one seed and show the dashboard', async () => {
    await workbench.editor.click('"Tiny"');
    await workbench.editor.lenses().filter({ hasText: 'Quick look' }).first().click();
    const run = await newestRun(4, /tiny, done/);
    expect(await run.innerText()).toContain('quick look');
    // The dashboard of the other experiment is in front.
    await workbench.tab(/RepScope: xor/).click();
    await workbench.editor.lenses().filter({ hasText: '1 seed · just now' }).first().click();
    await workbench.page.locator('.tab.active', { hasText: 'RepScope: tiny' }).waitFor();
  });

  it('the lens of hazards leads to their list', async () => {
    await (await Dashboard.of(workbench)).tab('pca');
    await workbench.editor
      .lenses()
      .filter({ hasText: /⚠ \d+ hazards/ })
      .first()
      .click();
    const frame = await workbench.webview('#panel-overview');
    await frame.locator('.hazards .hazard-line:focus').waitFor();
    const count = /\d+/.exec(
      await workbench.editor.lenses().filter({ hasText: '⚠' }).first().innerText(),
    )?.[0];
    expect(await frame.locator('.hazards h2').innerText()).toBe(`What to be careful about (${count})`);
  });

  it('saving analyzes where the setting says so', async () => {
    await workbench.companion.configure('repscope.analyzeOnSave', true);
    await workbench.companion.execute('vscode.open', { $file: workbench.scratch.path(file) });
    await workbench.editor.replace('"Tiny"', 'Small');
    await workbench.page.keyboard.press('Control+KeyS');
    await newestRun(5, /tiny, done/);
    await workbench.companion.configure('repscope.analyzeOnSave', undefined);
    expect(readFileSync(workbench.scratch.path(file), 'utf8')).toContain('Small');
    await workbench.editor.replace('Small', 'Tiny');
    await workbench.page.keyboard.press('Control+KeyS');
    await pause(1000);
    expect(await runs().count()).toBe(5);
  });

  it('a run of the history is opened, run again and leads to its file', async () => {
    const { page } = workbench;
    await runs().filter({ hasText: 'quick look' }).first().click();
    const dashboard = await Dashboard.of(workbench);
    await until('the quick look is shown', async () => (await dashboard.message()).includes('quick look'));
    expect(await dashboard.message()).toMatch(/^This is the run of .*, not the newest\./);
    await workbench.editor
      .lenses()
      .filter({ hasText: /not the newest/ })
      .first()
      .waitFor();
    await workbench.command('Show Newest Run');
    await until('the newest run is shown', async () =>
      /^Done: 4 of 4 replicates\.$/.test(await dashboard.message()),
    );
    await workbench.choose(runs().filter({ hasText: 'xor' }).first(), 'Run Again');
    await newestRun(6, /xor, done/);
    await workbench.choose(runs().filter({ hasText: 'tiny' }).first(), 'Show Experiment File');
    await workbench.editor.place('"Tiny"');
    await page.locator('.tab.active', { hasText: file }).first().waitFor();
  });

  it('runs are compared, two or more, and networks paired', async () => {
    const { page } = workbench;
    await workbench.choose(runs().filter({ hasText: 'quick look' }).first(), 'Compare with…');
    await workbench.pick('The runs to compare with', 'tiny');
    await page.keyboard.press('Enter');
    const frame = await workbench.webview('#panel-compare');
    expect(await frame.locator('#panel-compare').innerText()).toMatch(/tiny, .*1 seed[\s\S]*tiny, .*2 seeds/);
    // The same pair once more comes to the front once more.
    await frame.click('#tab-overview');
    await frame.locator('#panel-compare').waitFor({ state: 'hidden' });
    await workbench.choose(runs().filter({ hasText: 'quick look' }).first(), 'Compare with…');
    // Two others this time.
    for (const row of [0, 1]) await workbench.pick('The runs to compare with', 'tiny', row);
    await page.keyboard.press('Enter');
    await frame.locator('#panel-compare').waitFor();
    // A network with one of another name.
    await frame.locator('vscode-button:visible', { hasText: 'Pair networks' }).click();
    await workbench.pick('The network of this run', 'both');
    await workbench.pick(/^The network of the other runs?$/, 'easy only');
    await frame.locator('#panel-compare .sides', { hasText: 'both with easy only' }).waitFor();
    await frame.getByRole('region', { name: 'Means in all runs' }).waitFor();
  });

  it.each([
    ['repscope.exportActivations', 'both/0'],
    ['repscope.openExample', 'Easy and hard'],
    ['repscope.compare', 'tiny'],
  ])('a list stays when a page takes the focus from it, and takes keys (%s)', async (command, row) => {
    const { page } = workbench;
    await workbench.companion.execute('vscode.open', { $file: workbench.scratch.path(file) });
    const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    const taken = page.evaluate(takeTheFocus);
    void workbench.companion.execute(command).catch(() => undefined);
    await taken;
    // Longer than its first moment.
    await pause(1500);
    await rows.filter({ hasText: row }).first().waitFor();
    await page.keyboard.type('zzz');
    await rows.first().waitFor({ state: 'detached' });
    for (const key of ['Backspace', 'Backspace', 'Backspace']) await page.keyboard.press(key);
    await rows.filter({ hasText: row }).first().waitFor();
    await page.keyboard.press('Escape');
    await rows.first().waitFor({ state: 'detached' });
  });

  it('a run that goes on shows its progress, comes at a click, and is cancelled from the palette', async () => {
    // In the first column: in that of the dashboards its own would open in a third.
    const [slow, tiny] = ['slow', 'tiny'].map((name) => ({
      $file: workbench.scratch.path(`${name}.experiment.json`),
    }));
    await workbench.companion.execute('vscode.open', slow, 1);
    await workbench.command(analyze);
    await newestRun(7, /slow, running/);
    const seen = new Set<string>();
    await until(
      'two different shares in the history',
      async () => {
        const share = /(\d+) %/.exec(await runs().first().innerText())?.[1];
        if (share !== undefined) seen.add(share);
        return seen.size >= 2;
      },
      60,
    );
    // Both are made anew at every tick: each click is at another moment between two.
    const item = workbench.page.locator('[id*="repscope.progress"]').first();
    const shown = workbench.page.locator('.tab.active', { hasText: 'RepScope: slow' });
    for (let click = 0; click < 3; click++)
      for (const target of [item, runs().first()]) {
        await workbench.companion.execute('vscode.open', tiny, 2);
        await shown.waitFor({ state: 'detached' });
        await target.click();
        await shown.waitFor();
      }
    expect(await workbench.notifications()).toEqual([]);
    await workbench.command('Cancel Analysis');
    await newestRun(7, /slow, cancelled/);
    await workbench.command('Resume Analysis');
    // The run goes on, and its entry with it.
    await newestRun(7, /slow, running/);
    await workbench.command('Cancel Analysis');
    await newestRun(7, /slow, cancelled.*, \d+ of \d+ replicates/);
  });

  it('a run is renamed', async () => {
    const { page } = workbench;
    await workbench.choose(runs().first(), 'Rename Run…');
    await page.locator('.quick-input-widget:visible .quick-input-box input').waitFor();
    await page.keyboard.type('baseline');
    await page.keyboard.press('Enter');
    await newestRun(7, /^baseline, slow, cancelled/);
  });

  it('a file that is gone is restored from its run', async () => {
    const { page } = workbench;
    const path = workbench.scratch.path('gone.experiment.json');
    const text = readFileSync(workbench.scratch.path(file), 'utf8');
    writeFileSync(path, text);
    await workbench.companion.execute('repscope.quickLook', { $file: path });
    await newestRun(8, /gone, done/);
    await workbench.tab(/^gone\.experiment\.json/).click({ button: 'middle' });
    rmSync(path);
    await workbench.choose(runs().first(), 'Show Experiment File');
    await page.locator('.notifications-toasts').getByRole('button', { name: 'Restore', exact: true }).click();
    await workbench.tab(/^gone\.experiment\.json/).waitFor();
    expect(readFileSync(path, 'utf8')).toBe(text);
    for (const tab of [/^gone\.experiment\.json/, /RepScope: gone/])
      await workbench.tab(tab).click({ button: 'middle' });
    await workbench.choose(runs().first(), 'Delete…');
    await answer('Delete');
    await newestRun(7, /^baseline, slow, cancelled/);
  });

  it('a run is deleted once the user has agreed', async () => {
    await workbench.choose(runs().first(), 'Delete…');
    await answer('Cancel');
    expect(await runs().count()).toBe(7);
    await workbench.choose(runs().first(), 'Delete…');
    await answer('Delete');
    await until('one run less', async () => (await runs().count()) === 6);
  });

  it('activations are exported', async () => {
    const { page } = workbench;
    await workbench.companion.execute('vscode.open', { $file: workbench.scratch.path(file) });
    await workbench.command('Export Activations');
    const question = 'The replicates whose activations are saved';
    await workbench.pick(question, 'both/0');
    await page.keyboard.press('Enter');
    const bytes = await workbench.answerSaveDialog('both.safetensors');
    const head = JSON.parse(
      bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString('utf8'),
    ) as object;
    expect(Object.keys(head)).toEqual(
      expect.arrayContaining(['test/hidden2', 'fit/hidden1', 'test/labels/easy']),
    );
    await workbench.command('Export Activations');
    await workbench.pick(question, 'All (2 replicates)');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.quick-input-widget:visible');
    const folder = workbench.scratch.path('');
    await until('the dialog keeps the folder', async () => {
      await dialog.locator('.quick-input-box input').fill(folder);
      await pause(300);
      return (await dialog.locator('.quick-input-box input').inputValue()) === folder;
    });
    await dialog.locator('.quick-input-action').first().click();
    for (const name of ['both/0', 'easy only/0'])
      await until(`${name} is written`, () =>
        existsSync(
          workbench.scratch.path(`activations/${fileName(name.slice(0, -2))}/${name.slice(-1)}.safetensors`),
        ),
      );
  });

  it('the store is cleared once the user has agreed', async () => {
    await workbench.command('Clear Store of Trained Networks');
    await answer('Cancel');
    await workbench.command('Clear Store of Trained Networks');
    await answer('Delete');
    await until('what was deleted is said', async () =>
      (await workbench.notifications()).some((text) => /Deleted \d+ MB of trained networks/.test(text)),
    );
    await workbench.command('Notifications: Clear All Notifications');
    // What a run found is still there, and its pictures are trained anew.
    expect(await runs().count()).toBe(6);
    await workbench.command('Show Dashboard');
    await workbench.page.locator('.tab.active', { hasText: 'RepScope: tiny' }).waitFor();
    const dashboard = Dashboard.in(workbench, await workbench.webview('#tab-pca'));
    await dashboard.tab('pca');
    await dashboard.choose('Network', 'easy only');
    await dashboard.drawn('pca');
    await dashboard.tab('units');
    await workbench.command(analyze);
    await newestRun(7, /tiny, done/);
  });

  it('the side panel analyzes, and cancels', async () => {
    const side = await workbench.webview('#button-quickLook');
    await side.click('#button-quickLook');
    await newestRun(8, /tiny, done/);
    await workbench.companion.execute('vscode.open', {
      $file: workbench.scratch.path('slow.experiment.json'),
    });
    await side.locator('#repscope', { hasText: 'slow.experiment.json' }).waitFor();
    await side.locator('#button-resume, #button-analyze').first().click();
    await newestRun(9, /slow, running/);
    await side.locator('#button-cancel').click();
    await newestRun(9, /slow, cancelled/);
  });

  it('results go along when an example is saved, and when a file gets another name', async () => {
    const { page } = workbench;
    const lens = workbench.editor.lenses().filter({ hasText: /\d seeds? · / });
    await workbench
      .tab(/xor\.experiment\.json/)
      .first()
      .click();
    await lens.first().waitFor();
    await page.keyboard.press('Control+KeyS');
    await until('the example is a file', () => existsSync(workbench.scratch.path('xor.experiment.json')));
    await lens.first().waitFor();
    expect(await runs().filter({ hasText: 'xor' }).count()).toBe(2);

    await page
      .getByRole('tab', { name: /^Explorer/ })
      .first()
      .click();
    await workbench.file('xor.experiment.json').click();
    await page.keyboard.press('F2');
    const name = page.locator('.explorer-folders-view input');
    await name.fill('parity.experiment.json');
    await page.keyboard.press('Enter');
    await workbench
      .tab(/^parity\.experiment\.json/)
      .first()
      .waitFor();
    await lens.first().waitFor();
    await page.getByRole('tab', { name: 'RepScope' }).first().click();
    await until('the history has the new name', async () => {
      const names = await runs().allInnerTexts();
      return names.some((text) => text.includes('parity')) && !names.some((text) => text.includes('xor'));
    });
    // The dashboard, too, is of the file as it is called now.
    const dashboardTab = workbench.tab('RepScope: parity');
    await dashboardTab.click();
    const dashboard = Dashboard.in(workbench, await workbench.webview('#tab-pca'));
    await dashboard.tab('pca');
    await workbench.command(analyze);
    await newestRun(10, /parity, done/);
  });

  it('activations in the Explorer become an experiment, which is analyzed like any other', async () => {
    const { page, scratch } = workbench;
    const random = stream('activations');
    const shapes = Array.from({ length: 60 }, (_, row) => ['circle', 'square', 'star'][row % 3]);
    const rows = shapes.map((shape, row) => `thing ${row},${shape}\n`);
    writeFileSync(scratch.path('things.csv'), `thing,shape\n${rows.join('')}`);
    const data = Float32Array.from({ length: 60 * 5 }, (_, at) => random.normal() + (Math.floor(at / 5) % 3));
    writeFileSync(scratch.path('IT.npy'), writeNpy({ shape: [60, 5], data }));
    const created = workbench.file('activations.experiment.json');
    await workbench.companion.execute('workbench.view.explorer');
    await workbench.companion.execute('workbench.files.action.refreshFilesExplorer');
    await workbench.choose(workbench.file('IT.npy'), 'Create Experiment from Activations…');
    await created.waitFor();
    await workbench
      .tab(/^activations\.experiment\.json/)
      .first()
      .waitFor();
    await workbench.editor.place('"recordings"');
    expect(await workbench.editor.squiggles('error').count()).toBe(0);
    await page
      .locator('.editor-actions .action-label[aria-label^="Analyze Representations"]')
      .first()
      .click();
    const dashboard = Dashboard.in(workbench, await workbench.webview('#tab-pca'));
    await dashboard.reaches('done');
    for (const panel of ['pca', 'units', 'rsa'] as const) {
      await dashboard.tab(panel);
      await dashboard.drawn(panel);
    }
  });

  it('the log is shown', async () => {
    await workbench.command('RepScope: Show Log');
    await workbench.page.locator('.output-view-container, .output-view').first().waitFor();
    await until('the log names the run', async () =>
      (await workbench.page.locator('.part.panel .view-lines').innerText())
        .replaceAll('\u00a0', ' ')
        .includes('replicates to be'),
    );
  });

  it('made no errors', () => {
    for (const { file: log, text } of workbench.logs())
      expect(text, log).not.toMatch(/unhandled|rejected promise/i);
    expect(workbench.complaints.ours).toEqual([]);
  });
});
