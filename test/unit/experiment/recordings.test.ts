import { describe, expect, it } from 'vitest';
import type { ExperimentFile } from '../../../src/experiment/file';
import { fixesOf } from '../../../src/language/fixes/fixes';
import { patientOf } from '../../../src/language/fixes/fix';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { readExperiment } from '../../../src/sources/read-experiment';
import { replicatesOf } from '../../../src/experiment/replicates';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { baseRate } from '../../../src/stimuli/tasks/base-rate';
import { mutated } from './mutate';
import { broughtOf } from '../../support/brought';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const table = {
  image: ids,
  path: ids.map((id) => `${id}.png`),
  animate: ['yes', 'no', 'yes', 'no', 'yes', 'no', 'yes', 'no'],
  kind: ['tool', 'face', 'tool', 'house', 'tool', 'face', 'tool', 'house'],
  size: ['1.5', '-2', '3', '0', '1', '2', '3', '1e2'],
  new: ['0', '1', '1', '0', '0', '1', '1', '0'],
};
const rows = { image: ['b', 'a', 'a', 'c', 'd', 'e', 'f', 'g', 'x'], subject: [...'112111111'] };
const one = (shapes: Record<string, number[]>, as: string | null = null) => ({ as, shapes });
const files = broughtOf(
  {
    'things.csv': table,
    'wide.csv': Object.fromEntries([
      ['id', ids],
      ...Array.from({ length: 1024 }, (_, at) => [`c${at}`, ids] as const),
    ]),
    'rows.csv': rows,
    'twice.csv': { image: [...ids.slice(1), 'b'], n: [...'01010101'] },
  },
  {
    'it.npy': [one({ '': [8, 5] })],
    'nine.npy': [one({ '': [9, 5] })],
    'none.npy': [one({ '': [8, 0] })],
    'two.npy': [one({ '': [8, 2] })],
    'line.npy': [one({ '': [8] })],
    'conv.npz': [one({ conv1: [8, 2, 3], fc: [8, 4], ids: [8] })],
    'net-{seed}.npz': [one({ fc: [8, 4] }, '2'), one({ fc: [8, 4] }, '10')],
    'odd-{seed}.npz': [one({ fc: [8, 4] }, 'left'), one({ fc: [8, 3] }, 'right')],
    'conv.npz:fc': [one({ conv1: [8, 2, 3], fc: [8, 4] })],
    'conv.npz:x': [one({ fc: [8, 4] })],
    'uneven.npz': [one({ fc: [8, 4], other: [7, 4] })],
  },
);

const base = { stimuli: { table: 'things.csv', id: 'image' } };
type Some = Partial<ExperimentFile>;
const read = (changes: Some) => readExperiment(JSON.stringify({ ...base, ...changes }), undefined, { files });
const recording = (spec: object): Some => ({ recordings: { IT: spec as never } });
const good = (changes: Some) => {
  const { experiment, problems } = read(changes);
  if (!experiment) throw new Error(problems.map(({ message }) => message).join('\n'));
  return experiment;
};

it('recordings are refused by what is held of them at once, however many sites they have', () => {
  const stimuli = Array.from({ length: 10_000 }, (_, at) => `i${at}`);
  const sized = (sites: number, units: number): string[] => {
    const shapes = Object.fromEntries(
      Array.from({ length: sites }, (_, at) => [`layer${at}`, [stimuli.length, units]]),
    );
    const own = broughtOf({ 'many.csv': { image: stimuli } }, { 'net.h5': [one(shapes)] });
    const file = { stimuli: { table: 'many.csv' }, recordings: { net: { files: 'net.h5' } } };
    return readExperiment(JSON.stringify(file), undefined, { files: own }).problems.flatMap(
      ({ code, message }) => (code === 'too-large' ? [message] : []),
    );
  };
  expect(sized(12, 4096)).toEqual([]);
  expect(sized(1, 65_536)[0]).toContain("Recording 'net' would take about 9.8 GB of memory");
});

