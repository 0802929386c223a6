import { expect, it } from 'vitest';
import { sweepMaps } from '../../webview/src/charts/sweep-map';

const two = (values: (number | null)[][]) =>
  sweepMaps({
    maps: [{ title: 'net: easy', note: '', values }],
    across: { title: 'dropout', names: ['0', '0.1', '0.2'] },
    down: { title: 'depth', names: ['1', '2'] },
    measure: 'Variance explained',
  });

it('draws the greatest value of the setting that runs upwards in the topmost row, and says where a cell is', () => {
  const [{ plots }] = two([
    [1, 2, 3],
    [4, null, 6],
  ]).panels;
  const [mark] = plots[0].marks;
  if (mark.kind !== 'cells') throw new Error('These are no cells.');
  expect(mark.values).toEqual([
    [4, null, 6],
    [1, 2, 3],
  ]);
  expect(plots[0].y.names?.map(({ name }) => name)).toEqual(['2', '1']);
  expect(mark.says(0, 2)).toEqual(['net: easy', 'depth 2, dropout 0.2']);
});

it('has one scale for all, about zero where values lie below it', () => {
  expect(two([[0.2, 0.5, 0.1]]).scale).toMatchObject({
    range: [0, 0.5],
    diverging: false,
    undefinedValues: false,
  });
  expect(two([[-0.4, 0.2, null]]).scale).toMatchObject({
    range: [-0.4, 0.4],
    diverging: true,
    undefinedValues: true,
  });
});
