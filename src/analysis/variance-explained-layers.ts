import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { Value } from '../protocol/results';
import { concatenateDesigns, labelDesign, partition } from './design';
import { leastSquares } from '../numerics/least-squares';
import { withWorkspace } from '../numerics/unit-panels';
import {
  type Predictor,
  type PreparedPredictors,
  centreUnits,
  groupPredictor,
  linearPredictor,
  preparePredictors,
  residualSums,
  shareExplained,
} from './variance-explained';

/** A joint pattern has one mean per pattern; each is to rest on this many fit stimuli on average. */
const STIMULI_PER_PATTERN = 4;

/** The designs of an experiment's labels, factorised: made once, used for every layer, replicate and checkpoint. */
export interface PreparedDesigns {
  readonly predictors: PreparedPredictors;
  /** By label, features then tasks: its place among `predictors`. */
  readonly labels: readonly { readonly name: string; readonly at: number }[];
  /** By bit vector: the place of its joint pattern, or why there is none. */
  readonly joint: readonly { readonly name: string; readonly at: number | null; readonly reason: string }[];
  /** By task: the places of all tasks together and of all but this. */
  readonly unique: readonly { readonly name: string; readonly all: number; readonly others: number }[];
}

/** The variance explained of one layer, by label. */
export interface LayerVariance {
  /** Variance-weighted R² on the test set, fitted on the fit set. Bit vectors: additive in their bits. */
  varianceExplained: Record<string, Value>;
  /** Mean over units of R², constant units left out. */
  varianceExplainedByUnitMean: Record<string, Value>;
  /** R² of the joint pattern of a bit vector (one mean per pattern). */
  varianceExplainedJoint: Record<string, Value>;
  /** R² of all tasks together − R² of all tasks but this one, by task. */
  varianceExplainedUnique: Record<string, Value>;
  /** Indices of units with the same value for every test stimulus. */
  constantUnits: number[];
  /** Why a value is null, by its path. */
  undefinedValues: Record<string, string>;
}

/**
 * @param fitLabels features, then tasks, of the fit set
 * @param testLabels the same of the test set
 * @param counts stimuli of both, where there may be no label
 */
export function prepareDesigns(
  fitLabels: readonly Label[],
  testLabels: readonly Label[],
  [fitCount, testCount] = [stimuli(fitLabels), stimuli(testLabels)],
): PreparedDesigns {
  const predictors: Predictor[] = [];
  const places = new Map<string, number>();
  // Labels that part the stimuli alike (a task that is a feature) share one predictor.
  const place = (key: string, make: () => Predictor): number => {
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, predictors.length);
    return predictors.push(make()) - 1;
  };
  const placeGroups = (fit: Label, test: Label): { at: number; count: number } => {
    const groups = partition(fit, test);
    const key = `groups ${groups.fit.join()} ${groups.test.join()}`;
    return { at: place(key, () => groupPredictor(groups)), count: groups.count };
  };
  const placeLabels = (chosen: readonly number[]): number => {
    if (chosen.length === 1) {
      const fit = fitLabels[chosen[0]];
      const test = testLabels[chosen[0]];
      if (fit.kind === 'binary' || fit.kind === 'categorical') return placeGroups(fit, test).at;
    }
    return place(`labels ${chosen.join()}`, () => {
      if (chosen.length === 0) {
        const none = (cols: number): Matrix<Float64Array> => ({ rows: 0, cols, data: new Float64Array(0) });
        return linearPredictor(leastSquares(none(fitCount), none(testCount)));
      }
      const design = concatenateDesigns(chosen.map((k) => labelDesign(fitLabels[k], testLabels[k])));
      return linearPredictor(leastSquares(design.fit, design.test));
    });
  };

  const every = fitLabels.map((_, k) => k);
  const tasks = every.filter((k) => fitLabels[k].source === 'task');
  const designs = {
    labels: every.map((k) => ({ name: fitLabels[k].name, at: placeLabels([k]) })),
    joint: every
      .filter((k) => fitLabels[k].kind === 'bits')
      .map((k) => {
        const { name } = fitLabels[k];
        const { count } = partition(fitLabels[k], testLabels[k]);
        if (count * STIMULI_PER_PATTERN > fitCount) {
          const reason =
            `The ${fitCount} fit stimuli show ${count} patterns of ${name}, ` +
            `fewer than ${STIMULI_PER_PATTERN} stimuli for each on average: too few for a mean per pattern.`;
          return { name, at: null, reason };
        }
        return { name, at: placeGroups(fitLabels[k], testLabels[k]).at, reason: '' };
      }),
    unique: tasks.map((k) => ({
      name: fitLabels[k].name,
      all: placeLabels(tasks),
      others: placeLabels(tasks.filter((other) => other !== k)),
    })),
  };
  // Which units are constant is found beside the first predictor: without labels that is the mean.
  if (every.length === 0) placeLabels([]);
  return { ...designs, predictors: preparePredictors(predictors, fitCount, testCount) };
}

/**
 * Variance explained of one layer of one replicate by every label.
 *
 * @param fitLayer fit stimuli × units
 * @param testLayer test stimuli × units
 */
export function layerVariance(prepared: PreparedDesigns, fitLayer: Matrix, testLayer: Matrix): LayerVariance {
  return withWorkspace((workspace) => {
    const units = centreUnits(workspace, fitLayer, testLayer);
    const residuals = residualSums(prepared.predictors, units);
    const shares = residuals.map((sums) => shareExplained(units, sums));
    const finite = units.total.every((total, u) => Number.isFinite(total + units.shift[u]));
    const why = finite
      ? 'Every unit of the layer has the same value for all test stimuli.'
      : 'Some activations are not finite.';
    const result: LayerVariance = {
      varianceExplained: {},
      varianceExplainedByUnitMean: {},
      varianceExplainedJoint: {},
      varianceExplainedUnique: {},
      constantUnits: shares[0]?.constantUnits ?? [],
      undefinedValues: {},
    };
    const put = (
      measure: Exclude<keyof LayerVariance, 'constantUnits' | 'undefinedValues'>,
      name: string,
      value: Value,
      reason: string,
    ): void => {
      result[measure][name] = value;
      if (value === null) result.undefinedValues[`${measure}.${name}`] = reason;
    };
    for (const { name, at } of prepared.labels) {
      put('varianceExplained', name, shares[at].weighted, why);
      put('varianceExplainedByUnitMean', name, shares[at].unitMean, why);
    }
    for (const { name, at, reason } of prepared.joint) {
      put(
        'varianceExplainedJoint',
        name,
        at === null ? null : shares[at].weighted,
        at === null ? reason : why,
      );
    }
    for (const { name, all, others } of prepared.unique) {
      const together = shares[all].weighted;
      const without = shares[others].weighted;
      const value = together === null || without === null ? null : together - without;
      put('varianceExplainedUnique', name, value, why);
    }
    return result;
  });
}

function stimuli(labels: readonly Label[]): number {
  return labels.length > 0 ? labels[0].values.length / labels[0].width : 0;
}
