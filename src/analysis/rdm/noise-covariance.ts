import type { Matrix } from '../../core/matrix';
import { gram, transpose } from '../../numerics/products';

/** What the sample covariance becomes: as it is, its diagonal alone, or shrunk to the diagonal or to a multiple of the identity. */
export const shrinkages = ['diagonal-target', 'identity-target', 'diagonal', 'full'] as const;
export type Shrinkage = (typeof shrinkages)[number];

/**
 * Covariance of noise, n − 1 degrees of freedom. Shrunk to its diagonal as by Schäfer & Strimmer 2005 (Statistical Applications in Genetics
 * and Molecular Biology 4:32), to a multiple of the identity as by Ledoit & Wolf 2004 (Journal of Multivariate Analysis 88, 365–411).
 *
 * @param residuals samples × units; their mean is taken off
 * @returns units × units
 */
export function noiseCovariance(residuals: Matrix<Float64Array>, shrinkage: Shrinkage): Matrix<Float64Array> {
  const units = centred(residuals);
  const { rows: p, cols: n } = units;
  const sums = gram(units).data;
  const covariance = sums.map((sum) => sum / (n - 1));
  if (shrinkage === 'diagonal') shrinkTo(covariance, p, 1);
  if (shrinkage === 'diagonal-target') shrinkTo(covariance, p, weightOfDiagonal(units, sums));
  if (shrinkage === 'identity-target') towardsIdentity(covariance, units, sums);
  return { rows: p, cols: p, data: covariance };
}

/** Units × samples, without their means. */
function centred(residuals: Matrix<Float64Array>): Matrix<Float64Array> {
  const units = transpose(residuals);
  for (let unit = 0; unit < units.rows; unit++) {
    const line = units.data.subarray(unit * units.cols, (unit + 1) * units.cols);
    const mean = line.reduce((sum, value) => sum + value, 0) / line.length;
    for (let i = 0; i < line.length; i++) line[i] -= mean;
  }
  return units;
}

/** Takes a share of what is beside the diagonal off. */
function shrinkTo(covariance: Float64Array, p: number, weight: number): void {
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) if (i !== j) covariance[i * p + j] *= 1 - weight;
}

/** How far correlations are noise: the sum of their variances over the sum of their squares. */
function weightOfDiagonal(units: Matrix<Float64Array>, sums: Float64Array): number {
  const { rows: p, cols: n } = units;
  const squares = gram(squared(units)).data;
  let [noise, signal] = [0, 0];
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) {
      const scale = (sums[i * p + i] * sums[j * p + j]) / (n - 1) ** 2;
      if (i === j || scale === 0) continue;
      const mean = sums[i * p + j] / (n - 1) / Math.sqrt(scale);
      const meanSquare = squares[i * p + j] / (n - 1) / scale;
      noise += (n / (n - 1) ** 2) * (meanSquare - mean * mean);
      signal += mean * mean;
    }
  return signal === 0 ? 1 : Math.max(0, Math.min(1, noise / signal));
}

function towardsIdentity(covariance: Float64Array, units: Matrix<Float64Array>, sums: Float64Array): void {
  const { rows: p, cols: n } = units;
  const squares = gram(squared(units)).data;
  let mean = 0;
  for (let i = 0; i < p; i++) mean += sums[i * p + i] / n / p;
  let [spread, noise] = [0, 0];
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) {
      const sample = sums[i * p + j] / n;
      spread += (sample - (i === j ? mean : 0)) ** 2;
      noise += (squares[i * p + j] / n - sample * sample) / n;
    }
  const weight = spread === 0 ? 0 : Math.min(spread, noise) / spread;
  shrinkTo(covariance, p, weight);
  for (let i = 0; i < p; i++) {
    const at = i * p + i;
    covariance[at] = (1 - weight) * covariance[at] + (weight * mean * n) / (n - 1);
  }
}

function squared({ rows, cols, data }: Matrix<Float64Array>): Matrix<Float64Array> {
  return { rows, cols, data: data.map((value) => value * value) };
}
