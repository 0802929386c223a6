import { describe, expect, it } from 'vitest';
import type { NumberArray } from '../../src/core/number-array';
import { noiseCovariance, shrinkages } from '../../src/analysis/rdm/noise-covariance';
import { metrics } from '../../src/analysis/rdm/metrics/metrics';
import { methods } from '../../src/analysis/rsa/methods/methods';
import { compareRdms } from '../../src/verbs/compare-rdms';
import { rdm, type RdmAsked } from '../../src/verbs/rdm';
import type { ArrayRoom } from '../../src/verbs/verb';
import { expectClose, matrix64 } from './support/matrices';
import brain from './fixtures/rsa-brain.json';
import brainScores from './fixtures/rsa-brain-methods.json';
import fixture from './fixtures/rdms.json';

const { compared } = fixture;
const found: Record<string, number[]> = fixture.rdms;

const array = ({ rows, cols, data }: { rows: number; cols: number; data: number[] }): NumberArray => ({
  shape: [rows, cols],
  data: Float64Array.from(data),
});

const missing = compared.rdms.data.map((value, at) =>
  compared['left out'].includes(at % compared.rdms.cols) ? NaN : value,
);

/** The fixture as files. */
const files: Record<string, NumberArray> = {
  data: array(fixture.data),
  rates: array(fixture.rates),
  binary: array(fixture.binary),
  noise: array(fixture.noise),
  residuals: array(fixture.residuals),
  whole: array(compared.rdms),
  missing: array({ ...compared.rdms, data: missing }),
};
const room: ArrayRoom = {
  array: (file) => Promise.resolve(files[file]),
  columns: () =>
    Promise.resolve(
      new Map([
        ['condition', fixture.conditions],
        ['fold', fixture.folds],
      ]),
    ),
};
const conditions = { labels: 'labels', condition: 'condition' };
const folds = { ...conditions, fold: 'fold' };

describe('RDMs agree with rsatoolbox and scipy', () => {
  it.each<[string, RdmAsked]>([
    ['squared-euclidean', { activations: 'data', metric: 'squared-euclidean' }],
    ['euclidean', { activations: 'data', metric: 'euclidean' }],
    ['correlation', { activations: 'data' }],
    ['cosine', { activations: 'data', metric: 'cosine' }],
    ['hamming', { activations: 'binary', metric: 'hamming' }],
    ['jaccard', { activations: 'binary', metric: 'jaccard' }],
    ['squared-euclidean of conditions', { activations: 'data', metric: 'squared-euclidean', ...conditions }],
    ['squared-euclidean of conditions', { activations: 'data', metric: 'mahalanobis', ...conditions }],
    [
      'mahalanobis of conditions',
      { activations: 'data', metric: 'mahalanobis', noise: 'noise', ...conditions },
    ],
    [
      'mahalanobis of conditions',
      { activations: 'data', metric: 'mahalanobis', noise: 'residuals', ...conditions },
    ],
    ['crossnobis of conditions', { activations: 'data', metric: 'crossnobis', ...folds }],
    [
      'crossnobis of conditions, noise',
      { activations: 'data', metric: 'crossnobis', noise: 'noise', ...folds },
    ],
    ['poisson of conditions', { activations: 'rates', metric: 'poisson', ...conditions }],
    ['poisson of conditions, folds', { activations: 'rates', metric: 'poisson', ...folds }],
  ])('%s (%j)', async (name, asked) => {
    const { values, definition, units } = await rdm.run(asked, room);
    expectClose(values, found[name]);
    expect([definition, units]).toEqual([asked.metric ?? 'correlation', files[asked.activations].shape[1]]);
  });

  it('has a value of the references for each metric', () => {
    for (const { name } of metrics)
      expect(
        Object.keys(found).some((key) => key.startsWith(name)),
        name,
      ).toBe(true);
  });
});

describe('covariances of noise agree with rsatoolbox', () => {
  it.each(shrinkages)('%s', (shrinkage) => {
    const residuals = matrix64(fixture.residuals);
    const few = { ...residuals, rows: 4, data: residuals.data.slice(0, 4 * residuals.cols) };
    const { of, ofFew } = fixture.covariances[shrinkage];
    expectClose(noiseCovariance(residuals, shrinkage).data, of.data);
    expectClose(noiseCovariance(few, shrinkage).data, ofFew.data);
  });
});

describe('comparisons of RDMs agree with rsatoolbox', () => {
  const similarities: Record<string, Record<string, number[]>> = compared.similarities;

  it.each(methods.map(({ name }) => name))('%s', async (method) => {
    const { values = [], pairs } = await compareRdms.run({ first: 'whole', others: ['whole'], method }, room);
    // Of rsatoolbox’s Bures similarity the roots of rounding are a part.
    if (method === 'bures')
      for (const [at, value] of values.flat().entries())
        expect(value).toBeCloseTo(similarities.whole.bures[at], 7);
    else expectClose(values.flat(), similarities.whole[method]);
    expect(pairs).toBe(36);
  });

  it.each(Object.keys(similarities.missing))('%s, where distances are missing', async (method) => {
    const { values = [], pairs } = await compareRdms.run(
      { first: 'missing', others: ['missing'], method },
      room,
    );
    expectClose(values.flat(), similarities.missing[method]);
    expect(pairs).toBe(31);
  });

  it.each(Object.entries(brainScores.scores))('%s, of measured brains', async (method, scores) => {
    const pairs = brain.subject.length;
    const of = (data: readonly number[]): NumberArray => ({
      shape: [data.length / pairs, pairs],
      data: Float64Array.from(data),
    });
    const rdms: Record<string, NumberArray> = {
      models: of(brain.models.flatMap((model) => model.rdm)),
      subject: of(brain.subject),
    };
    const { values = [], n } = await compareRdms.run(
      { first: 'models', others: ['subject'], method },
      { array: (file) => Promise.resolve(rdms[file]) },
    );
    expect(n).toBe(92);
    for (const [at, score] of scores.entries()) expect(values[at][0]).toBeCloseTo(score, 7);
  });
});
