import { describe, expect, it } from 'vitest';
import { labelCorrelations, setResults, taskResults } from '../../../src/stimuli/describe-set';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { stimulusTable } from '../../../src/stimuli/stimulus-table';
import { valid } from '../experiment/files';
import {
  and,
  binary,
  bit,
  bits,
  build,
  categorical,
  categoryTask,
  gaussian,
  is,
  parity,
  pearson,
  task,
  valuesOf,
} from './builder';

const enumerated = (parts: Parameters<typeof build>[0], tasks: Parameters<typeof build>[1] = {}) =>
  drawStimuli(build(parts, { enumerate: 'all', ...tasks }));

describe('labelCorrelations', () => {
  it('are Pearson correlations of binary labels and bits, by name, in order', () => {
    const tasks = [
      task('same', is('e')),
      task('odd', parity(bit('h', 0), bit('h', 1))),
      task('never', and(is('e'), is('e', 0))),
    ];
    const { train } = drawStimuli(
      build([bits('h', 2), categorical('c', ['a', 'b', 'd']), binary('e'), gaussian('z')], { tasks }),
    );
    const { labels, matrix } = labelCorrelations(train);
    expect(labels).toEqual(['h[0]', 'h[1]', 'e', 'same', 'odd', 'never']);
    expect(matrix[2][3]).toBe(1);
    expect(matrix[0][0]).toBe(1);
    const h0 = Array.from({ length: 1000 }, (_, row) => valuesOf(train, 'h')[2 * row]);
    expect(matrix[0][4]).toBeCloseTo(pearson(h0, valuesOf(train, 'odd')), 12);
    expect(matrix[4][0]).toBe(matrix[0][4]);
    expect(matrix[5]).toEqual(new Array(6).fill(null));
  });

  it('are at most 64, tasks before bits', () => {
    const { train } = drawStimuli(build([binary('e'), bits('h', 100)], { tasks: [task('t', is('e'))] }));
    const { labels } = labelCorrelations(train);
    expect(labels).toHaveLength(64);
    expect([labels[0], labels[1], labels[62], labels[63]]).toEqual(['e', 'h[0]', 'h[61]', 't']);
  });
});

describe('setResults', () => {
  it('count stimuli and different rows', () => {
    const experiment = build([bits('h', 2), bits('latent', 1, { units: 0 })], { enumerate: 'all' });
    const sets = drawStimuli(experiment);
    expect(setResults(experiment, sets, sets.test)).toMatchObject({ count: 8, distinctRows: 4, inTrain: 8 });
  });
});

describe('taskResults', () => {
  it('give the share of true and the chance of the best guess', () => {
    const both = task('both', and(bit('h', 0), bit('h', 1)));
    const { test } = enumerated([bits('h', 2)], { tasks: [both] });
    expect(taskResults(both, test)).toEqual({
      formula: 'both',
      kind: 'binary',
      classes: ['false', 'true'],
      chance: 0.75,
      baseRate: 0.25,
    });
  });

  it('give the share of each class', () => {
    const colour = categoryTask('colour', 'c', ['a', 'b', 'd', 'f']);
    const { test } = enumerated([categorical('c', ['a', 'b', 'd', 'f'])], { tasks: [colour] });
    expect(taskResults(colour, test)).toMatchObject({ chance: 0.25, baseRate: [0.25, 0.25, 0.25, 0.25] });
    expect(() => taskResults(task('other', is('c')), test)).toThrow(RangeError);
  });
});

describe('stimulusTable', () => {
  it('lists labels by name and inputs by number', () => {
    const tasks = [task('odd', parity(bit('h', 0), bit('h', 1))), categoryTask('c', 'c', ['a', 'b', 'd'])];
    const { train, test } = enumerated([categorical('c', ['a', 'b', 'd']), bits('h', 2)], { tasks });
    const table = stimulusTable([train, test]);
    expect(table.header.join()).toBe(
      'set,index,c,h[0],h[1],odd,task c,input[0],input[1],input[2],input[3],input[4]',
    );
    const rows = [...table.rows];
    expect(rows).toHaveLength(24);
    expect(rows[6]).toEqual(['train', 6, 'b', 1, 0, 'true', 'b', 0, 1, 0, 1, 0]);
    expect(rows[12].slice(0, 3)).toEqual(['test', 0, 'a']);
    expect([...table.rows]).toEqual(rows);
  });

  it('has no two columns of a name where tokens of documents have a set of their own', () => {
    const documents = { reversals: { entities: 6, relations: 2, heldOut: 4, repeats: 2, affixes: 3 } };
    const { train, test } = drawStimuli(
      valid(
        JSON.stringify({
          stimuli: { documents },
          networks: { net: {} },
          analyses: { at: 'role == relation' },
        }),
      ),
    );
    const { header, rows } = stimulusTable([train, test]);
    expect(new Set(header).size).toBe(header.length);
    expect(header.slice(0, 5)).toEqual(['stimuli', 'index', 'token', 'position', 'set']);
    const [first] = rows;
    expect([first[0], first[4]]).toEqual(['train', 'train']);
  });
});
