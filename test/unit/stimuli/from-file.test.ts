import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { setResults } from '../../../src/stimuli/describe-set';
import { pearson, valuesOf } from './builder';

function read(text: string) {
  const { experiment, problems } = readExperiment(text);
  if (!experiment) throw new Error(problems.map(({ message }) => message).join('\n'));
  return experiment;
}

it('the headline example has the stimuli it has always had', () => {
  const experiment = read(readFileSync('examples/easy-vs-hard.experiment.json', 'utf8'));
  const sets = drawStimuli(experiment);
  const hash = createHash('sha256');
  for (const set of [sets.train, sets.fit, sets.test]) hash.update(set.inputs.data);
  // Changes only when the random streams or the draws change; then every stored replicate is another, too.
  expect(hash.digest('hex').slice(0, 16)).toBe('7a8e7e00d4af1b4e');
  expect(valuesOf(sets.train, 'hard').reduce((a, b) => a + b, 0)).toBe(4096);
  expect(setResults(experiment, sets, sets.test)).toMatchObject({
    count: 1024,
    distinctRows: 1024,
    inTrain: 0,
  });
});

it('a file with values that agree, in conflict in the test', () => {
  const file = {
    stimuli: {
      features: {
        shape: { values: ['circle', 'square', 'star'], agrees: { with: 'colour', probability: 0.9 } },
        colour: { values: ['red', 'green', 'blue'] },
        x: { gaussian: 2 },
        y: { gaussian: 2, correlates: { with: 'x', r: 0.8 } },
      },
      sets: { test: { draw: { shape: { agrees: { with: 'colour', probability: 0 } } } } },
      embedding: { units: 12, matrix: 'orthogonal' },
      inputNoise: 0.1,
    },
    tasks: { shape: 'shape', red: 'colour == red' },
    networks: { net: {} },
  };
  const { train, test } = drawStimuli(read(JSON.stringify(file)));
  const same = (set: typeof train) =>
    valuesOf(set, 'colour').filter((value, row) => valuesOf(set, 'shape')[row] === value).length;
  expect(Math.abs(same(train) / 4096 - 0.9)).toBeLessThan(6 * Math.sqrt(0.09 / 4096));
  expect(same(test)).toBe(0);
  expect(Math.abs(pearson(valuesOf(train, 'x'), valuesOf(train, 'y')) - 0.8)).toBeLessThan(0.05);
  expect(train.inputs.cols).toBe(12);
});
