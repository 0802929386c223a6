import { expect, it } from 'vitest';
import { threadBytes } from '../../../src/experiment/checks/memory';
import { readExperiment } from '../../../src/sources/read-experiment';
import { threadsOf } from '../../../src/run/threads';
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

it('results are refused by the replicates that they hold, wherever their number is said', () => {
  const refused = (seeds: number, asked?: number): string[] =>
    readExperiment(JSON.stringify(tinyExperiment({ seeds })), undefined, { seeds: asked }).problems.map(
      ({ code, message }) => `${code}: ${message}`,
    );
  const wanted =
    'too-large: The results would take about 40 GB of memory (similarities of 30000 replicates in 2 layers: 40 GB), more than 2 GB. ' +
    "Lower 'seeds'.";
  expect(refused(10_000)).toEqual([wanted]);
  expect(refused(5, 10_000)).toEqual([wanted]);
  expect(refused(1000)).toEqual([]);
});

it('threads are as many as memory holds together, and say why they are fewer', () => {
  const { experiment } = readExperiment(JSON.stringify(tinyExperiment()));
  if (!experiment) throw new Error('The experiment is valid.');
  const one = threadBytes(experiment);
  expect(threadsOf(experiment, 64, 64 * one)).toEqual({ workers: 64, fewer: null });
  expect(threadsOf(experiment, 64, 3.5 * one).workers).toBe(3);
  const large = readExperiment(
    JSON.stringify(
      tinyExperiment({ stimuli: { ...tinyExperiment().stimuli, train: 4_000_000, repeats: true } }),
    ),
  ).experiment;
  if (!large) throw new Error('The experiment is valid.');
  expect(threadsOf(large, 16, 2 ** 31)).toEqual({
    workers: Math.floor(2 ** 31 / threadBytes(large)),
    fewer: expect.stringMatching(
      /^16 threads would take about [\d.]+ GB of memory, more than the 2 GB of this machine$/,
    ) as string,
  });
  // One thread runs whatever the estimate says: what does not fit at all is a problem of the file.
  expect(threadsOf(experiment, 4, 1).workers).toBe(1);
});
