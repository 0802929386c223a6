import { expect, it } from 'vitest';
import { explainedByDesign as rule } from '../../../src/hazards/explained-by-design';
import type { LabelInfo } from '../../../src/protocol/results';
import { results } from './fabricate';

const label = (wholeDesign: boolean): LabelInfo => ({
  name: 'which',
  source: 'feature',
  kind: 'categorical',
  classes: ['a', 'b', 'c', 'd'],
  width: 1,
  sameAs: null,
  wholeDesign,
});

it('names a label that tells every stimulus apart, and no other', () => {
  const [hazard] = rule.evaluate({ ...results([]), labels: [label(true)] });
  expect(hazard).toMatchObject({ severity: 'info', where: { feature: 'which' } });
  expect(hazard.message).toBe(
    '“which” has a value of its own for every stimulus: it explains 100 % of the variance of every layer by construction.',
  );
  expect(rule.evaluate({ ...results([]), labels: [label(false)] })).toEqual([]);
});

it('names a task that is such a feature once, with both names', () => {
  const task: LabelInfo = {
    ...label(true),
    name: 'all',
    source: 'task',
    sameAs: { label: 'which', reversed: false },
  };
  const found = rule.evaluate({ ...results([]), labels: [label(true), task] });
  expect(found.map(({ where, message }) => [where, message.slice(0, 13)])).toEqual([
    [{ task: 'all' }, '“all = which”'],
  ]);
});
