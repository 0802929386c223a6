import type { Matrix } from '../../../core/matrix';
import { log } from '../../../core/elementary';
import { meanOverFolds } from './crossed';
import type { Metric } from './metric';

/** Spikes (or counts) that are expected beforehand, and how much that counts against one observation. */
const prior = { rate: 1, weight: 0.1 };

export const poisson: Metric = {
  name: 'poisson',
  title: 'Symmetrised Kullback–Leibler divergence of Poisson distributions',
  range: 'positive',
  formula:
    'Σ (x − y)(log x − log y) / p of two patterns of p rates, each (rate + 0.1 · 1) / 1.1: shrunk to a prior rate of 1 with the weight of a tenth of an observation. With folds: logarithms of one fold, rates of all others, mean over folds.',
  meaning:
    'How well two patterns of rates are told apart where counts are Poisson: differences count the more, the lower the rates.',
  misleads:
    'Of activations that are no rates or counts it says nothing. Silent units are as far from others as the prior lets them be. With folds it can be below 0.',
  source: 'Schütt and others 2023, eLife 12:e82566; prior as in rsatoolbox',
  takes: ['folds'],
  values: 'counts',
  rdm: ({ means, folds = [{ test: means, train: means }] }) =>
    meanOverFolds(folds, ({ test, train }) => [mapped(train, rate), mapped(test, (one) => log(rate(one)))]),
};

function rate(count: number): number {
  return (count + prior.rate * prior.weight) / (1 + prior.weight);
}

function mapped(
  { rows, cols, data }: Matrix<Float64Array>,
  by: (one: number) => number,
): Matrix<Float64Array> {
  return { rows, cols, data: data.map(by) };
}
