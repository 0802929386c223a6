import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import inference from '../../reference/fixtures/inference.json';
import brain from '../../reference/fixtures/rsa-brain.json';
import scores from '../../reference/fixtures/rsa-brain-methods.json';
import { Dashboard, numberOf } from '../support/dashboard';
import { until } from '../support/limit';
import { Workbench } from '../support/workbench';

const { size, subjects, ceilings } = inference.brain;
const models = brain.models.map(({ name }) => name);
/** As rsatoolbox has them, of the first subject. */
const byFirst = scores.scores['rho-a'];
const near = (text: string | undefined, wanted: number | undefined): void =>
  expect(numberOf(text?.split('[')[0])).toBeCloseTo(wanted ?? NaN, 3);

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await workbench.keep(task.name);
});
afterAll(() => workbench?.dispose());

it('RDMs of four brains are opened from their file, and models of them read off the figure', async () => {
  const all = [...new Float32Array(new Uint8Array(Buffer.from(subjects, 'base64')).buffer)];
  const pairs = (size * (size - 1)) / 2;
  writeFileSync(
    workbench.scratch.path('rdm92.json'),
    JSON.stringify({
      subjects: [0, 1, 2, 3].map((subject) => all.slice(subject * pairs, (subject + 1) * pairs)),
      models: brain.models.map(({ rdm }) => rdm),
      model_names: models,
    }),
  );
  // The table says what the stimuli are called, in an order of its own.
  const names = Array.from({ length: size }, (_, at) => `image ${at + 1}`);
  writeFileSync(
    workbench.scratch.path('images.csv'),
    `image,animate\n${names.map((name, at) => `${name},${at < 48 ? 'yes' : 'no'}\n`).join('')}`,
  );
  await workbench.companion.execute('workbench.files.action.refreshFilesExplorer');
  await workbench.choose(workbench.file('rdm92.json'), 'Create Experiment from Activations…');
  await workbench
    .tab(/^rdms\.experiment\.json/)
    .first()
    .waitFor();
  await workbench.editor.place('"HMAX": "rdm92.json:models[1]"');
  expect(await workbench.editor.squiggles('error').count()).toBe(0);
  await workbench.page
    .locator('.editor-actions .action-label[aria-label^="Analyze Representations"]')
    .first()
    .click();
  const dashboard = await Dashboard.of(workbench, 60);
  await dashboard.reaches('done', 200);

  // What the file says inline, and in a hover.
  const inline = await until('the scores stand inline', async () => {
    const text = await workbench.editor.inline('"subjects":');
    return text.includes('animacy') && text;
  });
  expect(inline).toMatch(/^ *4 replicates · animacy = animate 0\.33, ceiling 0\.37 to 0\.67/);
  const hover = await workbench.editor.hover('"inference":');
  await hover.getByText('0.37 to 0.67').waitFor();
  await workbench.editor.leaveHover();

  await dashboard.frame.click('#tab-modelTests');
  const [head, ...rows] = await dashboard.table('Model RDMs of subjects');
  // The column of the table parts the images as the first RDM of the file does: they are one model.
  expect(rows.slice(0, 2).map(([model]) => model)).toEqual(['animacy = animate', 'HMAX']);
  models.forEach((_, model) => near(rows[model]?.[head?.indexOf('replicate 1') ?? -1], byFirst[model]));
  const ceiling = /Noise ceiling ([.\d]+) to ([.\d]+)/.exec(
    await dashboard.figure('Model RDMs of subjects').innerText(),
  );
  ceilings['rho-a'].forEach((end, at) => near(ceiling?.[at + 1], end));

  await dashboard.tab('rsa');
  expect((await dashboard.table('Similarity of networks')).length).toBe(5);
  expect(await dashboard.figure('Similarity of networks').innerText()).toContain(
    'as they were brought along',
  );
  // In the order of the table, by its names.
  await dashboard.choose('Order RDMs by', 'table');
  const [, ...stimuli] = await dashboard.table('RDM of single stimuli');
  expect(stimuli.map(([name]) => name?.split(',')[0])).toEqual(names);
  near(stimuli[0]?.[2], all[0]);

  await dashboard.frame.click('#tab-structure');
  await dashboard.frame.locator('#panel-structure').getByText('Trustworthiness').first().waitFor();
  const [, ...mapped] = await dashboard.table('Non-metric MDS of 92 stimuli');
  expect(mapped.map(([name]) => name).sort()).toEqual([...names].sort());
  expect(await dashboard.frame.locator('[role=tab]:visible').allTextContents()).not.toContain('PCA');
  expect(workbench.complaints.ours).toEqual([]);
}, 300_000);
