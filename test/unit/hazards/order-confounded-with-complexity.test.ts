import { expect, it } from 'vitest';
import { orderConfoundedWithComplexity as rule } from '../../../src/hazards/order-confounded-with-complexity';
import { type Fabricated, network, results } from './fabricate';

const ones = [1, 1, 1, 1, 1];
const made = (first: string, then: string, more: Partial<Fabricated> = {}) =>
  network({
    accuracy: { easy: ones, hard: ones },
    varianceExplained: { easy: ones.map(() => 0.6), hard: ones.map(() => 0.1) },
    course: [
      { epoch: 1, accuracy: { [first]: 0.95, [then]: 0.5 } },
      { epoch: 9, accuracy: { [first]: 1, [then]: 1 } },
    ],
    ...more,
  });

it('says that the task which takes more variance was also learned first', () => {
  const found = rule.evaluate(results([made('easy', 'hard')]));
  expect(found).toMatchObject([
    {
      where: { network: 'both', layer: 'hidden2', task: 'hard', comparedWith: 'easy' },
      value: 1,
      severity: 'info',
    },
  ]);
  expect(found[0].message).toContain('is also learned before “hard” (at epoch 1 and 9 on average)');
});

it.each([
  ['it was learned last', [made('hard', 'easy')]],
  [
    'another network learned them the other way round',
    [made('easy', 'hard'), made('hard', 'easy', { name: 'hard first', varianceExplained: {} })],
  ],
  ['the course of training is not known', [made('easy', 'hard', { course: [] })]],
  [
    'both take as much',
    [made('easy', 'hard', { varianceExplained: { easy: ones.map(() => 0.4), hard: ones.map(() => 0.3) } })],
  ],
])('is silent where %s', (_, networks) => {
  expect(rule.evaluate(results(networks))).toEqual([]);
});
