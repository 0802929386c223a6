import { expect, it } from 'vitest';
import type { ProbeSpec } from '../../../src/experiment/file';
import { probeMeasures } from '../../../src/measures/probe';
import { readExperiment } from '../../../src/sources/read-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

function read(probe: ProbeSpec) {
  const file = tinyExperiment({ analyses: { probe } });
  const features = {
    ...file.stimuli.features,
    z: { gaussian: 1 },
    v: { gaussian: 2 },
    shape: { values: ['a', 'b', 'c'] },
    form: { values: ['a', 'b', 'c'] },
  };
  const text = JSON.stringify({ ...file, stimuli: { ...file.stimuli, features } });
  const { experiment, problems } = readExperiment(text);
  return { probe: experiment?.analyses.probe, problems: problems.map(({ code }) => code) };
}

it('of an empty wish are of all tasks by logistic regression, the control task of what they are made of', () => {
  expect(read({}).probe).toEqual({
    kinds: ['logistic'],
    labels: [
      { name: 'easy', kind: 'classes' },
      { name: 'hard', kind: 'classes' },
    ],
    control: ['e', 'h[0]', 'h[1]'],
    ...{ conflict: [], over: 'end', transfer: false },
  });
});

it('are of real numbers by ridge regression, and of every bit of a vector', () => {
  const { probe } = read({ labels: ['z', 'h'] });
  expect(probe?.kinds).toEqual(['logistic', 'ridge']);
  expect(probe?.labels.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'z real',
    'h[0] classes',
    'h[1] classes',
  ]);
});

it('of a conflict with predictivities try each combination of them', () => {
  const conflict: ProbeSpec['conflict'] = [
    ['easy', 'hard'],
    { easy: [0.5, 1], hard: 0.9 },
    { e: 1, 'h[0]': [0.6, 0.7] },
  ];
  expect(read({ conflict }).probe?.conflict).toEqual([
    ['easy', 'hard'],
    ['easy', 'hard', [0.5, 0.9]],
    ['easy', 'hard', [1, 0.9]],
    ['e', 'h[0]', [1, 0.6]],
    ['e', 'h[0]', [1, 0.7]],
  ]);
});

it('between parts are of the labels that part the stimuli, and absent where none is named', () => {
  expect(read({ between: ['easy', 'shape'] }).probe?.between).toEqual(['easy', 'shape']);
  expect(read({}).probe).not.toHaveProperty('between');
});

it('are where a label of two values holds, and of all stimuli where none is named', () => {
  expect(read({ where: 'easy' }).probe?.where).toBe('easy');
  expect(read({ where: 'h[1]' }).probe?.where).toBe('h[1]');
  expect(read({}).probe).not.toHaveProperty('where');
  const { probe } = read({ where: 'easy' });
  const formulas = probeMeasures(probe ? { probe } : {}).map(({ formula }) => formula);
  expect(
    formulas.filter((formula) => formula.endsWith("Of stimuli for which 'easy' holds alone.")),
  ).toHaveLength(formulas.length - 1);
});

it('are of other documents than they are fitted on, where only these are to be fresh', () => {
  const documents = {
    stimuli: { documents: { experts: {} } },
    network: { transformer: {} },
    networks: { a: {} },
  };
  const of = (probe: ProbeSpec) =>
    readExperiment(JSON.stringify({ title: 't', ...documents, training: { steps: 1 }, analyses: { probe } }));
  expect(of({ fresh: 'document' }).experiment?.analyses.probe?.fresh).toBe('document');
  expect(of({ fresh: 'input' }).experiment?.analyses.probe).not.toHaveProperty('fresh');
});

it.each<[string, ProbeSpec, string]>([
  ['a place of three values', { where: 'shape' }, 'values'],
  ['a place of an unknown label', { where: 'eazy' }, 'unknown-label'],
  ['fresh documents where there are none', { fresh: 'document' }, 'no-effect'],
  ['parts by a real number', { between: ['z'] }, 'real'],
  ['more parts than are tried', { between: ['shape', 'form', 'h', 'easy'] }, 'too-many'],
  ['parts by an unknown label', { between: ['eazy'] }, 'unknown-label'],
  ['an unknown label', { labels: ['eazy'] }, 'unknown-label'],
  ['a vector of real numbers', { labels: ['v'] }, 'vector'],
  ['a conflict of labels with other values', { conflict: [['easy', 'shape']] }, 'unlike-values'],
  ['a conflict with a real number', { conflict: [['easy', 'z']] }, 'unlike-values'],
  ['a conflict of vectors', { conflict: [['easy', 'h']] }, 'vector'],
  ['a conflict of one predictivity', { conflict: [{ easy: 0.8 }] }, 'wrong-length'],
  ['a conflict of three', { conflict: [{ easy: 0.8, hard: 0.8, e: 0.8 }] }, 'wrong-length'],
  ['a predictivity of an unknown label', { conflict: [{ eazy: 0.8, hard: 0.9 }] }, 'unknown-label'],
  ['a predictivity above 1', { conflict: [{ easy: 1.2, hard: 0.9 }] }, 'out-of-range'],
  ['a predictivity of none', { conflict: [{ easy: [], hard: 0.9 }] }, 'too-short'],
  ['a drawn label of three values', { conflict: [{ shape: 0.8, form: 0.9 }] }, 'unlike-values'],
  [
    'too many predictivities',
    { conflict: [{ easy: Array<number>(11).fill(0.5), hard: Array<number>(10).fill(0.9) }] },
    'too-many',
  ],
  ['an unknown control', { control: ['h[2]'] }, 'unknown-label'],
])('%s is a problem', (_, probe, code) => expect(read(probe).problems).toEqual([code]));
