import { describe, expect, it } from 'vitest';
import { areRdms } from '../../../src/formats/rdm-array';
import { experimentOfRdms, type RdmsFile } from '../../../src/language/experiment-of-rdms';
import { readExperiment } from '../../../src/sources/read-experiment';
import { broughtOf } from '../../support/brought';

const file = (path: string, shapes: Record<string, number[]>, modelNames?: string[]): RdmsFile => ({
  path,
  shapes: new Map(Object.entries(shapes)),
  rdms: Object.keys(shapes),
  ...(modelNames ? { modelNames } : {}),
});
const five = [...'abcde'];
const both = { subjects: [4, 10], models: [2, 10] };

describe('an experiment of RDMs', () => {
  it('has a replicate for each RDM, tests the models by their names, and has no problem', () => {
    const { experiment, table } = experimentOfRdms(
      [file('rdm5.json', both, ['animacy', 'faces'])],
      [],
      'stimuli.csv',
    );
    expect(table).toEqual({ name: 'stimuli.csv', text: 'stimulus\n1\n2\n3\n4\n5\n' });
    const files = broughtOf(
      { 'stimuli.csv': { stimulus: [...'12345'] } },
      {
        'rdm5.json:subjects': [{ as: null, shapes: both }],
        'rdm5.json:models': [{ as: null, shapes: both }],
      },
    );
    const read = readExperiment(experiment, undefined, { files });
    expect(read.problems).toEqual([]);
    expect(read.experiment?.recordings?.[0].replicates.map(({ seed }) => seed)).toEqual([1, 2, 3, 4]);
    expect(read.experiment?.analyses.inference?.models.map(({ name }) => name)).toEqual(['animacy', 'faces']);
    expect(read.experiment?.stimuli.counts).toEqual({ train: 0, fit: 0, test: 5 });
  });

  it('takes files whose names differ in a number together, and columns of a table as models', () => {
    const square = { '': [5, 5] };
    const { experiment } = experimentOfRdms(
      [file('rdm-1.npy', square), file('rdm-2.npy', square)],
      [
        {
          path: 'things.csv',
          columns: new Map([
            ['image', five],
            ['on', [...'01010']],
          ]),
        },
      ],
      'stimuli.csv',
    );
    expect(experiment).toContain('"rdm": { "rdms": "rdm-{seed}.npy" }');
    expect(experiment).toContain('"inference": { "method": "rho-a" }');
    expect(experiment).not.toContain('"rsa"');
  });

  it('refuses RDMs of other stimuli, and models alone', () => {
    const of =
      (...files: RdmsFile[]) =>
      (): unknown =>
        experimentOfRdms(files, [], 'stimuli.csv');
    expect(of(file('a.npy', { '': [5, 5] }), file('b.npy', { '': [6, 6] }))).toThrow(
      'b.npy has RDMs of 6 stimuli and a.npy of 5: choose files of the same stimuli.',
    );
    expect(of(file('models.npy', { '': [2, 5, 5] }))).toThrow(/^All these RDMs are models/);
  });

  it('knows squares of distances from other squares', () => {
    const square = (data: number[]) => ({ shape: [3, 3], data: Float64Array.from(data) });
    expect(areRdms(square([0, 1, 2, 1, 0, 3, 2, 3, 0]))).toBe(true);
    expect(areRdms(square([0, 1, 2, 1, 0, 3, 2, 4, 0]))).toBe(false);
    expect(areRdms(square([1, 1, 2, 1, 1, 3, 2, 3, 1]))).toBe(false);
  });
});