describe('stimuli of a table', () => {
  it('have its columns as features: numbers as they are, names as values in one order', () => {
    const { stimuli } = good(recording({ files: 'it.npy' }));
    expect(stimuli.features.map(({ name, kind, values }) => [name, kind, values])).toEqual([
      ['animate', 'binary', ['no', 'yes']],
      ['kind', 'categorical', ['face', 'house', 'tool']],
      ['size', 'real', []],
      ['new', 'binary', ['0', '1']],
    ]);
    expect(stimuli.table?.columns[1]).toEqual([2, 0, 2, 1, 2, 0, 2, 1]);
    expect(stimuli.table?.columns[2]).toEqual([1.5, -2, 3, 0, 1, 2, 3, 100]);
    const { problems } = read(recording({ files: 'it.npy' }));
    expect(problems.map(({ message }) => message)).toEqual([
      "Column 'path' of 'things.csv' has 8 different values and is no feature.",
    ]);
  });

  it('are divided among the sets, each once, and know their rows', () => {
    const experiment = good(recording({ files: 'it.npy' }));
    expect(experiment.stimuli.counts).toEqual({ train: 0, fit: 4, test: 4 });
    const { train, fit, test } = drawStimuli(experiment);
    expect([train.rows, fit.rows, test.rows].flatMap((all) => [...(all ?? [])]).sort()).toEqual([
      ...ids.keys(),
    ]);
    const [, , size] = test.features;
    expect([...size.values]).toEqual([...(test.rows ?? [])].map((row) => Number(table.size[row])));
  });

  it('train networks, and are divided as the file says', () => {
    const experiment = good({
      stimuli: { ...base.stimuli, test: 3 },
      tasks: { living: 'animate', big: 'size > 1' },
      networks: { net: {} },
    });
    expect(experiment.stimuli.counts).toEqual({ train: 3, fit: 2, test: 3 });
    const { test } = drawStimuli(experiment);
    expect(test.inputs.cols).toBe(1 + 3 + 1 + 1);
    expect([...test.tasks[1].values]).toEqual(
      [...(test.rows ?? [])].map((row) => Number(Number(table.size[row]) > 1)),
    );
  });

  it('have the base rates that the table has', () => {
    const experiment = good({ tasks: { big: 'size > 1' }, networks: { net: {} } });
    expect(baseRate(experiment, experiment.tasks[0], 'test')).toEqual({
      shares: [0.375, 0.625],
      how: 'table',
      samples: 0,
    });
  });

  it('are offered and mended by the names of their columns, which the text does not name', () => {
    const text = JSON.stringify({ ...base, tasks: { living: 'animat' }, networks: { net: {} } });
    const parsed = parseExperiment(text, files);
    expect(parsed.outline.features.get('kind')?.values).toEqual(['face', 'house', 'tool']);
    const problem = parsed.reading.problems.filter(({ severity }) => severity === 'error')[0];
    expect(fixesOf(patientOf(parsed), problem).map(({ title }) => title)).toContain("Change to 'animate'");
  });

  it('have the columns that are asked for', () => {
    const { stimuli } = good({
      stimuli: { ...base.stimuli, columns: ['kind'] },
      ...recording({ files: 'it.npy' }),
    });
    expect(stimuli.features.map(({ name }) => name)).toEqual(['kind']);
  });
});

