import { describe, expect, it } from 'vitest';
import { UnitPanels, packLines, withWorkspace } from '../../../src/numerics/unit-panels';
import type { Matrix } from '../../../src/core/matrix';
import { stream } from '../../../src/core/stream';

const random = stream('unit panels');

function layer(rows: number, cols: number, wide = false): Matrix {
  const numbers = Float32Array.from({ length: rows * cols }, () => 3 + random.normal());
  return { rows, cols, data: wide ? Float64Array.from(numbers) : numbers };
}

/** Units × stimuli about their means, the plain way. */
function centred({ rows, cols, data }: Matrix): number[][] {
  return Array.from({ length: cols }, (_, u) => {
    const values = Array.from({ length: rows }, (__, i) => data[i * cols + u]);
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    return values.map((value) => value - mean);
  });
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Within and beyond one block of stimuli (128), of rows (256 units), and with units that fill no panel. */
const sizes = [
  [1, 1],
  [2, 5],
  [9, 4],
  [128, 3],
  [131, 7],
  [300, 10],
  [257, 262],
] as const;

describe('units in panels', () => {
  it.each(sizes)('%i stimuli × %i units: all products are those of the centred units', (rows, cols) => {
    for (const wide of [false, true]) {
      const matrix = layer(rows, cols, wide);
      const units = centred(matrix);
      const lines = layer(5, rows, true) as Matrix<Float64Array>;
      const directions = layer(13, cols, true) as Matrix<Float64Array>;
      const groups = Uint32Array.from({ length: rows }, (_, i) => (i * 7) % 3);
      const near = (found: number, wanted: number, place: string): void => {
        // Said only where it is so: there are a hundred thousand of them.
        if (!(Math.abs(found - wanted) < 5e-10)) expect(found, place).toBeCloseTo(wanted, 9);
      };
      withWorkspace((workspace) => {
        const panels = new UnitPanels(workspace, matrix);
        const gram = panels.upperGram().data;
        const products = panels.products(packLines(lines)).data;
        const sums = panels.groupSums(groups, 3);
        const scores = panels.project(directions).data;
        for (let u = 0; u < cols; u++) {
          near(panels.squares[u], dot(units[u], units[u]), `square of ${u}`);
          for (let v = u; v < cols; v++)
            near(gram[u * cols + v], dot(units[u], units[v]), `product of ${u} and ${v}`);
          for (let k = 0; k < 5; k++) {
            const line = Array.from(lines.data.subarray(k * rows, (k + 1) * rows));
            near(products[k * cols + u], dot(line, units[u]), `unit ${u}, line ${k}`);
          }
          for (let g = 0; g < 3; g++) {
            const own = units[u].filter((_, i) => groups[i] === g).reduce((sum, value) => sum + value, 0);
            near(sums[g * cols + u], own, `unit ${u}, group ${g}`);
          }
        }
        for (let i = 0; i < rows; i++)
          for (let k = 0; k < 13; k++) {
            const direction = Array.from(directions.data.subarray(k * cols, (k + 1) * cols));
            const stimulus = units.map((unit) => unit[i]);
            near(scores[i * 13 + k], dot(direction, stimulus), `stimulus ${i}, direction ${k}`);
          }
      });
    }
  });

  it('constant units are exactly 0, whatever was in the memory before', () => {
    const broken = layer(200, 9);
    broken.data.fill(NaN);
    withWorkspace((workspace) => new UnitPanels(workspace, broken).upperGram());
    const matrix = layer(200, 9);
    for (let i = 0; i < 200; i++) matrix.data[i * 9 + 4] = 0.1;
    withWorkspace((workspace) => {
      const panels = new UnitPanels(workspace, matrix);
      expect(panels.squares[4]).toBe(0);
      expect(panels.means[4]).toBe(Math.fround(0.1));
      const { data } = panels.upperGram();
      for (let u = 0; u <= 4; u++) expect(data[u * 9 + 4]).toBe(0);
      expect(data.every(Number.isFinite)).toBe(true);
      const direction = { rows: 1, cols: 9, data: new Float64Array(9).fill(1) };
      expect(panels.project(direction).data.every(Number.isFinite)).toBe(true);
    });
  });

  it('refuses lines and directions of another length', () => {
    withWorkspace((workspace) => {
      const panels = new UnitPanels(workspace, layer(6, 3));
      const other = { rows: 1, cols: 5, data: new Float64Array(5) };
      expect(() => panels.products(packLines(other))).toThrow(RangeError);
      expect(() => panels.project(other)).toThrow(RangeError);
    });
  });
});
