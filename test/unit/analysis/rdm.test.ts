import { describe, expect, it } from 'vitest';
import { conditionMeans } from '../../../src/analysis/rdm/condition-means';
import { conditionsOf } from '../../../src/analysis/rdm/conditions';
import { conditionModelRdm, modelRdm } from '../../../src/analysis/rdm/model-rdm';
import { rdm, squareRdm } from '../../../src/analysis/rdm/rdm';
import { stream } from '../../../src/core/stream';
import { label } from './linalg-support/labels';

const metrics = ['squaredEuclidean', 'euclidean', 'correlation', 'cosine'] as const;

describe('RDMs', () => {
  it.each(metrics)(
    '%s: equal rows are at exactly 0, far from the origin too, and no distance is negative',
    (metric) => {
      const source = stream('rows');
      const n = 14;
      const p = 700;
      const data = Float32Array.from({ length: n * p }, () => 1e4 + source.normal());
      for (let i = 7; i < n; i++) data.copyWithin(i * p, (i - 7) * p, (i - 6) * p);
      const { distances } = rdm({ rows: n, cols: p, data }, metric);
      let at = 0;
      for (let i = 0; i < n; i++) {
        for (let j = i + 1; j < n; j++, at++) {
          if (j === i + 7) expect(distances[at]).toBe(0);
          else expect(distances[at]).toBeGreaterThan(0);
        }
      }
    },
  );

  it.each([
    [131, 3],
    [259, 130],
  ])('%i rows of %i: in stripes and blocks the same as pair by pair', (n, p) => {
    const source = stream('stripes');
    const data = Float32Array.from({ length: n * p }, () => source.normal());
    // A row that is nearly another one, and so is computed from the rows.
    for (let k = 0; k < p; k++) data[130 * p + k] = data[k] + (k === 1 ? 1e-4 : 0);
    const { distances } = rdm({ rows: n, cols: p, data }, 'euclidean');
    let at = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++, at++) {
        let sum = 0;
        for (let k = 0; k < p; k++) sum += (data[i * p + k] - data[j * p + k]) ** 2;
        expect(distances[at] / Math.sqrt(sum)).toBeCloseTo(1, 10);
      }
    }
    expect(at).toBe(distances.length);
  });

  it('rows that differ in their last bit alone keep their distance', () => {
    const x = new Float32Array([1, 2, 3, 1 + 2 ** -23, 2, 3, 50, 0, -7]);
    expect(rdm({ rows: 3, cols: 3, data: x }, 'euclidean').distances[0]).toBeCloseTo(2 ** -23, 20);
  });

  it('the square is symmetric with zeros on its diagonal, NaN where undefined', () => {
    const patterns = { rows: 3, cols: 2, data: new Float32Array([1, 0, 0, 0, 0, 2]) };
    expect(Array.from(squareRdm(rdm(patterns, 'squaredEuclidean')).data)).toEqual([
      0, 1, 5, 1, 0, 4, 5, 4, 0,
    ]);
    const cosine = squareRdm(rdm(patterns, 'cosine')).data;
    expect(Array.from(cosine)).toEqual([0, NaN, 1, NaN, NaN, NaN, 1, NaN, 0]);
  });

  it('one row, or none, has no pairs', () => {
    for (const metric of metrics) {
      expect(rdm({ rows: 1, cols: 2, data: new Float32Array([1, 2]) }, metric).distances).toHaveLength(0);
      expect(rdm({ rows: 0, cols: 2, data: new Float32Array(0) }, metric).distances).toHaveLength(0);
    }
  });
});

describe('model RDMs', () => {
  it('values differ or not, bits by Hamming, real ones by squared distance', () => {
    expect(Array.from(modelRdm(label('c', 'categorical', [0, 2, 2])).distances)).toEqual([1, 1, 0]);
    expect(Array.from(modelRdm(label('b', 'bits', [0, 0, 1, 1, 0, 1], 2)).distances)).toEqual([2, 1, 1]);
    expect(Array.from(modelRdm(label('r', 'real', [0, 0, 3, 4, 0, 4], 2)).distances)).toEqual([25, 16, 9]);
  });

  it('over conditions only for labels that have one value in each', () => {
    const of = [1, 0, 1, 2];
    const found = conditionModelRdm(label('e', 'binary', [1, 0, 1, 1]), of, 3);
    expect(found && Array.from(found.distances)).toEqual([1, 1, 0]);
    expect(conditionModelRdm(label('e', 'binary', [1, 0, 0, 1]), of, 3)).toBeNull();
  });
});

describe('conditions', () => {
  const easy = label('easy', 'binary', [1, 0, 1, 1, 0]);
  const shape = label('shape', 'categorical', [2, 0, 0, 2, 0]);

  it('are the combinations that occur, in the order of the values', () => {
    expect(conditionsOf([easy, shape])).toEqual({
      names: ['easy=false · shape=red', 'easy=true · shape=red', 'easy=true · shape=blue'],
      counts: [2, 1, 2],
      of: Uint16Array.from([2, 0, 1, 2, 0]),
    });
    expect(conditionsOf([label('b', 'bits', [1, 0, 0, 1, 1, 0], 2)]).names).toEqual(['b=01', 'b=10']);
  });

  it('need values', () => {
    expect(() => conditionsOf([label('r', 'real', [0.5])])).toThrow(RangeError);
    expect(() => conditionsOf([])).toThrow(RangeError);
  });

  it('have the means of their stimuli', () => {
    const activations = { rows: 3, cols: 2, data: new Float32Array([1, 2, 10, 20, 3, 6]) };
    expect(Array.from(conditionMeans(activations, [1, 0, 1], 2).data)).toEqual([10, 20, 2, 4]);
  });
});
