import { describe, expect, it } from 'vitest';
import { arccos, cosPi, exp, log, log1p, power } from '../../src/core/elementary';
import fixture from './fixtures/elementary.json';

/** Distance in units of the last place of what is right. */
function ulps(found: number, right: number): number {
  if (found === right) return 0;
  const spacing = 2 ** Math.max(-1074, Math.floor(Math.log2(Math.abs(right))) - 52);
  return Math.abs(found - right) / spacing;
}

describe('elementary functions against 60 digits', () => {
  const functions = { log, log1p, exp, cosPi };
  it.each(Object.entries(functions))('%s is the nearest double, or the one beside it', (name, of) => {
    const rows = fixture[name as keyof typeof functions];
    const far = rows.map(([x, right]) => ulps(of(x), right));
    expect(Math.max(...far)).toBeLessThanOrEqual(1);
    // Rounded once and not twice: nearly all are the nearest.
    expect(far.filter((distance) => distance > 0).length).toBeLessThan(0.05 * rows.length);
  });

  it('powers are within one unit of the last place', () => {
    for (const [base, x, right] of fixture.power)
      expect(ulps(power(base, x), right), `${base} ** ${x}`).toBeLessThanOrEqual(1);
  });

  it('angles are within two units of the last place', () => {
    for (const [x, right] of fixture.arccos)
      expect(ulps(arccos(x), right), `arccos ${x}`).toBeLessThanOrEqual(2);
    expect([arccos(1), arccos(-1), arccos(1.1), arccos(NaN)]).toEqual([0, Math.PI, NaN, NaN]);
    expect(ulps(arccos(0), Math.PI / 2)).toBeLessThanOrEqual(1);
  });

  it('are exact where the results are', () => {
    expect([log(1), exp(0), cosPi(0), cosPi(0.5), cosPi(1), cosPi(1.5), cosPi(2)]).toEqual([
      0, 1, 1, 0, -1, 0, 1,
    ]);
    expect([power(2, 10), power(0.5, 3), power(10, 2), power(1024, 0.5), power(7, 0), power(0, 2)]).toEqual([
      1024, 0.125, 100, 32, 1, 0,
    ]);
  });

  it('end where their domains do', () => {
    expect([log(0), log(-1), log(Infinity)]).toEqual([-Infinity, NaN, Infinity]);
    expect([log1p(-1), log1p(-2), log1p(Infinity)]).toEqual([-Infinity, NaN, Infinity]);
    expect([exp(-Infinity), exp(Infinity), exp(NaN), exp(710), exp(-746)]).toEqual([
      0,
      Infinity,
      NaN,
      Infinity,
      0,
    ]);
    expect([power(Infinity, 2), power(Infinity, -1), power(0, -1), power(-2, 2)]).toEqual([
      Infinity,
      0,
      Infinity,
      NaN,
    ]);
    // No power of an undefined size is a number, whatever the base.
    expect([power(0, NaN), power(Infinity, NaN), power(2, NaN), power(NaN, 1)]).toEqual([NaN, NaN, NaN, NaN]);
    expect([exp(-745), log(5e-324)]).toEqual([5e-324, -744.4400719213812]);
    expect([power(2, -1074), power(2, -1022), power(2, 1023), power(2, 1024)]).toEqual([
      5e-324,
      2.2250738585072014e-308,
      8.98846567431158e307,
      Infinity,
    ]);
  });

  it('say no more of a number close to 0 than it holds', () => {
    // x − x²/2, of which the second part is below a quarter of a unit in the last place.
    for (const x of [5.75976233985185e-17, -5.75976233985185e-17, 1e-16, -1e-16, 5e-324, -0])
      expect(log1p(x)).toBe(x);
  });
});
