import { expect, it } from 'vitest';
import { direction } from '../../../src/formats/label-names';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { describeTask } from '../../../src/language/describe-task';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { valuesOf } from '../stimuli/builder';
import { networkOf, runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { errors, valid } from './files';

const yesNo = { values: ['yes', 'no'] };
const file = (features: object, tasks: Record<string, string>) =>
  JSON.stringify({
    stimuli: { features: { ...features, n: { bits: 8 } }, train: 64, fit: 32, test: 32 },
    tasks,
    networks: { n: {} },
  });

it('the bare name of a two-valued feature is trained, scored and described by its values', async () => {
  const experiment = {
    stimuli: {
      features: { alpha: { ...yesNo, prevalence: 0.75 }, n: { bits: 8 } },
      train: 64,
      fit: 32,
      test: 32,
    },
    tasks: { alpha: 'alpha', no: 'alpha == no' },
    network: { hidden: [8] },
    training: { epochs: 30, learningRate: 0.05 },
    networks: { n: {} },
  };
  const { results } = await runExperiment(experiment, scratch());
  expect(results.tasks.alpha).toMatchObject({ kind: 'binary', classes: ['yes', 'no'] });
  expect(results.tasks.no.classes).toEqual(['false', 'true']);
  // The share of `no`, of which three in four are declared.
  expect(results.tasks.alpha.baseRate).toBe(results.tasks.no.baseRate);
  expect(results.tasks.alpha.baseRate).toBeGreaterThan(0.5);
  const [replicate] = networkOf(results, 'n').replicates;
  expect(replicate.accuracy).toEqual({ alpha: 1, no: 1 });
  // Signs are of the second value, as in `alpha == no`.
  const { selectivity } = replicate.layers[0];
  expect(selectivity.alpha.dprime).toEqual(selectivity.no.dprime);
  expect(direction(results.tasks.alpha.classes)).toBe('no − yes');

  const parsed = parseExperiment(JSON.stringify(experiment));
  const { reading, outline } = parsed;
  const context = { experiment: reading.experiment, outline, known: null, theme: 'dark', now: 0 } as const;
  const hover = describeTask('alpha', context).join('\n');
  expect(hover).toContain('The value of **alpha**: yes and no');
  expect(hover).toContain('75 % no in the test set');
});

it.each([[['no', 'yes']], [['False', 'True']], [['off', 'on']], [['0', '1']]])(
  'a feature whose values are %s is true or false by its bare name',
  (values) => {
    const [bare, formula] = valid(file({ a: { values } }, { a: 'a', t: 'not a' })).tasks;
    expect([bare.classes, formula.classes]).toEqual([
      ['false', 'true'],
      ['false', 'true'],
    ]);
  },
);

it('a formula does not take one of two values for truth', () => {
  for (const formula of ['not a', 'a and n[0]', 'xor(a, n[0])', 'a == n[0]', 'count(a, n) >= 2']) {
    const [problem, ...more] = errors(file({ a: yesNo }, { t: formula }));
    expect([problem.code, more]).toEqual(['which-value', []]);
    expect(problem.message).toBe(
      "'a' has the values 'yes' and 'no', neither true nor false; compare it with one, as in a == no.",
    );
  }
});

it('a task has the name of a two-valued feature only where its classes are the values', () => {
  const codes = (tasks: Record<string, string>) => errors(file({ a: yesNo }, tasks)).map(({ code }) => code);
  expect(codes({ a: 'a' })).toEqual([]);
  expect(codes({ a: 'a == no' })).toEqual(['shared-name']);
});

it.each([['a'], ['t']])('two-valued features agree by the names of their values, with %s', (other) => {
  const features = {
    a: { values: ['left', 'right'] },
    b: { values: ['right', 'left'], agrees: { with: other, probability: 1 } },
    c: { values: ['L', 'R'], agrees: { with: other, probability: 1 } },
  };
  const { test } = drawStimuli(valid(file(features, { t: 'a' })));
  const [a, b, c] = ['a', 'b', 'c'].map((name) => Array.from(valuesOf(test, name)));
  expect(b).toEqual(a.map((value) => 1 - value));
  // No name in common: in order.
  expect(c).toEqual(a);
});

it('what agrees with a two-valued feature says with which value', () => {
  const bits = { bits: 2, agrees: { with: 'a', probability: 0.9, as: 'parity(h)' } };
  const codes = (h: object) => errors(file({ a: yesNo, h }, { t: 'a' })).map(({ code }) => code);
  expect(codes(bits)).toEqual(['agreement']);
  expect(codes({ ...bits, agrees: { ...bits.agrees, with: 'a == no' } })).toEqual([]);
  expect(codes({ values: ['yes', 'maybe'], agrees: { with: 'a', probability: 0.9 } })).toEqual(['agreement']);
});
