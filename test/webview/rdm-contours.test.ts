import { describe, expect, it } from 'vitest';
import { drawCells } from '../../webview/src/charts/cells';
import type { Pen } from '../../webview/src/charts/pen';
import type { LabelColumn } from '../../webview/src/labels';
import { contourOptions, contoursOf } from '../../webview/src/panels/rdm-contours';
import { blocksOf } from '../../webview/src/panels/rsa-rdms';
import { printTheme } from '../../webview/src/theme';

// Distances of places on a line, in the order in which they are drawn.
const places = [0, 1, 3, 7, 15];
const values = places.map((a) => places.map((b) => Math.abs(a - b)));
const stimuli = [4, 2, 0, 1, 3];
const column = (name: string, classes: string[] | null, numbers: number[]): LabelColumn => ({
  ...{ name, source: 'feature', classes },
  values: Float32Array.from(numbers),
});
const columns = [column('colour', ['red', 'blue'], [0, 1, 0, 1, 0]), column('size', null, [1, 2, 3, 4, 5])];
const outlinedBy = (chosen: string): string[] =>
  values.map((row, at) =>
    row
      .map((_, other) =>
        contoursOf(chosen, values, stimuli, columns)?.outlined(at, other) === true ? '#' : '.',
      )
      .join(''),
  );

describe('lines between blocks of an RDM', () => {
  it('are of as many labels as leave cells to be seen', () => {
    const all = Array.from({ length: 100 }, (_, at) => at);
    const ten = Array.from({ length: 10 }, (_, at) => String(at));
    const labels = [
      column(
        'colour',
        ten,
        all.map((at) => Math.floor(at / 10)),
      ),
      column(
        'shape',
        ten,
        all.map((at) => at % 10),
      ),
    ];
    const named = (keys: readonly LabelColumn[], of = all): string[] =>
      blocksOf(keys, of).map(({ name }) => name);
    expect(named(labels)).toEqual(['colour']);
    expect(named(labels, all.slice(0, 20))).toEqual(['colour', 'shape']);
    expect(named([column('each', all.map(String), all), ...labels])).toEqual([]);
    expect(named([columns[1], ...labels], [0, 1, 2])).toEqual([]);
  });
});

describe('contours of an RDM', () => {
  it('are around pairs that are alike in a label, as stimuli stand', () => {
    expect(outlinedBy('colour')).toEqual(['###..', '###..', '###..', '...##', '...##']);
    expect(contoursOf('colour', values, stimuli, columns)?.text).toBe(' Outlined: pairs alike in colour.');
  });

  it('are around the nearest or the farthest quarter of pairs', () => {
    // Of 1 2 3 4 6 7 8 12 14 15.
    expect(outlinedBy('(nearest)')).toEqual(['###..', '###..', '###..', '...#.', '....#']);
    expect(contoursOf('(nearest)', values, stimuli, columns)?.text).toContain('of distances up to 3');
    expect(outlinedBy('(farthest)')).toEqual(['....#', '....#', '....#', '.....', '###..']);
    const gaps = values.map((row) => row.map((value) => (value === 15 ? null : value)));
    expect(contoursOf('(farthest)', gaps, stimuli, columns)?.outlined(0, 4)).toBe(false);
    expect(contoursOf('(nearest)', [[0]], [0], columns)).toBeUndefined();
  });

  it('are around nothing where none are chosen, and of no label of real numbers', () => {
    expect(contoursOf('', values, stimuli, columns)).toBeUndefined();
    expect(contourOptions(columns).map(({ value }) => value)).toEqual([
      '',
      '(nearest)',
      '(farthest)',
      'colour',
    ]);
  });

  it('are drawn where what is outlined ends, as long lines', () => {
    const drawn: { points: number[]; width?: number }[] = [];
    const pen = new Proxy({} as Pen, {
      get: (_, name) => (points: number[], stroke: { width?: number }) => {
        if (name === 'segments') drawn.push({ points, ...stroke });
      },
    });
    const contours = contoursOf('colour', values, stimuli, columns);
    const cells = {
      ...({ kind: 'cells', values, borders: { rows: [], columns: [] }, says: () => [] } as const),
      outlined: contours?.outlined,
    };
    const scale = { range: [0, 15], diverging: false, measure: '', undefinedValues: false } as const;
    const box = { left: 0, top: 0, width: 50, height: 50 };
    drawCells(
      pen,
      { ...cells, outlined: cells.outlined ?? (() => false) },
      scale,
      box,
      printTheme({ font: 'sans-serif' }),
    );
    // Around both blocks: where they meet, one line across and one down.
    const across = [...[0, 0, 30, 0], ...[0, 30, 50, 30], ...[30, 50, 50, 50]];
    const lines = [...across, ...[0, 0, 0, 30], ...[30, 0, 30, 50], ...[50, 30, 50, 50]];
    expect(drawn.map(({ points }) => points)).toEqual([lines]);
    expect(drawn.map(({ width }) => width)).toEqual([3]);
  });
});
