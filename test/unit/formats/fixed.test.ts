import { expect, it } from 'vitest';
import { fixed } from '../../../src/formats/fixed';

it.each([
  [-0.0004, 3, '0.000'],
  [-0.0006, 3, '-0.001'],
  [-0.4, 0, '0'],
  [-0, 2, '0.00'],
  [0.25, 2, '0.25'],
  [-10.04, 1, '-10.0'],
])('%s with %i decimals is %s: no minus before zero', (value, digits, text) => {
  expect(fixed(value, digits)).toBe(text);
});
