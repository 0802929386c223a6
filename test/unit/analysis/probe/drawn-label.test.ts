import { describe, expect, it } from 'vitest';
import { drawnLabel } from '../../../../src/analysis/probe/drawn-label';
import type { ClassTarget } from '../../../../src/analysis/probe/probe';

/** Two labels of `count` rows: they agree in three rows of eight. */
const count = 8000;
const label = (bit: (row: number) => boolean): ClassTarget => ({
  ...{ kind: 'classes', classes: 2 },
  of: Uint32Array.from({ length: count }, (_, row) => Number(bit(row))),
});
const easy = label((row) => row % 2 === 0);
const hard = label((row) => (row % 2 === 0) === row % 8 < 3);
const among = Uint32Array.from({ length: count }, (_, row) => row);
const share = (rows: Uint32Array, is: (row: number) => boolean): number =>
  rows.filter((row) => is(row)).length / rows.length;

describe.each([
  [0.5, 0.9],
  [0.9, 0.9],
  [0.3, 0.7],
  [1, 0.8],
])('a label that two others predict with %d and %d', (p, q) => {
  const { target, rows } = drawnLabel([easy, hard], among, [p, q], [0]);
  const close = (found: number, wanted: number, of = rows.length): void => {
    // Four standard errors of a share.
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(4 * Math.sqrt((wanted * (1 - wanted)) / of) + 1e-9);
  };

  it('is what each says so often', () => {
    close(
      share(rows, (row) => target.of[row] === easy.of[row]),
      p,
    );
    close(
      share(rows, (row) => target.of[row] === hard.of[row]),
      q,
    );
  });

  it('is what the first says as often where the second is right as where it is wrong', () => {
    const right = rows.filter((row) => target.of[row] === hard.of[row]);
    const wrong = rows.filter((row) => target.of[row] !== hard.of[row]);
    for (const part of [right, wrong])
      close(
        share(part, (row) => target.of[row] === easy.of[row]),
        p,
        part.length,
      );
  });

  it('takes as many rows whatever is said, each once', () => {
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows).toHaveLength(share(among, (row) => easy.of[row] === hard.of[row]) * count);
  });
});

it('of predictivities of 1 is what both say where they agree, and of 1 and 0 the first where they do not', () => {
  const both = drawnLabel([easy, hard], among, [1, 1], [0]);
  expect(
    share(both.rows, (row) => both.target.of[row] === easy.of[row] && easy.of[row] === hard.of[row]),
  ).toBe(1);
  const one = drawnLabel([easy, hard], among, [1, 0], [0]);
  expect(share(one.rows, (row) => one.target.of[row] === easy.of[row] && easy.of[row] !== hard.of[row])).toBe(
    1,
  );
});

it('is another one by another name', () => {
  const of = (seed: number) => Array.from(drawnLabel([easy, hard], among, [0.8, 0.9], [seed]).target.of);
  expect(of(0)).toEqual(of(0));
  expect(of(1)).not.toEqual(of(0));
});
