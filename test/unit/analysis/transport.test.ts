import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';
import { transport } from '../../../src/numerics/transport';

/** The most of all ways to give each row a column of its own. */
function best({ rows, cols, data }: Matrix<Float64Array>, row = 0, taken = 0): number {
  if (row === rows) return 0;
  let most = -Infinity;
  for (let j = 0; j < cols; j++)
    if ((taken & (1 << j)) === 0)
      most = Math.max(most, data[row * cols + j] + best({ rows, cols, data }, row + 1, taken | (1 << j)));
  return most;
}

/** Each row so many times, each column so many times. */
function repeated(
  { rows, cols, data }: Matrix<Float64Array>,
  supply: number,
  demand: number,
): Matrix<Float64Array> {
  const [height, width] = [rows * supply, cols * demand];
  const all = new Float64Array(height * width).map(
    (_, at) => data[Math.floor(Math.floor(at / width) / supply) * cols + Math.floor((at % width) / demand)],
  );
  return { rows: height, cols: width, data: all };
}

/** Random worths; `steps` of them where there are ties. */
function worths(name: string, rows: number, cols: number, steps: number): Matrix<Float64Array> {
  const random = stream('worths', name, rows, cols);
  const data = new Float64Array(rows * cols).map(() =>
    steps > 0 ? random.below(steps) / steps : random.normal(),
  );
  return { rows, cols, data };
}

describe('what can be had of worths', () => {
  const draws = Array.from({ length: 60 }, (_, draw) => ({ draw, steps: [0, 2, 4][draw % 3] }));

  it.each([
    [1, 1],
    [1, 5],
    [4, 4],
    [6, 6],
    [3, 7],
  ])('is the best of all assignments, %d rows to %d columns, ties among them', (rows, cols) => {
    for (const { draw, steps } of draws) {
      const worth = worths(`one ${draw}`, rows, cols, steps);
      expect(transport(worth, 1, 1)).toBeCloseTo(best(worth), 12);
    }
  });

  it.each([
    [2, 3, 3, 2],
    [3, 2, 2, 3],
    [2, 4, 2, 1],
    [3, 3, 2, 2],
    [2, 3, 2, 2],
  ])(
    'is that of rows and columns written out, %d × %d, supply %d, demand %d',
    (rows, cols, supply, demand) => {
      for (const { draw, steps } of draws.slice(0, 12)) {
        const worth = worths(`many ${draw}`, rows, cols, steps);
        expect(transport(worth, supply, demand)).toBeCloseTo(best(repeated(worth, supply, demand)), 12);
      }
    },
  );

  it('does not depend on the order of rows and columns', () => {
    const worth = worths('large', 60, 80, 0);
    const random = stream('order of rows and columns');
    const [down, across] = [random.permutation(60), random.permutation(80)];
    const moved = worth.data.map((_, at) => worth.data[down[Math.floor(at / 80)] * 80 + across[at % 80]]);
    expect(transport({ ...worth, data: moved }, 1, 1)).toBeCloseTo(transport(worth, 1, 1), 10);
    expect(() => transport(worths('tall', 3, 2, 0), 1, 1)).toThrow(RangeError);
  });
});
