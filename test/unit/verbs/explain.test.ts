import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nothingBrought } from '../../../src/experiment/brought';
import { readExperiment } from '../../../src/sources/read-experiment';
import type { Network, Stack } from '../../../src/experiment/experiment';
import type { ExperimentFile } from '../../../src/experiment/file';
import { measureInfos } from '../../../src/measures/measures';
import { threadsOf } from '../../../src/run/threads';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { initialize } from '../../../src/training/initialize';
import { outputUnits } from '../../../src/training/layout';
import { explain } from '../../../src/verbs/explain';
import { tinyExperiment } from '../../support/tiny-experiment';

const explainText = (text: string) =>
  explain.run({ file: text }, { text: (file) => Promise.resolve(file), brought: () => nothingBrought });
const explainFile = (changes: Partial<ExperimentFile> = {}) =>
  explainText(JSON.stringify(tinyExperiment(changes)));

const folder = 'examples';
const examples = readdirSync(folder).filter((name) => name.endsWith('.experiment.json'));

describe('an experiment that is explained before any run', () => {
  it.each(examples)(
    '%s says of its sizes, stimuli and training what the engine makes of them',
    async (name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const { experiment } = readExperiment(text);
      const explanation = await explainText(text);
      const explained = explanation.experiment;
      if (!experiment || !explained) throw new Error('The example has errors.');
      // Of more stimuli than a check has time for, it says that alone.
      const isTried = explanation.problems.length === 0;
      expect(explanation.problems.map(({ code }) => code)).toEqual(isTried ? [] : ['untried']);
      const sets = drawStimuli(experiment);
      expect(explained.stimuli.inputUnits).toBe(sets.train.inputs.cols);
      for (const set of ['train', 'fit', 'test'] as const)
        expect(explained.stimuli.counts[set]).toBe(sets[set].inputs.rows);
      for (const task of explained.tasks) {
        const label = sets.test.tasks.find((one) => one.name === task.name);
        const counts = task.classes.map((_, at) => label?.values.filter((value) => value === at).length ?? 0);
        const shares = counts.map((count) => count / sets.test.inputs.rows);
        if (isTried) expect(task.drawn?.chance).toBe(Math.max(...shares));
        else expect(task.drawn).toBeNull();
        // What is expected is of the distribution, what was drawn of so many stimuli of it.
        const far = 4 * Math.sqrt(0.25 / sets.test.inputs.rows);
        for (const [at, share] of (task.expected.test?.shares ?? []).entries())
          expect(Math.abs(share - shares[at])).toBeLessThan(far);
      }
      for (const [at, network] of explained.networks.entries()) {
        const declared = experiment.networks[at] as Network & Stack;
        const heads = experiment.tasks.filter(({ name: task }) => declared.tasks.includes(task));
        if (declared.kind !== 'hidden') continue;
        const parameters = initialize(declared, 0, explained.stimuli.inputUnits, outputUnits(heads));
        expect(network.parameters).toBe(parameters.length);
        // The readout comes after them, and what the file asks for beside layers.
        const hidden = network.layers.slice(0, declared.hidden.length);
        expect(hidden.map(({ units }) => units)).toEqual(declared.hidden);
        expect(network.steps).toBe(declared.training.totalSteps);
      }
      const { run } = explained;
      const drawn = experiment.networks.filter(({ isFixed }) => !isFixed).length;
      const points = experiment.sweep?.points.length ?? 1;
      expect(run.replicates).toBe(points * (drawn * experiment.seeds + experiment.networks.length - drawn));
      expect(run.cost.threads).toBe(threadsOf(experiment).workers);
      expect(run.cost.steps).toBe(
        explained.networks.reduce((sum, { steps }) => sum + points * steps * experiment.seeds, 0),
      );
      expect(run.measures).toEqual(measureInfos(experiment.analyses, experiment.networks));
      expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    },
  );

  it('says which tasks a linear readout can do, and what no input unit carries', async () => {
    const { experiment } = await explainFile({
      stimuli: {
        features: {
          e: { values: ['no', 'yes'] },
          h: { bits: 12 },
          latent: { values: ['no', 'yes'], units: 0 },
        },
        train: 128,
        fit: 64,
        test: 64,
      },
      tasks: { one: 'e == yes', both: 'all(h[0:2])', odd: 'parity(h[0:2])', unseen: 'latent == yes' },
      networks: { both: {} },
      network: { hidden: [4] },
    });
    expect(experiment?.tasks.map(({ linear }) => linear.kind)).toEqual([
      'affine',
      'separable',
      'inseparable',
      'latent',
    ]);
    expect(experiment?.tasks[3].says).toContainEqual({
      about: 'Linear in the inputs',
      text: expect.stringContaining("no input unit carries 'latent'") as string,
    });
  });

  it('holds agreements and correlations against what was drawn, in the sets that they are of', async () => {
    const { experiment } = await explainFile({
      stimuli: {
        features: {
          a: { values: ['no', 'yes'] },
          b: { values: ['no', 'yes'], correlates: { with: 'a', r: 0.5 } },
          noise: { bits: 12 },
        },
        sets: {
          train: { draw: { b: { correlates: null, agrees: { with: 'a == yes', probability: 0.9 } } } },
        },
        train: 512,
        fit: 256,
        test: 256,
      },
      tasks: { t: 'a == yes' },
      networks: { both: {} },
    });
    const b = experiment?.features.find(({ name }) => name === 'b');
    expect(b?.drawing?.map(({ set, kind, declared, met }) => [set, kind, declared, met])).toEqual([
      ['train', 'agreement', 0.9, true],
      ['fit', 'correlation', 0.5, true],
      ['test', 'correlation', 0.5, true],
    ]);
    const drawn = b?.says.filter(({ about }) => about.startsWith('As drawn')) ?? [];
    expect(drawn.map(({ about, text }) => [about, text.replace(/[\d.]+( %)?/g, '#')])).toEqual([
      ['As drawn, agrees', 'train # of #'],
      ["As drawn, r with 'a'", 'fit # of #, test # of #'],
    ]);
  });

  it('of a file with errors is nothing but its problems', async () => {
    const { problems, experiment } = await explainText('{ "stimuli": ');
    expect(experiment).toBeNull();
    expect(problems[0]).toMatchObject({ severity: 'error' });
  });

  it('refuses sizes that no memory holds, before anything is allocated', async () => {
    const { problems, experiment } = await explainFile({ network: { hidden: [60_000, 60_000] } });
    expect(experiment).toBeNull();
    expect(problems.map(({ code }) => code)).toContain('too-large');
  });

  it('says that it did not draw what would take long, and explains the rest', async () => {
    const { problems, experiment } = await explainFile({
      stimuli: { features: { e: { values: ['no', 'yes'] }, h: { bits: 400 } }, train: 100_000 },
      tasks: { easy: 'e == yes', hard: 'parity(h)' },
    });
    expect(problems.map(({ code }) => code)).toContain('untried');
    expect(experiment?.tasks[0]).toMatchObject({ drawn: null, expected: { test: { shares: [0.5, 0.5] } } });
    expect(experiment?.features[0].drawing).toBeNull();
  });

  it('shows names as text, whatever they hold', async () => {
    const name = '\u001b[31m\u202ered\n';
    const { experiment } = await explainFile({
      stimuli: { features: { [name]: { values: ['no', name] }, noise: { bits: 12 } } },
      tasks: { [name]: `'${name}'`, t: 'noise[0]' },
      networks: { [name]: { tasks: ['t'] } },
    });
    if (!experiment) throw new Error('The file has errors.');
    const { stimuli, features, tasks, networks, run } = experiment;
    const said = [stimuli, ...features, ...tasks, ...networks, run].flatMap(({ says }) => says);
    const text = said.map((fact) => `${fact.about}: ${fact.text}`).join('');
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(text).toContain('\\u001b[31m\\u202ered\\u000a');
  });
});
