import { describe, expect, it, test } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import { codes, errors, FEATURES, file, mended } from './files';

const stimuli = (changes: object): string => file({ stimuli: { ...changes } });
const formula = (text: string): string => file({ tasks: { t: text } });

test.each<[string, string, string]>([
  ['lr', file({ training: { lr: 0.1 } }), "Did you mean 'learningRate'?"],
  ['tau-a', file({ analyses: { rdm: { comparison: 'tau-a' } } }), "Did you mean 'kendall'?"],
  ['+-1', stimuli({ coding: '+-1' }), "Did you mean '±1'?"],
  ['noise of all units', stimuli({ noise: 0.1 }), "Did you mean 'inputNoise'?"],
  ['hidden layers of an entry', file({ networks: { a: { hidden: [8] } } }), "belongs inside 'network', here"],
  ['epochs of an entry', file({ networks: { a: { epochs: 5 } } }), "belongs inside 'training', here"],
  ['warm-up beside its schedule', file({ training: { warmup: 5 } }), "belongs inside 'schedule', here"],
  ['optimizer of the layers', file({ network: { optimizer: 'sgd' } }), "belongs in 'training'"],
  ['tasks among the stimuli', stimuli({ tasks: {} }), 'belongs at the top of the file'],
  ['hidden at the top', file({ hidden: [8] }), "belongs inside 'network', here"],
  ['sum(h)', formula('sum(h) > 1'), "Did you mean 'count'?"],
  ['a xor b', formula('e xor f'), "'xor' does not stand between its parts. Write xor(e, f)."],
  ['a ^ b', formula('e ^ f'), "'^' does not stand between its parts. Write xor(e, f)."],
  ['a slip', file({ titel: 'x' }), "Did you mean 'title'?"],
  ['a beginning', file({ analyses: { rdm: { metric: 'corr' } } }), "Did you mean 'correlation'?"],
  ['an underscore', file({ training: { batch_size: 8 } }), "Did you mean 'batchSize'?"],
  ['swapped letters', formula('sahpe == circle'), "Did you mean 'shape'?"],
])('%s is understood', (_, text, words) => {
  expect(errors(text)[0].message).toContain(words);
});

test.each<[string, string, string]>([
  [
    'what is there',
    formula('weather == fine'),
    "Unknown feature 'weather' in the formula of task 't': there are ",
  ],
  [
    'kinds of networks that exclude each other',
    file({
      stimuli: { documents: { reversals: {} }, features: undefined },
      network: { transformer: {}, hidden: [8] },
    }),
    "Unknown key 'hidden' in 'network' beside 'transformer'. Remove one of them.",
  ],
  [
    'numbers among which one is chosen',
    file({ stimuli: { documents: { grid: { view: '3' } }, features: undefined } }),
    "'stimuli.documents.grid.view' must be 3 or 5 or 7, not a string.",
  ],
])('%s is said', (_, text, words) => {
  expect(errors(text).map(({ message }) => message)).toContainEqual(expect.stringContaining(words));
});

describe('what is near to nothing', () => {
  it.each<[string, string]>([
    ['a key', file({ colour: 1 })],
    ['a task', file({ networks: { a: { tasks: ['weather'] } } })],
    ['a feature', formula('weather == fine')],
    ['a choice', file({ training: { optimizer: 'lbfgs' } })],
  ])('gets no suggestion: %s', (_, text) => {
    const [problem] = errors(text);
    expect(problem.message).not.toContain('Did you mean');
    expect(problem.message).not.toContain('belongs');
    expect(problem.fix).toBeUndefined();
  });
});

it('mends what was understood', () => {
  for (const text of [
    file({ training: { lr: 0.1 } }),
    file({ networks: { a: { hidden: [8], tasks: ['t'] } } }),
    file({ networks: { a: { epochs: 5 } } }),
    formula('e xor f'),
    formula('e == yes ^ f'),
    formula("'my feature' == 'a b' xor f"),
    formula('sum(h) > 1'),
  ])
    expect(codes(mended(text, errors(text)[0]))).toEqual([]);
});

it('names that are looked for take counted steps, however many are unknown', () => {
  const names = Array.from({ length: 500 }, (_, i) => `${'n'.repeat(50)}${i}`);
  const features = Object.fromEntries(names.map((name) => [name, { bits: 1 }]));
  const balance = names.map((name) => `m${name}`);
  const found = errors(stimuli({ features: { ...FEATURES, ...features }, balance: balance.slice(0, 199) }));
  expect(found.filter(({ code }) => code === 'unknown-task')).toHaveLength(199);
  const unknown = file({
    stimuli: { features },
    tasks: Object.fromEntries(balance.map((name) => [name, `${name} == a`])),
  });
  const suggested = errors(unknown).filter(({ fix }) => fix);
  // 500 candidates of 53 × 54 letters are more than the steps of a file.
  expect(suggested.length).toBeLessThan(3);
});

test('what a file is read for decides whether names are suggested, never which problems there are', () => {
  const text = file({ tasks: { t: 'shap == circle' }, networks: { net: { tasks: ['T1'], trainin: {} } } });
  const told = readExperiment(text).problems;
  const untold = readExperiment(text, undefined, { suggests: false }).problems;
  expect(untold.map(({ code, range }) => [code, range])).toEqual(
    told.map(({ code, range }) => [code, range]),
  );
  expect(told.some(({ fix }) => fix !== undefined)).toBe(true);
  expect(untold.some(({ fix, message }) => fix !== undefined || message.includes('Did you mean'))).toBe(
    false,
  );
});
