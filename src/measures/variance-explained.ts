import type { LayerVariance } from '../analysis/variance-explained-layers';
import type { RangeName } from '../protocol/results';
import { byLabel, type SiteMeasure } from './measure';

type Kind = Exclude<keyof LayerVariance, 'constantUnits' | 'undefinedValues'>;

function measure(
  name: Kind,
  when: SiteMeasure['when'],
  range: RangeName,
  says: Pick<SiteMeasure, 'title' | 'formula' | 'meaning' | 'misleads' | 'source'>,
): SiteMeasure {
  return {
    name,
    ...says,
    range,
    of: 'site',
    by: ['label'],
    when,
    measure: ({ variance }) =>
      byLabel(variance[name], (label) => variance.undefinedValues[`${name}.${label}`]),
  };
}

const biased =
  'It is not importance: easy features take more variance than hard ones that are computed as well, early learnt more than late ones.';

export const varianceExplained = measure('varianceExplained', 'always', 'atMostAll', {
  title: 'Variance explained',
  formula:
    "Variance-weighted R²: units regressed on the label with an intercept on the fit set, scored on the test set as 1 − Σ(prediction − activation)² / Σ(activation − the unit's test mean)². Negative values are kept. Categorical labels enter one-hot, bit vectors additively.",
  meaning:
    'The share of the layer’s variance that a linear prediction from the label accounts for, on stimuli that it was not fitted on.',
  misleads: biased,
  source:
    'Lampinen and others 2024, arXiv 2405.05847; scikit-learn, r2_score with multioutput="variance_weighted"',
});

export const varianceExplainedByUnitMean = measure('varianceExplainedByUnitMean', 'glance', 'atMostAll', {
  title: 'Variance explained, mean over units',
  formula: 'The same R² of each unit, averaged over units; constant units are left out.',
  meaning: 'As variance explained, with every unit of equal weight.',
  misleads: 'Units that hardly vary count as much as those that carry the layer.',
  source: 'scikit-learn, r2_score with multioutput="uniform_average"',
});

export const varianceExplainedJoint = measure('varianceExplainedJoint', 'glance', 'atMostAll', {
  title: 'Variance explained, joint pattern of bits',
  formula: 'R² of the joint pattern of a bit vector: one mean per pattern.',
  meaning: 'What all interactions of the bits account for, their parity among them.',
  misleads:
    'It needs several stimuli a pattern, or it fits noise; a pattern that tells every stimulus apart explains all.',
  source: 'as variance explained, with one-hot patterns',
});

export const varianceExplainedUnique = measure('varianceExplainedUnique', 'glance', 'differenceOfShares', {
  title: 'Unique share of the task',
  formula: 'R² of all tasks together − R² of all tasks but this one.',
  meaning: 'What no other task accounts for: the shares of correlated tasks do not count twice.',
  misleads: 'Of two tasks that class all stimuli alike neither has any unique share.',
  source: 'commonality analysis: Newton and Spurrell 1967, Applied Statistics 16, 51–64',
});
