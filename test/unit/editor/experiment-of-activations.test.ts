import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import {
  type ActivationsFile,
  experimentOfActivations,
} from '../../../src/language/experiment-of-activations';
import { broughtOf } from '../../support/brought';

const file = (path: string, shapes: Record<string, number[]>): ActivationsFile => ({
  path,
  shapes: new Map(Object.entries(shapes)),
});
const net = { conv: [6, 2, 2], fc: [6, 4] };
const six = [...'abcdef'];

describe('an experiment of activations', () => {
  it('has a recording for each file, replicates where names differ in a number, and no problem', () => {
    const { experiment, table } = experimentOfActivations(
      [
        file('acts/net-0.npz', net),
        file('acts/net-1.npz', net),
        file('v1 2024.npy', { '': [6, 3] }),
        file('sub1/v1 2024.npy', { '': [6, 9] }),
      ],
      [
        { path: 'short.csv', columns: new Map([['id', ['a']]]) },
        { path: 'same.csv', columns: new Map([['x', six.map(() => '1')]]) },
        // Activations of another area, not names.
        { path: 'it.csv', columns: new Map([['u0', ['0.5', '-1.25', '2', '3e-2', '4', '5']]]) },
        {
          path: 'things.csv',
          columns: new Map([
            ['image', six],
            ['animate', [...'010101']],
          ]),
        },
      ],
      'stimuli.csv',
    );
    expect(table).toBeNull();
    expect(experiment)
      .toBe(`// The columns of things.csv are the features of the stimuli; its rows are in the order of the activations' rows.
{
  "stimuli": { "table": "things.csv", "id": "image" },
  "recordings": {
    "net": { "files": "acts/net-{seed}.npz" },
    "v1 2024": { "files": "v1 2024.npy" },
    "v1 2024 2": { "files": "sub1/v1 2024.npy" }
  }
}
`);
    const one = (shapes: Record<string, number[]>, as: string | null = null) => ({ as, shapes });
    const files = broughtOf(
      { 'things.csv': { image: six, animate: [...'010101'] } },
      {
        'acts/net-{seed}.npz': [one(net, '0'), one(net, '1')],
        'v1 2024.npy': [one({ '': [6, 3] })],
        'sub1/v1 2024.npy': [one({ '': [6, 9] })],
      },
    );
    expect(readExperiment(experiment, undefined, { files }).problems).toEqual([]);
  });

  it('calls the one array of each of several files alike, so that they are compared', () => {
    const { experiment } = experimentOfActivations(
      [
        file('V4.npy', { '': [6, 3] }),
        file('IT-1.npz', { responses: [6, 4] }),
        file('IT-2.npz', { responses: [6, 4] }),
      ],
      [{ path: 'things.csv', columns: new Map([['image', six]]) }],
      'stimuli.csv',
    );
    const one = (shapes: Record<string, number[]>, as: string | null = null) => ({ as, shapes });
    const files = broughtOf(
      { 'things.csv': { image: six } },
      {
        'V4.npy': [one({ '': [6, 3] })],
        'IT-{seed}.npz': [one({ responses: [6, 4] }, '1'), one({ responses: [6, 4] }, '2')],
      },
    );
    const read = readExperiment(experiment, undefined, { files });
    expect(read.problems).toEqual([]);
    expect(
      read.experiment?.recordings?.map(({ name, sites }) => [name, sites.map((site) => site.name)]),
    ).toEqual([
      ['V4', ['activations']],
      ['IT', ['activations']],
    ]);
    // An archive whose arrays have names keeps them.
    expect(
      experimentOfActivations(
        [file('a.npz', { fc: [6, 3] }), file('b.npz', { fc: [6, 4] })],
        [],
        'stimuli.csv',
      ).experiment,
    ).toContain('"a": { "files": "a.npz" }');
  });

  it('names stimuli by their numbers where no table is of them', () => {
    const { experiment, table } = experimentOfActivations(
      [file('a.npy', { '': [4, 3] })],
      [],
      'stimuli 2.csv',
    );
    expect(table).toEqual({ name: 'stimuli 2.csv', text: 'stimulus\n1\n2\n3\n4\n' });
    const files = broughtOf(
      { 'stimuli 2.csv': { stimulus: [...'1234'] } },
      { 'a.npy': [{ as: null, shapes: { '': [4, 3] } }] },
    );
    expect(readExperiment(experiment, undefined, { files }).problems).toEqual([]);
  });

  it.each([
    [[file('a.npy', { '': [4] })], 'a.npy holds no array of stimuli × units'],
    [[file('a.npy', { '': [4, 2] }), file('b.npy', { '': [5, 2] })], 'b.npy has 5 rows and a.npy 4'],
    [[], 'There is no file of activations'],
  ])('is refused with a sentence: %#', (files, sentence) => {
    expect(() => experimentOfActivations(files, [], 'stimuli.csv')).toThrow(sentence);
  });
});
