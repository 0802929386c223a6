import { describe, expect, it } from 'vitest';
import { recovery } from '../../src/analysis/similarity/recovery';
import type { RecoveredPart } from '../../src/protocol/recovery';
import fixture from './fixtures/recovery.json';
import { matrix64 } from './support/matrices';

const TOLERANCE = 1e-7;

describe.each(fixture.cases)('what is recovered agrees with numpy: $name', (given) => {
  const labels = given.labels.map(({ name, of }) => ({
    ...{ name, of: Uint16Array.from(of) },
    classes: Array.from({ length: Math.max(...of) + 1 }, (_, c) => String(c)),
  }));
  const found = recovery(matrix64(given.x), matrix64(given.y), labels, 100);

  it('as scores', () => {
    close(found.scores, given.scores);
  });

  it.each(['components', 'features'] as const)('by %s', (kind) => {
    const [own, expected]: (readonly RecoveredPart[])[] = [
      found[kind],
      given[kind] as unknown as RecoveredPart[],
    ];
    expect(own.map(({ name, dimensions }) => [name, dimensions])).toEqual(
      expected.map(({ name, dimensions }) => [name, dimensions]),
    );
    own.forEach((part, at) => {
      for (const key of ['variance', 'explained', 'shares', 'without'] as const)
        close(part[key] ?? {}, expected[at][key] ?? {});
    });
  });

  it('in shares of components that sum to 1', () => {
    for (const score of ['cka', 'procrustes', 'ccaSquared'] as const)
      expect(found.components.reduce((sum, { shares }) => sum + shares[score], 0)).toBeCloseTo(1, 10);
  });
});

it('gives each component of a recording its own share of variance of Procrustes, its square of CKA, and as much as any of CCA', () => {
  const x = matrix64(fixture.cases[0].x);
  const { components, scores } = recovery(x, x, [], 100);
  close(scores, { cka: 1, procrustes: 1, ccaSquared: 1 });
  const squares = components.reduce((sum, { variance }) => sum + variance[0] ** 2, 0);
  for (const { variance, explained, shares } of components) {
    close(shares, {
      cka: variance[0] ** 2 / squares,
      procrustes: variance[0],
      ccaSquared: 1 / components.length,
    });
    close(explained, [1, 1]);
  }
});

function close(found: object, expected: object): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  const others = Object.values(expected) as number[];
  (Object.values(found) as number[]).forEach((value, at) =>
    expect(Math.abs(value - others[at])).toBeLessThan(TOLERANCE),
  );
}
