import { expect, it } from 'vitest';
import { readExperiment } from '../../../src/experiment/read';
import { tinyExperiment } from '../../support/tiny-experiment';

function refusals(test: number, seeds: number): string[] {
  const { stimuli } = tinyExperiment();
  const features = { ...stimuli.features, noise: { bits: 24 } };
  const file = tinyExperiment({ stimuli: { ...stimuli, features, test }, seeds });
  const { problems } = readExperiment(JSON.stringify(file));
  return problems.flatMap(({ code, message }) => (code === 'too-large' ? [message] : []));
}

it('RDMs are refused by what comparing takes in blocks, however many replicates there are', () => {
  expect(refusals(4096, 1000)).toEqual([]);
  const wanted =
    'Comparing RDMs would take about 4.3 GB of memory (7.2e+7 pairs of test stimuli × 5 labels: 2.7 GB), more than 2 GB. ' +
    `Lower 'test', or set "over": "conditions" in 'analyses.rdm'.`;
  for (const seeds of [1, 1000]) expect(refusals(12_000, seeds)).toEqual([wanted]);
});
