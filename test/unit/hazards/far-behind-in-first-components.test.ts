import { expect, it } from 'vitest';
import { farBehindInFirstComponents as rule } from '../../../src/hazards/far-behind-in-first-components';
import { network, results, task } from './fabricate';

const five = (value: number): number[] => [value, value, value, value, value];
const both = (
  components: Record<string, readonly (readonly [number, number])[]>,
  accuracy = { easy: 1, hard: 1 },
  trained = true,
) =>
  results([
    network({ trained, accuracy: { easy: five(accuracy.easy), hard: five(accuracy.hard) }, components }),
  ]);

const apart = { easy: [[0.9, 0.3]], hard: [[0.1, -0.7]] } as const;

it('names a task that the first two components hardly show, with the share of each that they do', () => {
  const [hazard, ...more] = rule.evaluate(both(apart));
  expect(more).toEqual([]);
  expect(hazard.where).toEqual({ network: 'both', layer: 'hidden2', task: 'hard', comparedWith: 'easy' });
  // .81 + .09 against .01 + .49
  expect(hazard.value).toBeCloseTo(0.4, 12);
  expect(hazard.message).toContain(
    'the first 2 components of hidden2 show 90 % of “easy” and 50 % of “hard”.',
  );
});

it('looks at as many components as the tasks can fill, and divides by what these can show', () => {
  const input = both({ easy: [[0.9, 0.9]], hard: [[0.9, 0.3]] });
  // Two of three classes each could fill four components, of which there are two.
  const three = { ...task, classes: ['a', 'b', 'c'] };
  const [found] = rule.evaluate({ ...input, tasks: { easy: three, hard: three } });
  expect(found.value).toBeCloseTo(0.81 - 0.45, 12);
  // One of two classes alone fills one.
  const alone = both({ easy: [[0.1, 0.9]], hard: [[0.1, 0.9]] }, { easy: 1, hard: 0.5 });
  expect(rule.evaluate(alone)).toEqual([]);
});

it.each([
  ['both show as well', both({ easy: [[0.9, 0]], hard: [[0, 0.9]] })],
  [
    'a replicate has them the other way round',
    both({
      easy: [
        [1, 0],
        [1, 0],
        [1, 0],
        [1, 0],
        [0, 0],
      ],
      hard: [[0, 0.1]],
    }),
  ],
  ['one task is computed less well', both(apart, { easy: 1, hard: 0.9 })],
  ['the network is untrained', both(apart, undefined, false)],
])('is silent where %s', (_, silent) => {
  expect(rule.evaluate(silent)).toEqual([]);
});
