// Names like members of every object, from the file to the report in a browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentFile } from '../../src/experiment/file';
import { Values } from '../../src/core/values';
import { launchChromium } from '../support/chromium';
import { repscope, writeExperiment } from '../support/command-line';
import { scratch, sharedScratch } from '../support/scratch';
import { treeOf } from '../support/tree';
import { columnTexts, writtenResults } from '../support/written';
import { DashboardPage, parseCsv, tabNames } from './support/dashboard-page';

const features = ['toString', 'constructor', 'valueOf', 'noise'];
const tasks = ['hasOwnProperty', 'isPrototypeOf', 'toLocaleString'];
const labels = [...features, ...tasks];
const bits = ['valueOf[0]', 'valueOf[1]'];
const networks = ['constructor', 'hasOwnProperty', 'toString', 'valueOf'];

const experiment: ExperimentFile = {
  title: 'toString',
  stimuli: {
    features: {
      toString: { values: ['constructor', 'hasOwnProperty'], units: 2 },
      constructor: { values: ['toString', 'valueOf', 'length'], prevalence: [0.4, 0.3, 0.3] },
      valueOf: { bits: 2 },
      noise: { bits: 8 },
    },
    train: 128,
    fit: 64,
    test: 64,
  },
  tasks: {
    hasOwnProperty: 'toString == hasOwnProperty and valueOf[0]',
    isPrototypeOf: 'parity(valueOf)',
    toLocaleString: 'constructor',
  },
  network: { hidden: [8] },
  training: { learningRate: 0.01, batchSize: 32, epochs: 4, checkpoints: 3 },
  networks: {
    constructor: {},
    hasOwnProperty: { tasks: ['isPrototypeOf', 'toLocaleString'], network: { hidden: [8, 4] } },
    toString: { tasks: ['hasOwnProperty'] },
    valueOf: { training: { epochs: 0 } },
  },
  seeds: 2,
  analyses: { selectivity: { permutations: 20 } },
};

