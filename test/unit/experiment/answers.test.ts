import { expect, it } from 'vitest';
import type { AnswersSpec, ExperimentFile } from '../../../src/experiment/file';
import { readExperiment } from '../../../src/sources/read-experiment';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { askedResults } from '../../../src/stimuli/describe-set';
import { tinyExperiment } from '../../support/tiny-experiment';

const facts: ExperimentFile = {
  stimuli: {
    seed: 0,
    documents: { experts: { heads: 4, relations: 2, tails: 3, experts: 5, knows: 0.5, visits: 20 } },
  },
  network: { transformer: { layers: 1, width: 8, heads: 2 } },
  networks: { transformer: {} },
  analyses: { at: 'role == relation' },
};

function readOf(file: ExperimentFile, answers: AnswersSpec) {
  return readExperiment(JSON.stringify({ ...file, analyses: { ...file.analyses, answers } }));
}

it('takes each temperature once, the lowest first, and three where none is said', () => {
  expect(readOf(facts, { temperatures: [2, 0.5, 2] }).experiment?.analyses.answers).toEqual({
    temperatures: [0.5, 2],
    margins: false,
  });
  expect(readOf(facts, {}).experiment?.analyses.answers?.temperatures).toEqual([0.5, 1, 1.5]);
});

it('says where it is of no account, and that a temperature is above 0', () => {
  expect(readOf(tinyExperiment(), {}).problems.map(({ message }) => message)).toEqual([
    "'answers' says what is measured of answers to evaluation sets of documents, but 'stimuli' have no 'documents'. Remove it.",
  ]);
  expect(
    readOf(facts, { temperatures: [0] })
      .problems.map(({ message }) => message)
      .join(),
  ).toContain('temperatures');
});

it('has a table of counts answer at the same temperatures, and the margins of its votes', () => {
  const { experiment } = readOf(facts, { temperatures: [0.01, 1], margins: true });
  if (!experiment) throw new Error('It has problems.');
  const { corpus } = drawStimuli(experiment);
  if (!corpus) throw new Error('There are no documents.');
  const { counted } = askedResults(corpus, () => ({}), experiment.analyses.answers)['facts'] ?? {};
  // Near 0 the likeliest are said, where no two are as frequent.
  expect(counted?.drawn?.[0]?.share).toBeCloseTo(counted?.greedy ?? NaN, 3);
  expect(counted?.drawn?.[1]?.share).toBeCloseTo(counted?.sampled ?? NaN, 12);
  const ahead = counted?.margins?.filter((margin) => margin !== null && margin > 0) ?? [];
  expect(ahead.length / 8).toBe(counted?.greedy);
});
