import { describe, expect, it } from 'vitest';
import type { ExperimentFile } from '../../../src/experiment/file';
import { siteMeasures } from '../../../src/measures/measures';
import type { EngineInfo } from '../../../src/protocol/results';
import { analysisKeys, fingerprint, trainingKey } from '../../../src/run/keys';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

const engine: EngineInfo = { name: 'fused', backend: 'wasm-simd', tfjs: '4.22.0' };
const start = tinyExperiment();
const training = (changes: ExperimentFile['training']): ExperimentFile => ({
  ...start,
  training: { ...start.training, ...changes },
});
const printOf = (file: ExperimentFile): string => fingerprint(experimentOf(file), engine);
const keyOf = (file: ExperimentFile, network = 0, seed = 0, on = engine): string => {
  const experiment = experimentOf(file);
  return trainingKey(experiment, experiment.networks[network], seed, on);
};

/** Changes that leave every number as it was. */
const same: [string, ExperimentFile][] = [
  ['a title', { ...start, title: 'x' }],
  ['a schema', { ...start, $schema: '../x.json' }],
  ['blanks in a formula', { ...start, tasks: { ...start.tasks, easy: ' e==yes ' } }],
  ['parentheses in a formula', { ...start, tasks: { ...start.tasks, hard: '(parity(h))' } }],
  ['a default that is written out', { ...start, network: { hidden: [8], activation: 'relu' } }],
  ['a slope that is not used', { ...start, network: { hidden: [8], leakySlope: 0.3 } }],
  ['a momentum that is not used', training({ momentum: 0.3 })],
  ['a schedule without effect', training({ schedule: { type: 'constant', factor: 0.3, every: 4 } })],
];

/** Changes after which some number may be another. */
const other: [string, ExperimentFile][] = [
  ['seeds', { ...start, seeds: 3 }],
  ['a confidence', { ...start, analyses: { ...start.analyses, confidence: 0.9 } }],
  ['permutations', { ...start, analyses: { selectivity: { permutations: 21 } } }],
  ['a formula', { ...start, tasks: { ...start.tasks, hard: 'h[0]' } }],
  ['a learning rate', training({ learningRate: 0.011 })],
  ["Adam's decay rate", training({ beta1: 0.8 })],
  ['an optimiser', training({ optimizer: 'sgd' })],
  ['a momentum that is used', training({ optimizer: 'momentum', momentum: 0.3 })],
  ['a used slope', { ...start, network: { hidden: [8], activation: 'leakyRelu', leakySlope: 0.3 } }],
  ['checkpoints', training({ checkpoints: 4 })],
  ['dropout', training({ dropout: 0.1 })],
  ['a schedule', training({ schedule: { type: 'linear' } })],
  ['a network', { ...start, networks: { ...start.networks, more: {} } }],
  ['the seed of the stimuli', { ...start, stimuli: { ...start.stimuli, seed: 1 } }],
];

describe('fingerprint', () => {
  it.each(same)('stays with %s', (_, file) => expect(printOf(file)).toBe(printOf(start)));
  it.each(other)('changes with %s', (_, file) => expect(printOf(file)).not.toBe(printOf(start)));
  it('is different for each of them', () => {
    expect(new Set(other.map(([, file]) => printOf(file))).size).toBe(other.length);
  });
  it('knows the backend', () =>
    expect(fingerprint(experimentOf(start), { ...engine, backend: 'cpu' })).not.toBe(printOf(start)));
});

it('counts a batch of all stimuli and a full batch as the same', () =>
  expect(printOf(training({ batchSize: 'full' }))).toBe(printOf(training({ batchSize: 128 }))));

describe('keys of replicates', () => {
  it.each(same)('stay with %s', (_, file) => expect(keyOf(file)).toBe(keyOf(start)));
  it('are different for each seed, network and backend', () => {
    const keys = [
      keyOf(start),
      keyOf(start, 0, 1),
      keyOf(start, 1),
      keyOf(start, 2),
      keyOf(start, 0, 0, { ...engine, backend: 'wasm' }),
      keyOf(start, 0, 0, { ...engine, name: 'tfjs' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
  it('of an untrained network do not know how others are trained', () => {
    const changed = training({
      learningRate: 1,
      optimizer: 'sgd',
      dropout: 0.4,
      batchSize: 64,
      checkpoints: 7,
    });
    expect(keyOf(changed, 2)).toBe(keyOf(start, 2));
    expect(keyOf({ ...start, network: { hidden: [8], initialScale: 2 } }, 2)).not.toBe(keyOf(start, 2));
  });
  it('of analyses know the tasks and what is computed, not the confidence', () => {
    const of = (file: ExperimentFile): string => analysisKeys(experimentOf(file), 'abc', siteMeasures).entry;
    expect(of({ ...start, analyses: { ...start.analyses, confidence: 0.9 } })).toBe(of(start));
    expect(of({ ...start, analyses: { ...start.analyses, pca: { components: 2 } } })).not.toBe(of(start));
    expect(of({ ...start, tasks: { ...start.tasks, hard: 'h[0]' } })).not.toBe(of(start));
    // Those of one training and the same labels begin alike: each finds what the others have computed.
    const familyOf = (file: ExperimentFile, key: string): string =>
      analysisKeys(experimentOf(file), key, siteMeasures).family;
    const family = familyOf(start, 'abc');
    const other = { ...start, analyses: { pca: { components: 2 } } };
    expect([family.length, of(start).length, familyOf(other, 'abc')]).toEqual([32, 64, family]);
    for (const entry of [of(start), of(other)]) expect(entry.startsWith(family)).toBe(true);
    expect(familyOf(start, 'abd')).not.toBe(family);
    expect(familyOf({ ...start, tasks: { ...start.tasks, hard: 'h[0]' } }, 'abc')).not.toBe(family);
  });
});
