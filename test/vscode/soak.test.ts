import { expect, it } from 'vitest';
import { soak } from './soak';

it('loses nothing when analyses are interrupted at random moments', async () => {
  // Each kind of interruption once; npm run soak has a hundred.
  const { repetitions, faults } = await soak(4, 2, () => undefined);
  expect(repetitions.flatMap((one) => one.faults.map((fault) => `${one.interruption}: ${fault}`))).toEqual(
    [],
  );
  expect(faults).toEqual([]);
}, 400_000);
