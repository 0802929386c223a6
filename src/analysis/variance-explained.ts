import type { Matrix } from '../protocol/matrix';
import type { Value } from '../protocol/results';
import { type Groups, matrixDesign } from './design';
import { type LeastSquares, leastSquares } from './linalg/least-squares';
import { multiplyTransposed } from './linalg/products';

/** Units of one or more layers, centred, units first: what every regression of a replicate works on. */
export interface CentredUnits {
  /** Units × fit stimuli, centred on the fit set's means. */
  readonly fit: Matrix<Float64Array>;
  /** Units × test stimuli, centred on the test set's means. */
  readonly test: Matrix<Float64Array>;
  /** Fit mean − test mean, by unit. */
  readonly shift: Float64Array;
  /** Sum of squares on the test set about its mean, by unit. */
  readonly total: Float64Array;
  /** 1 for units that have the same value for every test stimulus. */
  readonly constant: Uint8Array;
}

export type Predictor =
  | { readonly kind: 'groups'; readonly groups: Groups; readonly indicators: Indicators | null }
  | { readonly kind: 'linear'; readonly regression: LeastSquares };

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

export interface VarianceExplained {
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
  const units = centreUnits([fitActivations], [testActivations]);
  const predictor: Predictor = { kind: 'linear', regression: leastSquares(design.fit, design.test) };
  return shareExplained(units, residualSums([predictor], units)[0], 0, fitActivations.cols);
}

/** Centres the layers' activations (each stimuli × units), one layer's units after the other's. */
export function centreUnits(fitLayers: readonly Matrix[], testLayers: readonly Matrix[]): CentredUnits {
  const fit = centreRows(fitLayers);
  const test = centreRows(testLayers);
  const units = test.means.length;
  if (fit.means.length !== units)
    throw new RangeError('The fit and the test activations differ in their units.');
  const shift = new Float64Array(units);
  const total = new Float64Array(units);
  const { cols, data } = test.centred;
  for (let u = 0; u < units; u++) {
    shift[u] = fit.means[u] - test.means[u];
    let sum = 0;
    for (let i = u * cols; i < (u + 1) * cols; i++) sum += data[i] * data[i];
    total[u] = sum;
  }
  return { fit: fit.centred, test: test.centred, shift, total, constant: test.constant };
}

function centreRows(layers: readonly Matrix[]): {
  centred: Matrix<Float64Array>;
  means: Float64Array;
  constant: Uint8Array;
} {
  const rows = layers[0]?.rows ?? 0;
  const units = layers.reduce((sum, layer) => sum + layer.cols, 0);
  const data = new Float64Array(units * rows);
  let first = 0;
  for (const layer of layers) {
    if (layer.rows !== rows) throw new RangeError('Layers differ in their stimuli.');
    const source = layer.data;
    // Bands of 16 stimuli, so that what one cache line holds of a unit is written together.
    for (let start = 0; start < rows; start += 16) {
      const end = Math.min(start + 16, rows);
      for (let u = 0; u < layer.cols; u++) {
        const at = (first + u) * rows;
        for (let i = start; i < end; i++) data[at + i] = source[i * layer.cols + u];
      }
    }
    first += layer.cols;
  }
  const means = new Float64Array(units);
  const constant = new Uint8Array(units);
  for (let u = 0; u < units; u++) {
    const at = u * rows;
    let sum = 0;
    let low = Infinity;
    let high = -Infinity;
    for (let i = at; i < at + rows; i++) {
      const value = data[i];
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    // Compared, not computed: the mean of equal numbers can differ from them by rounding.
    constant[u] = low === high ? 1 : 0;
    const mean = low === high ? low : sum / rows;
    means[u] = mean;
    for (let i = at; i < at + rows; i++) data[i] -= mean;
  }
  return { centred: { rows: units, cols: rows, data }, means, constant };
}

/** For each predictor, the sum over test stimuli of (prediction − φ)² of every unit. */
export function residualSums(predictors: readonly Predictor[], units: CentredUnits): Float64Array[] {
  // All regressions and groups in one product: their bases, and their operators, one under the other.
  const rows = predictors.map((predictor) => {
    if (predictor.kind === 'groups') return predictor.indicators;
    return { fit: predictor.regression.basis, test: predictor.regression.operator };
  });
  const present = rows.filter((pair) => pair !== null);
  const fitProducts = multiplyTransposed(
    stack(
      present.map(({ fit }) => fit),
      units.fit.cols,
    ),
    units.fit,
  );
  const testProducts = multiplyTransposed(
    stack(
      present.map(({ test }) => test),
      units.test.cols,
    ),
    units.test,
  );
  let fitRow = 0;
  let testRow = 0;
  return predictors.map((predictor, p) => {
    const pair = rows[p];
    const fit = rowsFrom(fitProducts, fitRow);
    const test = rowsFrom(testProducts, testRow);
    fitRow += pair?.fit.rows ?? 0;
    testRow += pair?.test.rows ?? 0;
    if (predictor.kind === 'linear') return linearResiduals(predictor.regression.operator, fit, test, units);
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
  operator: Matrix<Float64Array>,
  coefficients: Float64Array,
  products: Float64Array,
  units: CentredUnits,
): Float64Array {
  const rank = operator.rows;
  const m = operator.cols;
  const n = units.total.length;
  const gram = multiplyTransposed(operator, operator).data;
  const sums = new Float64Array(n);
  for (let u = 0; u < n; u++) sums[u] = units.total[u] + m * units.shift[u] * units.shift[u];
  for (let k = 0; k < rank; k++) {
    const at = k * n;
    let operatorSum = 0;
    for (let i = k * m; i < (k + 1) * m; i++) operatorSum += operator.data[i];
    for (let u = 0; u < n; u++) {
      const c = coefficients[at + u];
      sums[u] += c * (2 * units.shift[u] * operatorSum - 2 * products[at + u] + c * gram[k * rank + k]);
    }
    for (let j = 0; j < k; j++) {
      const g = 2 * gram[k * rank + j];
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
  const n = units.total.length;
  const sums = (groups: Int32Array, { data, cols }: Matrix<Float64Array>, rows: number): Float64Array => {
    const out = new Float64Array(rows * n);
    const own = new Float64Array(rows);
    for (let u = 0; u < n; u++) {
      own.fill(0);
      for (let i = 0; i < cols; i++) own[groups[i] < 0 ? count : groups[i]] += data[u * cols + i];
      for (let g = 0; g < rows; g++) out[g * n + u] = own[g];
    }
    return out;
  };
  return { fit: sums(fit, units.fit, count), test: sums(test, units.test, count + 1) };
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

/** R² of the units [first, first + count), from the residual sums of all. */
export function shareExplained(
  units: CentredUnits,
  residuals: Float64Array,
  first: number,
  count: number,
): VarianceExplained {
  const perUnit = new Float64Array(count);
  const constantUnits: number[] = [];
  let residual = 0;
  let total = 0;
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const u = first + k;
    residual += residuals[u];
    if (units.constant[u]) {
      constantUnits.push(k);
      perUnit[k] = NaN;
      continue;
    }
    total += units.total[u];
    perUnit[k] = 1 - residuals[u] / units.total[u];
    sum += perUnit[k];
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
