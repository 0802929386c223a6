import { expect, it } from 'vitest';
import { soak } from './soak';

it('loses nothing when an analysis is interrupted at a random moment', async () => {
  // The hardest of those that interruption.test.ts has not, once; npm run soak has a hundred of all four.
  const { repetitions, faults } = await soak(1, 2, () => undefined, ['kill']);
  expect(repetitions).toHaveLength(1);
  expect(repetitions.flatMap((one) => one.faults.map((fault) => `${one.interruption}: ${fault}`))).toEqual(
    [],
  );
  expect(faults).toEqual([]);
}, 400_000);
