import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Dashboard } from '../support/dashboard';
import { pause, until } from '../support/limit';
import { Workbench } from '../support/workbench';

const file = 'slow.experiment.json';

let workbench: Workbench;
let dashboard: Dashboard;
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

/**
 * Replicates of the short network are done, those of the long one train.
 *
 * @returns what the rows of the short one said until then
 */
async function inTheMiddle(): Promise<Set<string>> {
  await dashboard.reaches('running');
  await dashboard.frame.locator('.live summary', { hasText: 'Table of the curves' }).click();
  const rows = dashboard.frame.locator('.live table tr');
  const said = new Set<string>();
  await until(
    'those of the short network are finished while another trains',
    async () => {
      const texts = await rows.allInnerTexts();
      const short = texts.filter((text) => /short/.test(text));
      for (const text of short) said.add(text);
      return (
        short.length > 0 &&
        short.every((text) => /done/.test(text)) &&
        texts.some((text) => /long.*training/s.test(text))
      );
    },
    60,
  );
  return said;
}

describe('an analysis that is interrupted', () => {
  it('offers Resume after the window was reloaded in mid-training', async () => {
    await workbench.choose(workbench.file(file), 'Analyze Representations');
    dashboard = await Dashboard.of(workbench);
    await inTheMiddle();
    // What is finished is written for a reload every two seconds.
    await pause(3000);
    await workbench.reload();
    dashboard = await Dashboard.of(workbench, 60);
    await dashboard.reaches('interrupted');
    await dashboard.button('Resume').waitFor();
    // What was finished is shown.
    await dashboard.frame.locator('#panel-overview:visible').waitFor();
  });

  it('goes on from there: nothing that was finished trains again', async () => {
    await dashboard.button('Resume').click();
    // One that is being taken from the store has no epoch; one that trains has.
    expect([...(await inTheMiddle())].filter((text) => /training\s+\d/.test(text))).toEqual([]);
  });

  it('is cancelled in the dashboard, and keeps what was finished', async () => {
    await dashboard.button('Cancel').click();
    await dashboard.reaches('cancelled');
    await dashboard.drawn('overview');
    await until('what was finished is in the table', async () => {
      const [head = [], ...rows] = await dashboard.table('Accuracy and variance explained');
      const at = head.indexOf('replicates');
      return rows.some((row) => row[0] === 'short' && row[at] === '2');
    });
  });

  it('left no rejection behind and made no errors', () => {
    const logs = workbench.logs();
    for (const { file: log, text } of logs) expect(text, log).not.toMatch(/unhandled|rejected promise/i);
    expect(workbench.complaints.ours).toEqual([]);
  });
});
