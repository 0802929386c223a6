import { expect, it } from 'vitest';
import { checkExperiment } from '../../../src/run/check';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { setResults } from '../../../src/stimuli/describe-set';
import type { StimulusSet } from '../../../src/stimuli/stimulus-set';
import { valid } from '../experiment/files';
import { binary, bits, build, inputRow, mean, shareTolerance, valuesOf } from './builder';
import { checkDrawing } from './check-drawing';

const read = (stimuli: object) =>
  valid(JSON.stringify({ stimuli, tasks: { t: 'a == yes' }, networks: { n: {} } }));
const yesNo = { values: ['no', 'yes'] };
const agreeing = {
  features: { a: yesNo, b: { ...yesNo, agrees: { with: 'a', probability: 0.9 } }, n: { bits: 6 } },
  train: 150,
  fit: 40,
  test: 40,
};

it('stimuli of 100 random experiments are as declared within sampling error in every set, or the file is told', () => {
  const drawings = Array.from({ length: 100 }, (_, number) => checkDrawing(number));
  expect(drawings.flatMap(({ faults }) => faults)).toEqual([]);
  expect(drawings.filter(({ answered }) => !answered).length).toBeGreaterThan(60);
  // Of honest draws the mean is 1.
  expect(mean(drawings.flatMap(({ squares }) => squares))).toBeLessThan(1.2);
}, 120_000);

it('an agreement holds in every set of a space that the sets use up', () => {
  const sets = drawStimuli(read(agreeing));
  for (const set of [sets.train, sets.fit, sets.test]) {
    const a = valuesOf(set, 'a');
    const agree = mean(Array.from(valuesOf(set, 'b'), (value, row) => (value === a[row] ? 1 : 0)));
    expect(Math.abs(agree - 0.9)).toBeLessThan(shareTolerance(0.9, a.length) / 2);
  }
});

it('rare values stay rare in every set', () => {
  const sets = drawStimuli(
    build([binary('a', { draw: { prevalence: [0.9, 0.1] } }), bits('n', 8)], { counts: [250, 100, 100] }),
  );
  for (const set of [sets.train, sets.fit, sets.test])
    expect(Math.abs(mean(valuesOf(set, 'a')) - 0.1)).toBeLessThan(shareTolerance(0.1, 100) / 2);
});

it('what a space cannot give is a problem with its mend, at its place', () => {
  const text = JSON.stringify({
    stimuli: { features: { h: { bits: 10, prevalence: 0.02 } }, train: 60, fit: 20, test: 60 },
    tasks: { t: 'h[0]' },
    networks: { n: {} },
  });
  const [problem] = checkExperiment(text).problems.filter(({ code }) => code === 'not-as-declared');
  expect(problem.message).toMatch(
    /^'h' is 1 in \S+ % of the \d+ \w+ stimuli, not in 2.0 % as declared\. .*"repeats": true/,
  );
  expect(text.slice(problem.range.start.offset, problem.range.end.offset)).toBe('0.02');
});

it('with repeats every stimulus is an independent draw, and results say how many test rows were trained on', () => {
  const experiment = read({ ...agreeing, features: { ...agreeing.features, n: { bits: 1 } }, repeats: true });
  const sets = drawStimuli(experiment);
  const rowsOf = (set: StimulusSet) =>
    Array.from({ length: set.inputs.rows }, (_, row) => inputRow(set, row).join());
  const trained = new Set(rowsOf(sets.train));
  const inTrain = rowsOf(sets.test).filter((row) => trained.has(row)).length;
  expect(inTrain).toBeGreaterThan(30);
  expect(setResults(experiment, sets, sets.test)).toMatchObject({ count: 40, inTrain });
  const [, agreement] = setResults(experiment, sets, sets.train).drawing;
  expect(agreement).toMatchObject({
    feature: 'b',
    kind: 'agreement',
    declared: 0.9,
    expected: 0.9,
    met: true,
  });
  expect(agreement.drawn).toBeCloseTo(0.9, 1);
});

it('what balance shifts is held against what balance makes of it', () => {
  const experiment = read({
    features: { a: { ...yesNo, prevalence: 0.1 }, n: { bits: 12 } },
    balance: ['t'],
    train: 100,
    fit: 100,
    test: 100,
  });
  const { drawing } = setResults(experiment, drawStimuli(experiment), drawStimuli(experiment).train);
  expect(drawing[0]).toEqual({
    feature: 'a',
    kind: 'prevalence',
    of: 'yes',
    declared: 0.1,
    expected: 0.5,
    drawn: 0.5,
    met: true,
  });
});

it('a correlation with what an agreement spreads or shifts is held against what that makes of it', () => {
  // Components at ±1.64 have a variance of 3.7, of which r = .5 makes .74; a share of .9 leaves less of .5 than a half does.
  const gaussian = read({
    features: {
      a: yesNo,
      wide: { gaussian: 4, agrees: { with: 'a', probability: 0.95 } },
      b: { gaussian: 4, correlates: { with: 'wide', r: 0.5 } },
      c: { gaussian: 4, correlates: { with: 'b', r: 0.5 } },
      d: { gaussian: 1 },
      e: { gaussian: 1, correlates: { with: 'd', r: 0.5 } },
    },
    train: 1000,
    fit: 20,
    test: 20,
  });
  const binaries = read({
    features: {
      a: { ...yesNo, prevalence: 0.9 },
      skewed: { ...yesNo, agrees: { with: 'a', probability: 0.99 } },
      b: { ...yesNo, correlates: { with: 'skewed', r: 0.5 } },
      n: { bits: 12 },
    },
    train: 1000,
    fit: 20,
    test: 20,
  });
  const correlationsOf = (experiment: typeof gaussian) =>
    setResults(experiment, drawStimuli(experiment), drawStimuli(experiment).train).drawing.filter(
      ({ kind }) => kind === 'correlation',
    );
  const [b, c, e] = correlationsOf(gaussian);
  expect(b.expected).toBeCloseTo(0.74, 1);
  expect(c.expected).toBeCloseTo(0.6, 1);
  expect(e.expected).toBe(0.5);
  const [binaryB] = correlationsOf(binaries);
  expect(binaryB.expected).toBeCloseTo(0.32, 1);
  for (const { drawn, expected, met } of [b, c, e, binaryB]) {
    expect(met).toBe(true);
    expect(Math.abs((drawn ?? 0) - (expected ?? 0))).toBeLessThan(0.1);
  }
});

it('a design beyond all numbers is said in words', () => {
  const text = (sizes: object) =>
    JSON.stringify({
      stimuli: { features: { h: { bits: 4096 } }, enumerate: true, ...sizes },
      tasks: { t: 'h[0]' },
      networks: { n: {} },
    });
  for (const sizes of [{}, { train: 8, fit: 4, test: 4 }]) {
    const messages = checkExperiment(text(sizes)).problems.map(({ message }) => message);
    expect(messages.join(' ')).toContain('more than 1e308 combinations');
    expect(messages.join(' ')).not.toContain('Infinity');
  }
});
