import { describe, expect, it } from 'vitest';
import { confidenceText, percent } from '../../../src/formats/percent';

describe('percent', () => {
  it.each([
    [1, '100 %'],
    [0.996, '99.6 %'],
    [0.9996, '99.96 %'],
    [0.99999, '> 99.99 %'],
    [0.5449, '54 %'],
    [0.003, '0.3 %'],
    [0.0004, '0.04 %'],
    [0.00001, '< 0.01 %'],
    [0, '0 %'],
    [-0.002, '0 %'],
    [-0.02, '−2 %'],
    [1.2, '120 %'],
    [NaN, '—'],
    [null, '—'],
  ])('%s is %s', (share, text) => expect(percent(share)).toBe(text));

  it('takes decimals, and more of them only where these would say all or nothing', () => {
    expect([0.5, 1, 0.9996, 0.0004, 0].map((share) => percent(share, 1))).toEqual([
      '50.0 %',
      '100.0 %',
      '99.96 %',
      '0.04 %',
      '0.0 %',
    ]);
  });
});

it('how sure an interval is keeps all of its decimals', () => {
  expect([0.95, 0.975, 0.999, 0.9999, 0.57].map(confidenceText)).toEqual([
    '95 %',
    '97.5 %',
    '99.9 %',
    '99.99 %',
    '57 %',
  ]);
});
