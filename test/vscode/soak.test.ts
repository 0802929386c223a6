import { expect, it } from 'vitest';
import { soak } from './soak';

it('loses nothing when analyses are interrupted at random moments', async () => {
  // Those that interruption.test.ts has not, once each; npm run soak has a hundred of all four.
  const { repetitions, faults } = await soak(2, 2, () => undefined, ['close', 'kill']);
  expect(repetitions).toHaveLength(2);
  expect(repetitions.flatMap((one) => one.faults.map((fault) => `${one.interruption}: ${fault}`))).toEqual(
    [],
  );
  expect(faults).toEqual([]);
}, 400_000);