it('answers mutated files with an experiment or a problem at its place, and never throws', () => {
  const start = JSON.stringify({
    stimuli: { ...base.stimuli, columns: ['animate', 'size'], fit: 4, test: 3 },
    recordings: { net: { files: 'net-{seed}.npz' }, IT: { files: { v: 'nine.npy' }, ids: 'rows.csv' } },
    analyses: { selectivity: { permutations: 100 } },
  });
  let valid = 0;
  for (let number = 0; number < 80; number++) {
    const text = mutated(number, [start]);
    const { experiment, problems } = readExperiment(text, undefined, { files });
    if (experiment) valid++;
    else expect(problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    for (const { range } of problems) expect(range.end.offset).toBeLessThanOrEqual(text.length);
  }
  expect(valid).toBeGreaterThan(0);
});

describe('recordings', () => {
  it('have the arrays of a file as sites, further dimensions as units', () => {
    const [it] = good(recording({ files: 'conv.npz' })).recordings ?? [];
    expect(it.sites).toEqual([
      { name: 'conv1', role: 'hidden', units: 6 },
      { name: 'fc', role: 'hidden', units: 4 },
    ]);
    expect(good(recording({ files: 'it.npy' })).recordings?.[0].sites).toEqual([
      { name: 'IT', role: 'hidden', units: 5 },
    ]);
    const named = good(recording({ files: { early: 'conv.npz:fc', late: 'it.npy' } }));
    expect(named.recordings?.[0].sites.map(({ name }) => name)).toEqual(['early', 'late']);
  });

  it('of few units are warned of, where the distance says nothing of them', () => {
    const { problems } = read(recording({ files: 'two.npy' }));
    expect(problems.map(({ message }) => message).join('\n')).toContain("In IT of recording 'IT'");
  });

  it('have the numbers in braces as seeds, in order', () => {
    const experiment = good({
      recordings: { net: { files: 'net-{seed}.npz' }, IT: { files: 'it.npy' } },
    });
    expect(replicatesOf(experiment).map(({ source, seed }) => `${source} ${seed}`)).toEqual([
      'net 2',
      'IT 0',
      'net 10',
    ]);
  });

  it('are joined by the names of stimuli: rows of one are averaged, those that one replicate lacks left out', () => {
    const { experiment, problems } = read(
      recording({ files: 'nine.npy', ids: 'rows.csv', replicates: 'subject' }),
    );
    // Subject 2 has a alone.
    expect(experiment).toBeNull();
    expect(problems.map(({ message }) => message)).toContain(
      "7 of the 8 stimuli are not in every replicate of recording 'IT' and left out: 'b', 'c', 'd', 'e', 'f' and 2 more.",
    );
    const alone = read(recording({ files: 'nine.npy', ids: 'rows.csv' }));
    expect(alone.experiment?.stimuli.table?.ids).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(alone.experiment?.recordings?.[0].replicates[0].rows).toEqual([
      [1, 2],
      [0],
      [3],
      [4],
      [5],
      [6],
      [7],
    ]);
    expect(alone.problems.map(({ message }) => message)).toContain(
      "1 stimuli of 'rows.csv' are not in the table and left out: 'x'.",
    );
  });

  it.each<[Some, string]>([
    [recording({ files: 'nowhere.npy' }), 'Cannot read nowhere.npy: there is no such file.'],
    [{ stimuli: { table: 'no.csv' }, ...recording({ files: 'it.npy' }) }, 'Cannot read no.csv'],
    [{ stimuli: { table: 'things.csv', id: 'name' } }, "'things.csv' has no column 'name'. It has 'image'"],
    [{ stimuli: { table: 'twice.csv', id: 'image' } }, "has 'b' in rows 2 and 9 of 'image'"],
    [{ stimuli: { ...base.stimuli, columns: ['x'] } }, "'things.csv' has no column 'x'"],
    [{ stimuli: { table: 'things.csv', features: { e: { bits: 1 } } } }, 'by one alone. Remove the others'],
    [{ stimuli: {} }, "The key 'features' (or 'table'"],
    [
      { stimuli: { ...base.stimuli, fit: 7, test: 7 }, ...recording({ files: 'it.npy' }) },
      'has 8 stimuli for all',
    ],
    [
      { stimuli: { features: { e: { bits: 1 } } }, ...recording({ files: 'it.npy' }) },
      'of the stimuli of a table',
    ],
    [
      { ...recording({ files: 'it.npy' }), tasks: { t: 'animate or not animate' } },
      'for every stimulus of the table',
    ],
    [{}, "The key 'networks' (or 'recordings') is missing"],
    [recording({ files: 'nine.npy' }), 'have 9 rows and the table 8 stimuli'],
    [recording({ files: 'it.npy', ids: 'rows.csv' }), "'rows.csv' has 9 rows and the arrays 8"],
    [recording({ files: 'nine.npy', ids: 'rows.csv', replicates: 'who' }), "'rows.csv' has no column 'who'"],
    [recording({ files: 'it.npy', replicates: 'who' }), 'name that, too'],
    [{ stimuli: { table: 'wide.csv' } }, 'has 1025 columns, more than 1024'],
    [recording({ files: 'none.npy' }), 'must have two dimensions or more'],
    [recording({ files: 'line.npy' }), 'must have two dimensions or more'],
    [recording({ files: { fc: 'conv.npz' } }), "holds 'conv1' and 'fc': name one"],
    [recording({ files: 'conv.npz:x' }), 'names no array of its file'],
    [recording({ files: 'uneven.npz' }), "'other' has 7 rows and 'fc' has 8 rows"],
    [recording({ files: 'odd-{seed}.npz' }), 'Replicates differ in their sites'],
    [{ ...recording({ files: 'it.npy' }), tasks: { t: 'new' }, networks: { it: {} } }, 'of another source'],
  ])('are answered with a sentence: %j', (changes, sentence) => {
    const { experiment, problems } = read(changes);
    expect(experiment).toBeNull();
    expect(problems.map(({ message }) => message).join('\n')).toContain(sentence);
    for (const { message } of problems) expect(message).toMatch(/^[A-Z'\d].*[.?]$/s);
  });
});
