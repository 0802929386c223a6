import { expect, it } from 'vitest';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { labelsConfounded as rule } from '../../../src/hazards/labels-confounded';
import type { LabelInfo, SetResults } from '../../../src/protocol/results';
import { results, set, task } from './fabricate';

const feature = (name: string): LabelInfo => ({
  name,
  source: 'feature',
  kind: 'binary',
  classes: ['0', '1'],
  width: 1,
  sameAs: null,
  wholeDesign: false,
});

const withTest = (test: SetResults, formulas: Record<string, string> = {}): HazardInput => {
  const input = results([]);
  return {
    ...input,
    tasks: Object.fromEntries(
      Object.entries(formulas).map(([name, formula]) => [name, { ...task, formula }]),
    ),
    labels: [feature('a'), feature('b'), feature('c')],
    stimuli: { ...input.stimuli, test },
  };
};

it('names two features that vary together in the test set, and how many more pairs do', () => {
  const found = rule.evaluate(
    withTest(
      set([
        ['a', 'b', -0.5],
        ['a', 'c', 0.4],
        ['b', 'c', 0.1],
      ]),
    ),
  );
  expect(found).toMatchObject([{ where: { feature: 'a', comparedWith: 'b' }, value: 0.5, threshold: 0.3 }]);
  expect(found[0].message).toContain(
    '“a” and “b” correlate by −0.50 in the test set, and 1 more pair of labels by .3 or more',
  );
});

it('names a task and a feature that its formula does not name', () => {
  const correlated = set([
    ['a', 't', 0.5],
    ['b', 't', 0.5],
  ]);
  expect(rule.evaluate(withTest(correlated, { t: 'a and c' }))).toMatchObject([
    { where: { task: 't', comparedWith: 'b' } },
  ]);
});

it.each([
  [
    'a task is made of the feature',
    withTest(
      set([
        ['a', 't', 0.58],
        ['b', 't', 0.58],
      ]),
      { t: 'a and b' },
    ),
  ],
  ['tasks have a feature in common', withTest(set([['t', 'u', 0.33]]), { t: 'a and b', u: 'a or c' })],
  ['bits are of one feature', withTest(set([['a[0]', 'a[1]', 0.9]]))],
  ['they hardly correlate', withTest(set([['a', 'b', 0.2]]))],
  ['there are few stimuli: it may be chance', withTest({ ...set([['a', 'b', 0.4]]), count: 40 })],
])('is silent where %s', (_, silent) => {
  expect(rule.evaluate(silent)).toEqual([]);
});
