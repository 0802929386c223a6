import { expect, it } from 'vitest';
import type { AnalysesSpec, ExperimentFile } from '../../../src/experiment/file';
import { readExperiment } from '../../../src/sources/read-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

type Models = NonNullable<NonNullable<AnalysesSpec['rsa']>['models']>;

function read(models: Models, inference?: AnalysesSpec['inference'], file?: ExperimentFile) {
  const tiny = file ?? tinyExperiment({});
  const features = { ...tiny.stimuli.features, z: { gaussian: 1 }, shape: { values: ['a', 'b', 'c'] } };
  const stimuli = file ? tiny.stimuli : { ...tiny.stimuli, features };
  const analyses = { ...tiny.analyses, rsa: { models }, ...(inference ? { inference } : {}) };
  const { experiment, problems } = readExperiment(JSON.stringify({ ...tiny, stimuli, analyses }));
  return { analyses: experiment?.analyses, codes: problems.map(({ code }) => code) };
}

const documents: ExperimentFile = {
  stimuli: { seed: 0, documents: { hierarchy: { levels: [4, 3, 4], heldOut: 8, choices: 4 } } },
  network: { transformer: { layers: 1, width: 8, heads: 2 } },
  networks: { baseline: {} },
};

it('are made of labels and of documents, and tested by name', () => {
  const models = { tree: { differ: ['level1', 'level2'] }, company: { coOccurrence: 'token' } };
  const { analyses, codes } = read(models, { models: ['company', 'level1'] }, documents);
  expect(codes).toEqual([]);
  const company = { name: 'company', from: { coOccurrence: 'token' } };
  expect(analyses?.madeModels).toEqual([{ name: 'tree', from: { differ: ['level1', 'level2'] } }, company]);
  expect(analyses?.inference?.models[0]).toEqual(company);
  // They are measured without any tests, and absent where there are none.
  expect(read(models, undefined, documents).codes).toEqual([]);
  expect(read({ easy: { differ: ['easy', 'e'] } }).analyses?.madeModels).toHaveLength(1);
});

it.each([
  ['an unknown label', { tree: { differ: ['eazy'] } }, 'unknown-label'],
  ['a label twice', { tree: { differ: ['easy', 'easy'] } }, 'duplicate-name'],
  ['real numbers', { tree: { differ: ['z'] } }, 'vector'],
  ['documents where there are none', { company: { coOccurrence: 'e' } }, 'model-rdm'],
] as const)('have a problem: %s', (_, models, code) => {
  expect(read(models as unknown as Models).codes).toEqual([code]);
});

it('are made of ways through mazes, of gridworlds alone', () => {
  const ways = { ways: { geodesic: 'place' } };
  const grid: ExperimentFile = { ...documents, stimuli: { documents: { grid: { mazes: 1, view: 3 } } } };
  const made = read(ways, undefined, grid);
  expect(made.codes).toEqual([]);
  expect(made.analyses?.madeModels).toEqual([{ name: 'ways', from: { geodesic: 'place' } }]);
  expect(read(ways, undefined, documents).codes).toEqual(['model-rdm']);
  expect(read({ ways: { geodesic: 'room' } }, undefined, grid).codes).toEqual(['model-rdm']);
});

it('have a problem: a column that documents have not', () => {
  expect(read({ company: { coOccurrence: 'tokn' } }, undefined, documents).codes).toEqual([
    'unknown-feature',
  ]);
});
