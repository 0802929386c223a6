import type { Matrix } from '../core/matrix';
import type { Value } from '../protocol/results';
import { type Groups, matrixDesign } from './design';
import { type LeastSquares, leastSquares } from '../numerics/least-squares';
import type { Workspace } from '../numerics/kernels/workspace';
import { gram } from '../numerics/products';
import { type PackedLines, UnitPanels, packLines, withWorkspace } from '../numerics/unit-panels';

/** The units of one layer, centred: what every regression of it works on. */
interface CentredUnits {
  /** Fit stimuli, about the fit set's means. */
  readonly fit: UnitPanels;
  /** Test stimuli, about the test set's means. */
  readonly test: UnitPanels;
  /** Fit mean − test mean, by unit. */
  readonly shift: Float64Array;
  /** Sum of squares on the test set about its mean, by unit. */
  readonly total: Float64Array;
}

export type Predictor = GroupPredictor | LinearPredictor;

interface GroupPredictor {
  readonly kind: 'groups';
  readonly groups: Groups;
  /** Null where there are too many groups. */
  readonly indicators: Indicators | null;
}

interface LinearPredictor {
  readonly kind: 'linear';
  readonly regression: LeastSquares;
  /** Products of all pairs of the operator's rows, rank × rank, and the sum of each row. */
  readonly gram: Float64Array;
  readonly sums: Float64Array;
}

/** Groups × stimuli, 1 where the stimulus belongs to the group; of the test set one row more, for those that the fit set lacks. */
interface Indicators {
  readonly fit: Matrix<Float64Array>;
  readonly test: Matrix<Float64Array>;
}

/** Sums over up to so many groups are cheaper as rows of a product than one by one. */
const FEW_GROUPS = 8;

/** Predicts the fit mean of the stimulus's group; the mean over all fit stimuli where the fit set lacks the group. */
export function groupPredictor(groups: Groups): Predictor {
  const { count, fit, test } = groups;
  const matrix = (rows: number, of: Int32Array): Matrix<Float64Array> => {
    const data = new Float64Array(rows * of.length);
    of.forEach((g, i) => (data[(g < 0 ? count : g) * of.length + i] = 1));
    return { rows, cols: of.length, data };
  };
  const indicators = count <= FEW_GROUPS ? { fit: matrix(count, fit), test: matrix(count + 1, test) } : null;
  return { kind: 'groups', groups, indicators };
}

export function linearPredictor(regression: LeastSquares): Predictor {
  const { rows, cols, data } = regression.operator;
  const sums = new Float64Array(rows);
  for (let k = 0; k < rows; k++) for (let i = k * cols; i < (k + 1) * cols; i++) sums[k] += data[i];
  return { kind: 'linear', regression, gram: gram(regression.operator).data, sums };
}

/** Predictors, and the lines that are multiplied with the units for all of them at once. */
export interface PreparedPredictors {
  readonly predictors: readonly Predictor[];
  readonly fit: PackedLines;
  readonly test: PackedLines;
}

/** All regressions and groups in one product: their bases, and their operators, one under the other. */
export function preparePredictors(
  predictors: readonly Predictor[],
  fitStimuli: number,
  testStimuli: number,
): PreparedPredictors {
  const lines = predictors.flatMap((predictor) => linesOf(predictor) ?? []);
  const stacked = (of: (pair: Indicators) => Matrix<Float64Array>, stimuli: number): PackedLines =>
    packLines(stack(lines.map(of), stimuli));
  return {
    predictors,
    fit: stacked(({ fit }) => fit, fitStimuli),
    test: stacked(({ test }) => test, testStimuli),
  };
}

/** The lines of one predictor: null where its groups are summed one by one. */
function linesOf(predictor: Predictor): Indicators | null {
  if (predictor.kind === 'groups') return predictor.indicators;
  return { fit: predictor.regression.basis, test: predictor.regression.operator };
}

interface VarianceExplained {
  /** 1 − Σ‖prediction − φ‖² / Σ‖φ − test mean‖² over all units; null where no unit varies or a number is not finite. */
  weighted: Value;
  /** Mean of `perUnit` over units that vary on the test set. */
  unitMean: Value;
  /** R² of each unit; NaN for constant units. */
  perUnit: Float64Array;
  /** Indices of units that are constant on the test set; `unitMean` leaves them out. */
  constantUnits: number[];
}

/**
 * Share of the units' variance on fresh stimuli that a design predicts: least squares with intercept on the fit set, scored on the
 * test set about the test set's own means. Negative values are kept.
 *
 * @param fitActivations fit stimuli × units
 * @param fitDesign fit stimuli × columns, without a column for the intercept
 * @param testActivations test stimuli × units
 * @param testDesign test stimuli × columns
 */
export function varianceExplained(
  fitActivations: Matrix,
  fitDesign: Matrix,
  testActivations: Matrix,
  testDesign: Matrix,
): VarianceExplained {
  const design = matrixDesign(fitDesign, testDesign);
  const predictor = linearPredictor(leastSquares(design.fit, design.test));
  const prepared = preparePredictors([predictor], fitActivations.rows, testActivations.rows);
  return withWorkspace((workspace) => {
    const units = centreUnits(workspace, fitActivations, testActivations);
    return shareExplained(units, residualSums(prepared, units)[0]);
  });
}

