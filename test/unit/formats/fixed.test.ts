import { expect, it } from 'vitest';
import { decimals, fixed, grouped, minus, scientific } from '../../../src/formats/fixed';

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

it('in sentences and figures a minus is a minus, in the exponent too', () => {
  expect([decimals(-0.456), decimals(-0.001), decimals(-3, 0)]).toEqual(['−0.46', '0.00', '−3']);
  expect(minus('-1.5e-7')).toBe('−1.5e−7');
});

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [-53376, '-53,376'],
  [1234567, '1,234,567'],
  [2 ** 60, '1.2e+18'],
])('%d with its thousands apart is %s', (count, text) => {
  expect(grouped(count)).toBe(text);
});

it.each([
  [393_512_345_678, '3.9 × 10¹¹'],
  [-0.0000123, '−1.2 × 10⁻⁵'],
])('%d has its power of ten as %s', (value, text) => {
  expect(scientific(value)).toBe(text);
});
