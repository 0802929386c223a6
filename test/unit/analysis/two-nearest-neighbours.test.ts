import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/analysis/rdm/nearest';
import { rdm } from '../../../src/analysis/rdm/rdm';
import { someRows } from '../../../src/analysis/some-rows';
import { dimensionOf, twoNearestNeighbours } from '../../../src/analysis/two-nearest-neighbours';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';

/** Points in a cube, turned into a space of twice as many dimensions. */
function cube(dimensions: number, count: number): Matrix<Float64Array> {
  const draw = stream('test', 'cube', dimensions);
  const cols = 2 * dimensions;
  const turn = Array.from({ length: dimensions * cols }, () => draw.normal());
  const data = new Float64Array(count * cols);
  for (let i = 0; i < count; i++)
    for (let d = 0; d < dimensions; d++) {
      const at = draw.uniform();
      for (let j = 0; j < cols; j++) data[i * cols + j] += at * turn[d * cols + j];
    }
  return { rows: count, cols, data };
}

const line = (...data: number[]): Matrix<Float64Array> => ({
  rows: data.length,
  cols: 1,
  data: Float64Array.from(data),
});

describe('the dimension by two nearest neighbours', () => {
  it.each([1, 2, 3, 5])('is about %i of a cube of as many dimensions', (dimensions) => {
    const { dimension, leftOut } = twoNearestNeighbours(cube(dimensions, 1500));
    // Three standard errors, and the edges of a cube.
    expect(Math.abs((dimension ?? NaN) / dimensions - 1)).toBeLessThan(
      3 / Math.sqrt(1500) + 0.02 * dimensions,
    );
    expect(leftOut).toBe(0);
  });

  it('does not change with scale or origin', () => {
    const { rows, cols, data } = cube(2, 60);
    const found = twoNearestNeighbours({ rows, cols, data }).dimension ?? NaN;
    const moved = data.map((value) => 1e3 * value - 50);
    expect(twoNearestNeighbours({ rows, cols, data: moved }).dimension).toBeCloseTo(found, 8);
  });

  it('leaves out stimuli that lie on another one, and counts them', () => {
    const points = Array.from({ length: 12 }, (_, i) => 1.3 ** i);
    const { dimension } = twoNearestNeighbours(line(...points));
    // Far from all others, so that it is nobody's neighbour.
    const doubled = twoNearestNeighbours(line(...points, 1e4, 1e4));
    expect(doubled.leftOut).toBe(2);
    expect(doubled.dimension).toBeCloseTo(dimension ?? NaN, 10);
  });

  it('is none, with its reason, of few stimuli, of equal ones and on a grid', () => {
    expect(twoNearestNeighbours(line(1, 2)).reason).toContain('Fewer than 10');
    const equal = twoNearestNeighbours(line(...new Array<number>(20).fill(3)));
    expect(equal).toMatchObject({ dimension: null, leftOut: 20 });
    expect(equal.reason).toContain('Fewer than 10');
    const circle = Array.from({ length: 24 }, (_, i) => [
      Math.cos((i * Math.PI) / 12),
      Math.sin((i * Math.PI) / 12),
    ]);
    const grid = twoNearestNeighbours({ rows: 24, cols: 2, data: Float64Array.from(circle.flat()) });
    expect(grid).toMatchObject({ dimension: null, leftOut: 0 });
    expect(grid.reason).toContain('at one distance');
    expect(twoNearestNeighbours({ rows: 0, cols: 3, data: new Float64Array(0) }).dimension).toBeNull();
  });
});

describe('the dimension of points that are nowhere', () => {
  it.each([NaN, Infinity])('is refused with the point: %d', (wrong) => {
    const { rows, cols, data } = cube(2, 20);
    const damaged = data.with(7 * cols + 1, wrong);
    expect(() => twoNearestNeighbours({ rows, cols, data: damaged })).toThrow(
      'Point 7 has a coordinate that is no finite number.',
    );
  });
});

describe('some rows', () => {
  it('are the same of matrices of as many rows, in their order, and all where there are few', () => {
    const rows = Float32Array.from({ length: 40 }, (_, at) => at);
    const some = someRows({ rows: 20, cols: 2, data: rows }, 8, 'test');
    const firsts = Array.from({ length: 8 }, (_, row) => some.data[2 * row]);
    expect([some.rows, some.cols, some.data.length]).toEqual([8, 2, 16]);
    expect(firsts).toEqual([...new Set(firsts)].sort((a, b) => a - b));
    expect(firsts.map((first, row) => some.data[2 * row + 1] - first)).toEqual(new Array(8).fill(1));
    const single = someRows({ rows: 20, cols: 1, data: rows.subarray(0, 20) }, 8, 'test');
    expect([...single.data]).toEqual(firsts.map((first) => first / 2));
    const whole = { rows: 8, cols: 1, data: rows.subarray(0, 8) };
    expect(someRows(whole, 8, 'test')).toBe(whole);
  });
});

describe('the nearest of points', () => {
  // More than are made at once, and not a multiple of any lanes.
  const points = cube(3, 199);

  it('are the smallest distances of each, by the bits of the RDM, and the pairs that have them', () => {
    const [n, count] = [points.rows, 4];
    const found = nearest(points, count);
    const { distances, rounding } = rdm(points, 'squaredEuclidean');
    const rows = Array.from({ length: n }, (): number[] => []);
    let at = 0;
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++, at++) {
        rows[i].push(distances[at]);
        rows[j].push(distances[at]);
      }
    const smallest = rows.map((row) => row.sort((a, b) => a - b).slice(0, count));
    expect([...found.smallest]).toEqual(smallest.flat());
    expect(found.largest).toBe(distances.reduce((a, b) => Math.max(a, b)));
    expect(found.rounding).toBe(rounding);
    const bars = smallest.map((row) => row[count - 1] + rounding);
    const pairs: number[] = [];
    const near: number[] = [];
    at = 0;
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++, at++)
        if (distances[at] <= bars[i] || distances[at] <= bars[j]) {
          pairs.push(i, j);
          near.push(distances[at]);
        }
    expect([...found.pairs]).toEqual(pairs);
    expect([...found.distances]).toEqual(near);
  });

  it('say the same dimension, however many of each are found', () => {
    expect(dimensionOf(nearest(points, 10))).toEqual(twoNearestNeighbours(points));
  });

  it('are all at one place without coordinates, and infinitely far where there are no others', () => {
    const none = nearest({ rows: 3, cols: 0, data: new Float64Array(0) }, 1);
    expect([...none.smallest]).toEqual([0, 0, 0]);
    expect(none.largest).toBe(0);
    expect([...nearest(line(1, 2), 2).smallest]).toEqual([1, Infinity, 1, Infinity]);
    expect(nearest(line(), 2).pairs).toHaveLength(0);
  });
});