/** Centres a layer's activations, each stimuli × units, in a workspace that is to be kept until the shares are there. */
export function centreUnits(workspace: Workspace, fitLayer: Matrix, testLayer: Matrix): CentredUnits {
  if (fitLayer.cols !== testLayer.cols)
    throw new RangeError('The fit and the test activations differ in their units.');
  const fit = new UnitPanels(workspace, fitLayer);
  const test = new UnitPanels(workspace, testLayer);
  const shift = fit.means.map((mean, u) => mean - test.means[u]);
  return { fit, test, shift, total: test.squares };
}

/** For each predictor, the sum over test stimuli of (prediction − φ)² of every unit. */
export function residualSums(
  { predictors, ...lines }: PreparedPredictors,
  units: CentredUnits,
): Float64Array[] {
  const fitProducts = units.fit.products(lines.fit);
  const testProducts = units.test.products(lines.test);
  let fitRow = 0;
  let testRow = 0;
  return predictors.map((predictor) => {
    const pair = linesOf(predictor);
    const fit = rowsFrom(fitProducts, fitRow);
    const test = rowsFrom(testProducts, testRow);
    fitRow += pair?.fit.rows ?? 0;
    testRow += pair?.test.rows ?? 0;
    if (predictor.kind === 'linear') return linearResiduals(predictor, fit, test, units);
    const sums = pair ? { fit, test } : groupSums(predictor.groups, units);
    return groupResiduals(predictor.groups, sums, units);
  });
}

function rowsFrom({ cols, data }: Matrix<Float64Array>, row: number): Float64Array {
  return data.subarray(row * cols);
}

/**
 * Σ(Tc + shift − y)² = ‖Tc‖² + m·shift² + ‖y‖² + 2 shift·(1ᵀTc) − 2 cᵀTᵀy, as y sums to 0: the rounding this costs is of the order of
 * the total's, which is what R² is relative to.
 */
function linearResiduals(
  { regression: { operator }, gram: squares, sums: operatorSums }: LinearPredictor,
  coefficients: Float64Array,
  products: Float64Array,
  units: CentredUnits,
): Float64Array {
  const rank = operator.rows;
  const m = operator.cols;
  const n = units.total.length;
  const sums = new Float64Array(n);
  for (let u = 0; u < n; u++) sums[u] = units.total[u] + m * units.shift[u] * units.shift[u];
  for (let k = 0; k < rank; k++) {
    const at = k * n;
    for (let u = 0; u < n; u++) {
      const c = coefficients[at + u];
      sums[u] +=
        c * (2 * units.shift[u] * operatorSums[k] - 2 * products[at + u] + c * squares[k * rank + k]);
    }
    for (let j = 0; j < k; j++) {
      const g = 2 * squares[k * rank + j];
      const other = j * n;
      for (let u = 0; u < n; u++) sums[u] += g * coefficients[at + u] * coefficients[other + u];
    }
  }
  return sums;
}

/** Sums of every unit over each group: groups × units; of the test set one row more, for those that the fit set lacks. */
function groupSums(
  { count, fit, test }: Groups,
  units: CentredUnits,
): { fit: Float64Array; test: Float64Array } {
  const lacking = test.map((g) => (g < 0 ? count : g));
  return { fit: units.fit.groupSums(fit, count), test: units.test.groupSums(lacking, count + 1) };
}

function groupResiduals(
  { count, fit, test }: Groups,
  sums: { fit: Float64Array; test: Float64Array },
  { total, shift }: CentredUnits,
): Float64Array {
  const fitCounts = new Float64Array(count + 1);
  const testCounts = new Float64Array(count + 1);
  for (const g of fit) fitCounts[g]++;
  for (const g of test) testCounts[g < 0 ? count : g]++;
  const n = total.length;
  const residuals = total.slice();
  for (let g = 0; g <= count; g++) {
    for (let u = 0; u < n; u++) {
      const mean = fitCounts[g] > 0 ? sums.fit[g * n + u] / fitCounts[g] : 0;
      const prediction = mean + shift[u];
      residuals[u] += prediction * (testCounts[g] * prediction - 2 * sums.test[g * n + u]);
    }
  }
  return residuals;
}

/** R² of the units, from their residual sums. */
export function shareExplained({ total: totals }: CentredUnits, residuals: Float64Array): VarianceExplained {
  const count = totals.length;
  const perUnit = new Float64Array(count);
  const constantUnits: number[] = [];
  let residual = 0;
  let total = 0;
  let sum = 0;
  for (let u = 0; u < count; u++) {
    residual += residuals[u];
    // Exactly 0 for units that have one value for all test stimuli, and for no others.
    if (totals[u] === 0) {
      constantUnits.push(u);
      perUnit[u] = NaN;
      continue;
    }
    total += totals[u];
    perUnit[u] = 1 - residuals[u] / totals[u];
    sum += perUnit[u];
  }
  return {
    weighted: finite(1 - residual / total),
    unitMean: finite(sum / (count - constantUnits.length)),
    perUnit,
    constantUnits,
  };
}

function finite(value: number): Value {
  return Number.isFinite(value) ? value : null;
}

function stack(parts: readonly Matrix<Float64Array>[], cols: number): Matrix<Float64Array> {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const data = new Float64Array(rows * cols);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { rows, cols, data };
}
