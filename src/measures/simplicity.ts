import { type FoundFunctions, simplicityBias } from '../analysis/functions/function-counts';
import type { PlacedValue } from '../core/values';
import type { MeasureInfo } from '../protocol/results';

const source = 'Valle-Pérez, Camargo and Louis 2018, arXiv 1805.08522; Dingle, Camargo and Louis 2018';
const complexity =
  'Complexity: log₂ of the number of stimuli times the mean count of words (Lempel and Ziv 1976) of the answers read forwards and backwards; log₂ of their number where all answers are the same.';
const once =
  'Most functions are found once in any number of draws: their probability is not known, only that it is small, and a smaller ensemble has a flatter relation.';

/** What an ensemble of random networks says of the functions that it computes: of a replicate, at its end. */
export const simplicity = {
  distinctFunctions: {
    title: 'Distinct functions',
    range: 'positive',
    of: 'replicate',
    by: [],
    formula:
      'Different rows of answers (output above 0) that the networks of an ensemble give to the test stimuli, in the order of their inputs.',
    meaning: 'How many functions random weights compute.',
    misleads: 'It grows with the number of networks that are drawn.',
    source,
  },
  simplicityBias: {
    title: 'Probability against complexity',
    range: 'similarity',
    of: 'replicate',
    by: [],
    formula: `Pearson correlation, over distinct functions, of log₂ of the share of networks that compute one with its complexity. ${complexity}`,
    meaning: 'Below 0: random weights compute simple functions far more often than complex ones.',
    misleads: once,
    source,
  },
  meanComplexity: {
    title: 'Mean complexity',
    range: 'positive',
    of: 'replicate',
    by: [],
    formula: `Mean complexity of what the networks of an ensemble compute, in bits. ${complexity}`,
    meaning: 'How complex what random weights compute is.',
    misleads: 'It says nothing by itself: compare it with that of answers by coins.',
    source,
  },
  coinComplexity: {
    title: 'Mean complexity of coins',
    range: 'positive',
    of: 'replicate',
    by: [],
    beside: 'meanComplexity',
    formula: `Mean complexity of 1,000 rows of answers by fair coins, in bits. ${complexity}`,
    meaning: 'What the mean complexity would be if all functions were equally probable.',
    misleads: 'Coins stand for a network that computes every function alike, which none does.',
    source,
  },
  boundSlope: {
    title: 'Slope of the upper bound',
    range: 'unbounded',
    of: 'replicate',
    by: [],
    formula:
      'Slope a of log₂ P ≤ a K + b: of the least-squares line through the most probable function of each complexity K that was found more than once.',
    meaning: 'How many bits of probability a bit of complexity costs at most.',
    misleads: once,
    source,
  },
  boundIntercept: {
    title: 'Height of the upper bound',
    range: 'unbounded',
    of: 'replicate',
    by: [],
    beside: 'boundSlope',
    formula: 'b of log₂ P ≤ a K + b: the least that no such function is above.',
    meaning: 'Where the bound begins.',
    misleads: once,
    source,
  },
  functionsFound: {
    title: 'Functions by complexity and count',
    range: 'positive',
    of: 'replicate',
    by: ['component'],
    beside: 'distinctFunctions',
    formula:
      'How many distinct functions have this complexity, and were found so often: the part is “complexity count”.',
    meaning: 'All that the picture of probability against complexity has.',
    misleads: once,
    source,
  },
} as const satisfies Record<string, MeasureInfo>;

/** The numbers of an ensemble. */
export function simplicityValues({ classes, coins }: FoundFunctions): PlacedValue[] {
  const { distinct, meanComplexity, correlation, slope, intercept } = simplicityBias(classes);
  const why = 'Fewer than two complexities were found more than once.';
  return [
    { measure: 'distinctFunctions', value: distinct },
    {
      measure: 'simplicityBias',
      value: correlation,
      why: 'All functions are equally complex, or equally frequent.',
    },
    { measure: 'meanComplexity', value: meanComplexity },
    { measure: 'coinComplexity', value: coins },
    { measure: 'boundSlope', value: slope, why },
    { measure: 'boundIntercept', value: intercept, why },
    ...classes.map((one) => ({
      measure: 'functionsFound',
      part: `${Number(one.complexity.toFixed(6))} ${one.count}`,
      value: one.functions,
    })),
  ];
}
