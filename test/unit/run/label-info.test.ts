import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import { direction, labelNames } from '../../../src/formats/label-names';
import { labelInfos } from '../../../src/run/label-info';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';

function infos(stimuli: object, tasks: Record<string, string>) {
  const file = { stimuli, tasks, networks: { n: {} } };
  const { experiment, problems } = readExperiment(JSON.stringify(file));
  if (!experiment) throw new Error(problems.map(({ message }) => message).join(' '));
  return labelInfos(new DrawnExperiment(experiment));
}

describe('labels that say the same', () => {
  const found = infos(
    {
      features: {
        shape: { values: ['square', 'circle'] },
        colour: { values: ['red', 'green', 'blue'] },
        n: { bits: 8 },
      },
      train: 40,
      fit: 30,
      test: 30,
    },
    {
      square: 'shape == square',
      round: 'shape == circle',
      hue: 'colour',
      red: 'colour == red',
      odd: 'parity(n)',
    },
  );
  const of = (name: string) => found.find((label) => label.name === name)?.sameAs;

  it('are known by their stimuli, also where one is the other turned round', () => {
    expect(of('square')).toEqual({ label: 'shape', reversed: true });
    expect(of('round')).toEqual({ label: 'shape', reversed: false });
    expect(of('hue')).toEqual({ label: 'colour', reversed: false });
    expect(['shape', 'red', 'odd', 'n'].map(of)).toEqual([null, null, null, null]);
  });

  it('are shown once under all of their names, tasks first, with a direction that says which value is more', () => {
    expect([...labelNames(found)]).toEqual([
      ['square', 'square = round = shape'],
      ['hue', 'hue = colour'],
      ['n', 'n'],
      ['red', 'red'],
      ['odd', 'odd'],
    ]);
    expect(direction(['square', 'circle'], true)).toBe('square − circle');
  });
});

it('a label that tells every stimulus of the design apart is known, where every set shows the whole', () => {
  const features = { a: { values: ['0', '1'] }, s: { values: ['p', 'q', 'r'] } };
  const design = (names: object) => infos({ features: names, enumerate: true }, { t: 's', u: 's == p' });
  const { s } = features;
  expect(design({ s }).map(({ name, wholeDesign }) => [name, wholeDesign])).toEqual([
    ['s', true],
    ['t', true],
    ['u', false],
  ]);
  expect(design(features).some(({ wholeDesign }) => wholeDesign)).toBe(false);
});
