import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, numbersOf } from './figure';

const of = (results: Results, measure: string): number[] => numbersOf(results, 'at random', measure);

const figure: GalleryFigure = {
  number: 12,
  example: 'simplicity-bias',
  question: 'Which functions do networks with random weights compute: simple ones or any?',
  source: 'Valle-Pérez, Camargo and Louis (2018), arXiv 1805.08522, figure 1',
  pictures: [
    {
      panel: 'functions',
      caption:
        'Each point is a function of the 128 inputs: how often it is found falls with its Lempel–Ziv complexity, under a straight line on the logarithmic axis.',
    },
  ],
  numbers: (results) => [
    { what: 'distinct functions', values: of(results, 'distinctFunctions') },
    { what: 'mean complexity of what is computed', values: of(results, 'meanComplexity'), unit: 'bits' },
    { what: 'mean complexity of fair coins', values: of(results, 'coinComplexity'), unit: 'bits' },
  ],
  effects: (results) => [
    {
      says: 'the probability of a function falls with its complexity (Pearson correlation of log₂ probability with complexity)',
      values: of(results, 'simplicityBias'),
      expect: 'below',
    },
    {
      says: 'so does its upper bound: the slope of log₂ probability (bits a bit)',
      values: of(results, 'boundSlope'),
      expect: 'below',
    },
    {
      says: 'what is computed is less than half as complex as what coins would give (ratio)',
      values: of(results, 'meanComplexity').map((mean, at) => mean / of(results, 'coinComplexity')[at]),
      expect: 'below',
      than: 0.5,
    },
  ],
  conclude: [
    'Before any training simple functions are far more probable than complex ones, by many powers of two.',
  ],
  notConclude: [
    'That trained networks generalise for this reason alone: no network here is trained.',
    'That the probability of a rare function is known: most functions were found once, and those lie on the lowest line.',
  ],
  reduced: (file) => ({
    ...file,
    networks: { 'at random': { network: { random: { hidden: [40, 40], count: 4000 } } } },
    seeds: 3,
  }),
};
export default figure;
