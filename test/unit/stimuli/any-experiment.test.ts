import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { distinctRows } from '../../../src/stimuli/describe-set';
import { StimuliError } from '../../../src/stimuli/stimuli-error';
import type { StimulusSet } from '../../../src/stimuli/stimulus-set';
import { binary, bit, bits, build, categorical, is, parity, task, valuesOf } from './builder';

const size = fc.integer({ min: 1, max: 40 });
const arbitrary = fc.record({
  seed: fc.nat(1000),
  counts: fc.tuple(size, size, size),
  width: fc.integer({ min: 2, max: 8 }),
  rare: fc.constantFrom(0.5, 0.2, 0.05),
  agree: fc.constantFrom(0, 0.3, 1),
  noise: fc.constantFrom(0, 0, 0.1),
  latent: fc.boolean(),
  embedding: fc.constantFrom(null, { units: 16, matrix: 'orthogonal' } as const),
  balance: fc.subarray(['rare', 'odd', 'first']),
  enumerate: fc.constantFrom('none', 'none', 'split'),
});

const joined = (sets: readonly StimulusSet[]) => {
  const { cols } = sets[0].inputs;
  const data = Float32Array.from(sets.flatMap((set) => [...set.inputs.data]));
  return { rows: data.length / cols, cols, data };
};

it('any experiment gives disjoint, balanced sets of the sizes asked for, or says why not', () => {
  let drawn = 0;
  fc.assert(
    fc.property(arbitrary, (given) => {
      const agrees = { by: 'formula', with: is('r'), probability: given.agree, as: null } as const;
      const experiment = build(
        [
          binary('r', { draw: { prevalence: [1 - given.rare, given.rare] } }),
          bits('h', given.width, { coding: '±1' }),
          categorical('c', ['x', 'y', 'z'], { units: given.latent ? 0 : 1 }),
          binary('a', { draw: { agrees }, noise: given.noise }),
        ],
        {
          ...given,
          tasks: [
            task('rare', is('r')),
            task('odd', parity(bit('h', 0), bit('h', 1))),
            task('first', bit('h', 0)),
          ],
        },
      );
      let sets;
      try {
        sets = drawStimuli(experiment);
      } catch (error) {
        expect(error).toBeInstanceOf(StimuliError);
        return;
      }
      drawn++;
      const all = [sets.train, sets.fit, sets.test];
      expect(all.map((set) => set.inputs.rows)).toEqual(given.counts);
      const distinct = all.map((set) => distinctRows(set.inputs)).reduce((a, b) => a + b, 0);
      expect(distinctRows(joined(all))).toBe(distinct);
      for (const set of all) {
        expect(set.inputs.data.every(Number.isFinite)).toBe(true);
        const counts = new Array<number>(2 ** given.balance.length).fill(0);
        for (let row = 0; row < set.inputs.rows; row++) {
          counts[given.balance.reduce((code, name) => 2 * code + valuesOf(set, name)[row], 0)]++;
        }
        if (given.balance.length > 0)
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 150, seed: 1 },
  );
  expect(drawn).toBeGreaterThan(75);
});
