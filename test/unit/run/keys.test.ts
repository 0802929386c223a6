import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import type { ExperimentFile } from '../../../src/experiment/file';
import { readExperiment } from '../../../src/sources/read-experiment';
import { siteMeasuresOf } from '../../../src/measures/measures';
import type { EngineInfo } from '../../../src/protocol/results';
import { analysisKeys, comparisonKey, fingerprint, recordingKey } from '../../../src/run/keys';
import { sourcesOf } from '../../../src/sources/sources';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

const siteMeasures = siteMeasuresOf({});
const engine: EngineInfo = { name: 'fused', backend: 'wasm-simd', tfjs: '4.22.0', arithmetic: 'fused' };
const start = tinyExperiment();
const training = (changes: ExperimentFile['training']): ExperimentFile => ({
  ...start,
  training: { ...start.training, ...changes },
});
const printOf = (file: ExperimentFile): string => fingerprint(experimentOf(file), engine);
const keyOf = (file: ExperimentFile, network = 0, seed = 0, on = engine): string => {
  const source = sourcesOf(experimentOf(file))[network];
  return recordingKey(source, replicateNamed(source.name, seed), on);
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

describe('what users hold is found by the keys that it was kept under', () => {
  const headline = readFileSync('examples/easy-vs-hard.experiment.json', 'utf8');
  /** Digests of version 0.0.0-dev (as tests have it): other ones train and compare everything anew, and call for another storeFormat. */
  it.each([
    [
      'tiny',
      JSON.stringify(start),
      [
        'e46ee171adac8d3b7a1337901d579a298f91d73271e93a15b6bb6bdcb331e416',
        '0398de986e03bd15a9602644168246a25173071e8120b58214b9c20b4fc20b50',
        'ac600b8c6ba38da12932aa23c28b5ae972fd1d01c0ba6a4d3b1bb71a12d31c3c',
      ],
    ],
    [
      'the headline',
      headline,
      [
        'c3ebb0ce082e1703844c0b0756785bcd8029a1a2ea019cc0651a586ef9084a04',
        '79dabcddc1a75163182c6e542762b98ce4d0b6d8ea604aea882d62376c8f1bdc',
        '106e996326ad262b18090bc3bbc0ef61d0d72564218a207c4319f1907d904619',
      ],
    ],
  ])('%s', (_, text, expected) => {
    const { experiment } = readExperiment(text);
    if (!experiment) throw new Error('The experiment has errors.');
    const sources = sourcesOf(experiment);
    const key = (at: number, seed: number, point = 0): string =>
      recordingKey(sources[at], { ...replicateNamed(sources[at].name, seed), point }, engine);
    const compared = (point: number): string =>
      comparisonKey(
        experiment,
        { layer: 'hidden1', measure: 'linearCka' },
        [{ ...replicateNamed(sources[0].name, 1), point }],
        () => 'abc',
      );
    expect([key(0, 0), key(2, 1), compared(0)]).toEqual(expected);
    // What is the same at another point of a sweep is trained once; comparisons name the points of what they compare.
    expect(key(0, 0, 1)).toBe(key(0, 0));
    expect(compared(1)).not.toBe(compared(0));
  });
});
