import { expect, it } from 'vitest';
import { shortName, titleOf } from '../../../src/experiment/short-name';

it.each([
  ['xor.experiment.json', 'xor'],
  ['xor.json', 'xor'],
  ['xor', 'xor'],
  ['Untitled-1', 'Untitled-1'],
  ['.experiment.json', '.experiment.json'],
  ['.json', '.json'],
])('a file %s is called %s where no title says more', (file, name) => {
  expect(shortName(file)).toBe(name);
  for (const title of ['', ' ']) expect(titleOf({ title }, file)).toBe(name);
  expect(titleOf({ title: 'Exclusive or' }, file)).toBe('Exclusive or');
});