describe('an experiment with names like members of objects', () => {
  let browser: Browser;
  const folder = sharedScratch();
  const out = join(folder, 'out');

  beforeAll(async () => {
    browser = await launchChromium();
    const file = writeExperiment(folder, experiment);
    const ended = await repscope(['analyze', file, '--out', out, '--store', join(folder, 'store')]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).not.toMatch(/warning|error/i);
  });
  afterAll(() => browser.close());

  it('has them as names of its own in results, summaries and hazards', () => {
    const results = writtenResults(readFileSync(join(out, 'results.json'), 'utf8'));
    expect(Object.keys(results.tasks)).toEqual(tasks);
    expect(results.labels.map(({ name }) => name)).toEqual(labels);
    expect(results.networks.map(({ name }) => name)).toEqual(networks);
    expect(results.networks.map((network) => network.tasks)).toEqual([
      tasks,
      tasks.slice(1),
      tasks.slice(0, 1),
      tasks,
    ]);
    expect(new Values(results.values).names('source')).toEqual(networks);
    for (const network of treeOf(results)) {
      const { summary } = network;
      expect(Object.keys(summary.accuracy)).toEqual(network.tasks);
      for (const layer of summary.layers) {
        expect(Object.keys(layer.varianceExplained)).toEqual(labels);
        expect(Object.keys(layer.modelRsa)).toEqual(labels);
        expect(Object.keys(layer.varianceExplainedUnique)).toEqual(tasks);
        // Bits have no selectivity as a whole, and a feature of three values is what its task is.
        for (const label of ['toString', 'constructor', 'hasOwnProperty', 'isPrototypeOf'])
          expect(Object.hasOwn(layer.maximumDprime, label), label).toBe(true);
        for (const { values } of Object.values(layer.varianceExplained))
          expect(values.map((value) => typeof value)).toEqual(['number', 'number']);
      }
      for (const { status, accuracy, checkpoints } of network.replicates) {
        expect(status).toBe('done');
        expect(Object.keys(accuracy)).toEqual(network.tasks);
        for (const checkpoint of checkpoints) expect(Object.keys(checkpoint.accuracy)).toEqual(network.tasks);
      }
    }
    // Of each network, too, in the table of means.
    const [measures, sources, ofLabels] = (['measure', 'source', 'label'] as const).map((column) =>
      columnTexts(results.summaries[column]),
    );
    for (const { name, tasks: own } of results.networks)
      expect(ofLabels.filter((_, row) => measures[row] === 'accuracy' && sources[row] === name)).toEqual(own);
    const few = results.hazards.filter(({ rule }) => rule === 'too-few-seeds');
    expect(few.map(({ where }) => where['network'])).toEqual(['constructor', 'hasOwnProperty', 'toString']);
    for (const { message } of results.hazards) expect(message).not.toMatch(/native code|undefined|object/);
  });

  it('has them in every table', () => {
    const read = (name: string): Record<string, string>[] => {
      const [head = [], ...rows] = parseCsv(readFileSync(join(out, 'tables', `${name}.csv`), 'utf8'));
      return rows.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at] ?? ''])));
    };
    const distinct = (table: string, column: string): string[] =>
      [...new Set(read(table).map((row) => row[column] ?? ''))].filter((name) => name !== '').sort();
    for (const table of ['accuracy', 'layers', 'pca', 'units', 'checkpoints'])
      expect(distinct(table, 'network'), table).toEqual([...networks].sort());
    expect(distinct('accuracy', 'task')).toEqual([...tasks].sort());
    expect(distinct('checkpoints', 'label')).toEqual([...labels].sort());
    // Units are measured against each bit that a task reads.
    expect(distinct('layers', 'label')).toEqual([...labels, ...bits].sort());
    expect(distinct('stimuli', 'of')).toEqual(['1', 'hasOwnProperty', 'length', 'toString', 'valueOf']);
    expect(distinct('rsa-groups', 'a')).toEqual([...networks].sort());
    expect(read('accuracy').every(({ accuracy }) => Number(accuracy) > 0)).toBe(true);
  });

  it('shows them in every tab of the report, without a complaint', async () => {
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    const report = await DashboardPage.open(browser, { 'index.html': html });
    expect(await report.page.locator('h1').textContent()).toBe('toString');
    const accuracy = await report.table('Accuracy and variance explained');
    for (const network of networks)
      for (const label of tasks.slice(0, 2))
        expect(accuracy.map((row) => row.slice(0, 2))).toContainEqual([network, label]);
    for (const tab of tabNames) {
      await report.tab(tab);
      for (const chosen of networks) {
        const list = report.page.locator('vscode-dropdown[aria-label="Network"]:visible');
        if ((await list.count()) > 0) await report.choose('Network', chosen);
      }
      const text = await report.page.locator('main:visible').innerText();
      expect(text, tab).not.toMatch(/native code|\[object|NaN|undefined/);
      for (const picture of await report.page.locator('.picture[tabindex]:visible').all()) {
        await picture.focus();
        for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'Enter']) await picture.press(key);
        await report.drawn();
      }
    }
    await report.tab('rsa');
    const pairs = await report.table('Mean similarity of pairs of networks');
    expect([...new Set(pairs.slice(1).map(([name]) => name))]).toEqual(networks);
    expect(report.complaints).toEqual([]);
    await report.close();
  });
});

it('__proto__ is no name of a feature, a value, a task or a network, and the file says so at its place', async () => {
  const folder = scratch();
  const text = JSON.stringify(experiment, null, 2)
    .replace('"noise"', '"__proto__"')
    .replace('"length"', '"__proto__"')
    .replace('"isPrototypeOf":', '"__proto__":')
    .replace('"valueOf": {\n      "training"', '"__proto__": {\n      "training"');
  const { code, stderr, stdout } = await repscope(['check', writeExperiment(folder, text)]);
  expect(code).toBe(1);
  for (const what of ['feature', 'value', 'task', 'network'])
    expect(stdout + stderr).toContain(`A ${what} cannot be called '__proto__'. Choose another name.`);
});
