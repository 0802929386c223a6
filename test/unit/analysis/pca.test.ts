import { describe, expect, it } from 'vitest';
import { pca, project } from '../../../src/analysis/pca';
import { pcaCorrelations, prepareLabels } from '../../../src/analysis/pca-correlation';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';
import { label } from './linalg-support/labels';

function random(rows: number, cols: number): Matrix<Float32Array> {
  const source = stream('pca', rows, cols);
  return { rows, cols, data: Float32Array.from({ length: rows * cols }, () => source.normal()) };
}

describe('PCA', () => {
  it('projects its own data onto its own scores', () => {
    for (const [n, p] of [
      [30, 8],
      [8, 30],
    ]) {
      const data = random(n, p);
      const found = pca(data, 5);
      project(found, data).data.forEach((value, k) => expect(value).toBeCloseTo(found.scores.data[k], 10));
    }
  });

  it('turns each loading so that its largest entry is positive, the first of tied ones', () => {
    const { loadings } = pca({ rows: 4, cols: 2, data: new Float32Array([1, -1, -1, 1, 2, -2, -2, 2]) }, 2);
    expect(loadings.data[0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(loadings.data[1]).toBeCloseTo(-Math.SQRT1_2, 12);
    const negated = pca({ rows: 4, cols: 2, data: new Float32Array([-1, 1, 1, -1, -2, 2, 2, -2]) }, 2);
    expect(negated.loadings.data[0]).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('of constant data has no components with variance', () => {
    const found = pca({ rows: 5, cols: 3, data: new Float32Array(15).fill(0.1) }, 3);
    expect(found.rank).toBe(0);
    expect(Array.from(found.explainedVarianceRatio)).toEqual([0, 0, 0]);
    expect(found.scores.data.every((value) => value === 0)).toBe(true);
    expect(found.loadings.data.every((value) => value === 0)).toBe(true);
    const { correlation, undefinedValues } = pcaCorrelations(
      prepareLabels([label('e', 'binary', [0, 1, 0, 1, 1])]),
      found,
    );
    expect(correlation).toEqual({ e: [null, null, null] });
    expect(undefinedValues['pca.correlation.e.0']).toBe('Component 1 has no variance.');
  });

  it('correlates components with labels: signed for binary ones, never for others', () => {
    const e = [0, 0, 1, 1];
    const data = { rows: 4, cols: 1, data: Float32Array.from(e, (value) => 3 - value) };
    const { correlation, undefinedValues } = pcaCorrelations(
      prepareLabels([
        label('e', 'binary', e),
        label('not e', 'binary', [1, 1, 0, 0]),
        label('c', 'categorical', [2, 2, 0, 0]),
        label('b', 'bits', [0, 0, 0, 1, 1, 0, 1, 1], 2),
        label('other', 'binary', [0, 1, 0, 1]),
        label('constant', 'binary', [1, 1, 1, 1]),
      ]),
      pca(data, 1),
    );
    expect(correlation.e[0]).toBeCloseTo(-1, 12);
    expect(correlation['not e'][0]).toBeCloseTo(1, 12);
    expect(correlation.c[0]).toBeCloseTo(1, 12);
    expect(correlation.b[0]).toBeCloseTo(1, 12);
    expect(correlation.other[0]).toBeCloseTo(0, 12);
    expect(correlation.constant).toEqual([null]);
    expect(undefinedValues).toEqual({
      'pca.correlation.constant.0': 'constant has the same value for all test stimuli.',
    });
  });
});
