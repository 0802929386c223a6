import { describe, expect, it } from 'vitest';
import { fewTestStimuli as rule } from '../../../src/hazards/few-test-stimuli';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { network, results, task } from './fabricate';

/** A binary task of which so many of 1,000 test stimuli are true. */
const of = (count: number, coincide = false): HazardInput => {
  const input = results([network({ accuracy: { rare: [1] } })]);
  return {
    ...input,
    tasks: { rare: { ...task, baseRate: count / 1000, chance: 1 - count / 1000 } },
    stimuli: { ...input.stimuli, coincide },
  };
};

describe('few test stimuli of a class', () => {
  it('are named, with the class', () => {
    const [hazard] = rule.evaluate(of(9));
    expect(hazard).toMatchObject({ severity: 'warning', value: 9, threshold: 10, where: { task: 'rare' } });
    expect(hazard.message).toBe(
      'Of “rare”, the test set has 9 stimuli of “true”: accuracy, d′ and variance explained of it are rough.',
    );
  });

  it('are no hazard of labels of tokens, which no network answers', () => {
    const asked = { reversal: { says: 'The inverse.', documents: 40, floors: [] } };
    expect(rule.evaluate({ ...of(0), asked })).toEqual([]);
  });

  it('are serious where there is none', () => {
    expect(rule.evaluate(of(0))[0]).toMatchObject({ severity: 'serious', value: 0 });
    expect(rule.evaluate(of(0))[0].message).toContain('no stimulus of “true”');
    // What is balanced is a task; and of a design that is shown as a whole there are no more stimuli.
    expect(rule.evaluate(of(0))[0].advice).toBe(
      'Ask for more test stimuli, or balance “rare” in them with "balance".',
    );
    expect(rule.evaluate(of(0, true))[0].advice).toMatch(
      /^No stimulus of the design is “true”: change the formula/,
    );
  });

  it('are named once for a task of many classes', () => {
    const classes = ['red', 'green', 'blue'];
    const tasks = {
      colour: { ...task, kind: 'categorical' as const, classes, baseRate: [0.99, 0.007, 0.003] },
    };
    const [hazard, ...more] = rule.evaluate({ ...of(500), tasks });
    expect(more).toEqual([]);
    expect(hazard.message).toContain('3 stimuli of “blue” (and of 1 more of its classes)');
  });

  it('are not seen with 10 of each, nor where every set shows the whole design', () => {
    expect(rule.evaluate(of(10))).toEqual([]);
    expect(rule.evaluate(of(1, true))).toEqual([]);
    expect(rule.evaluate(of(0, true))).toHaveLength(1);
  });
});
