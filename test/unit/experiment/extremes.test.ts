import { expect, test } from 'vitest';
import { checkExperiment } from '../../../src/run/check';
import { scratch } from '../../support/scratch';
import { extremeAnswer, extremeRunFaults, extremes, isSmall } from './extremes';
import { FEATURES, errors, file, pointed } from './files';
import { optionNames } from './options';

/** Of the long form, `npm run soak extremes`, so many are left out between two. */
const CHECKED_OF = 11;
const RUN_OF = 7;

test('every number that a file can say is tried', () => {
  const tried = new Set(extremes().map(({ option }) => option));
  // A prevalence for each value of what has no values: a list there is a wrong type.
  const listless = ['BitsFeatureSpec.prevalence[]', 'GaussianFeatureSpec.prevalence[]'];
  expect(optionNames().filter((name) => !tried.has(name))).toEqual(listless);
});

test('an extreme number is refused at its place with its mend, or runs to results without NaN', async () => {
  const folder = scratch();
  const faults: string[] = [];
  let runs = 0;
  const chosen = extremes().filter((_, at) => at % CHECKED_OF === 0);
  for (const [at, extreme] of chosen.entries()) {
    const { fault, experiment } = extremeAnswer(extreme);
    if (fault !== null) faults.push(`${extreme.what}: ${fault}`);
    if (!experiment || at % RUN_OF !== 0 || !isSmall(experiment)) continue;
    runs++;
    for (const one of await extremeRunFaults(experiment, folder)) faults.push(`${extreme.what}: ${one}`);
  }
  expect(faults).toEqual([]);
  expect(runs).toBeGreaterThan(12);
});

test.each([
  [
    { bits: 4, amplification: -1e308 },
    {},
    "overflow: numbers of single precision end at 3.4e38. Lower 'amplification' of feature 'x'.",
  ],
  [{ bits: 4, noise: 1e300 }, {}, "Lower 'noise' of feature 'x'."],
  [{ bits: 4 }, { inputNoise: 1e40 }, "Lower 'inputNoise'."],
])('inputs that single precision cannot hold are refused: %j %j', (x, stimuli, words) => {
  const text = file({ stimuli: { features: { ...FEATURES, x }, ...stimuli } });
  const { experiment, problems } = checkExperiment(text);
  expect(experiment).toBeNull();
  expect(problems.map(({ message }) => message).join()).toContain(words);
  expect(problems.map((problem) => pointed(text, problem))).toEqual([expect.stringMatching(/^-?1e\+\d+$/)]);
});

test('weights whose sum is infinite are refused', () => {
  const text = file({ tasks: { t: 'e', u: 'f' }, training: { weights: { t: 1e308, u: 1e308 } } });
  const [problem] = errors(text);
  expect(problem.message).toContain('whose sum is infinite. Lower them: only their ratios count.');
  expect(pointed(text, problem)).toContain('"t": 1e+308');
});
