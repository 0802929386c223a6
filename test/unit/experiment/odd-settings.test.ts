import { expect, test } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import { FEATURES, file } from './files';

const messages = (text: string): string[] =>
  readExperiment(text).problems.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

test.each<[string, string, string]>([
  [
    'a warm-up longer than the training',
    file({ training: { epochs: 5, schedule: { type: 'constant', warmup: 6 } }, networks: { a: {}, b: {} } }),
    "The warm-up of 6 epochs is longer than the 5 that network 'a' is trained",
  ],
  [
    'an amplification of 0',
    file({ stimuli: { features: { ...FEATURES, x: { bits: 2, amplification: 0 } } } }),
    "hides feature 'x' from the networks",
  ],
  [
    'a slope above 1',
    file({ network: { activation: 'leakyRelu', leakySlope: 2 } }),
    'steeper below zero than above',
  ],
  ['a slope of 1', file({ network: { activation: 'leakyRelu', leakySlope: 1 } }), '"activation": "linear"'],
  [
    'a negative slope',
    file({ network: { activation: 'leakyRelu', leakySlope: -0.1 } }),
    'turns down below zero',
  ],
  [
    'a billion epochs',
    file({ training: { epochs: 1e9, batchSize: 'full' } }),
    "A replicate of network 'net' would train for at least",
  ],
])('%s is warned of once, and accepted', (_, text, words) => {
  expect(readExperiment(text).experiment).not.toBeNull();
  const found = messages(text);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^warning odd-setting: /);
  expect(found[0]).toContain(words);
});

test('usual settings are not warned of', () => {
  const usual = file({
    network: { activation: 'leakyRelu', leakySlope: 0.2, hidden: [512, 512] },
    training: { epochs: 300, schedule: { type: 'cosine', warmup: 300 } },
    networks: { a: {}, untrained: { training: { epochs: 0 } } },
  });
  expect(messages(usual)).toEqual([]);
});

test('the confidence of intervals has the range that works, and says it', () => {
  for (const confidence of [0.9999999999999999, 0.99995, 0.1, 1, 0]) {
    const [found] = messages(file({ analyses: { confidence } }));
    expect(found).toContain("'analyses.confidence' must be a number, at least 0.5 and at most 0.9999");
  }
  for (const confidence of [0.5, 0.9999]) expect(messages(file({ analyses: { confidence } }))).toEqual([]);
});
