import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/experiment/budget';
import { readExperiment } from '../../../src/sources/read-experiment';
import { checkExperiment } from '../../../src/run/check';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { sampler } from '../../../src/stimuli/sample';
import { experimentOf } from '../../support/run-experiment';

const noise = { bits: 24 };
const label = { values: ['no', 'yes'] };
const file = (features: object, more: object = {}, changes: object = {}): string =>
  JSON.stringify({
    stimuli: { features: { label, ...features, noise }, ...more },
    tasks: { t: 'label == yes' },
    networks: { n: {} },
    ...changes,
  });
/** Four thousand times the same sixteen bits. */
const parity = `parity(${Array.from({ length: 4000 }, () => 'h').join(', ')})`.slice(0, 9_990);
const agrees = { with: 'label == yes', probability: 0.9, as: `parity(${'h[0], '.repeat(1400)}h[1])` };
const wide = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`b${i}`, { bits: 4096, units: 0 }]));

/** Numbers so large that single precision may not hold the rows. */
const large = { gaussian: 1, amplification: 1000 };
/** What takes long to draw, with this beside it. */
const longToDraw = (more: object): [string, string][] => [
  ['thousands of bits that no unit carries', file({ ...wide, ...more }, { train: 60, fit: 6, test: 6 })],
  [
    'thousands of stimuli with a large projection',
    file({ z: { gaussian: 4000, encoding: 'projection', units: 4000 }, ...more }, { train: 9000 }),
  ],
  [
    'a large orthogonal embedding',
    file({ z: { bits: 2000 }, ...more }, { embedding: { units: 4000, matrix: 'orthogonal' } }),
  ],
];

/** A budget that says how much of it was spent. */
class Counted extends Budget {
  spent = 0;
  override spend(steps: number): boolean {
    const fits = super.spend(steps);
    if (fits) this.spent += steps;
    return fits;
  }
}

describe('a check of few bytes that ask for much work', () => {
  it.each([
    ['a formula of thousands of parts over all patterns', file({ h: { bits: 16, agrees } })],
    ...longToDraw({ large }),
    ['millions of stimuli', file({}, { train: 3_000_000 })],
    [
      'a design of half a million combinations',
      file({ h: { bits: 18 } }, { enumerate: true, train: 500_000, fit: 9, test: 9 }).replace('24', '1'),
    ],
  ])('is ended by the steps that it may take, and says so: %s', (_, text) => {
    const budget = new Counted(9_000_000);
    const { experiment, problems } = checkExperiment(text, budget);
    expect(budget.spent).toBeLessThanOrEqual(9_000_000);
    expect(experiment).not.toBeNull();
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toContain('info untried');
    expect(problems.at(-1)?.message).toContain('did not try whether the stimuli can be drawn');
  });

  it.each(longToDraw({}))('draws nothing that cannot miss what is said: %s', (_, text) => {
    const budget = new Counted(9_000_000);
    const { experiment, problems } = checkExperiment(text, budget);
    expect([experiment === null, problems]).toEqual([false, []]);
    expect(budget.spent).toBeLessThan(1_000_000);
  });

  it('answers with what was found until then', () => {
    const text = file({ h: { bits: 16, agrees } }, {}, { analyses: { probe: { transfer: true } } });
    expect(checkExperiment(text).problems.map(({ code }) => code)).toEqual(['no-effect', 'untried']);
  });

  it('holds for reading and drawing together', () => {
    const budget = new Counted(2_000_000);
    checkExperiment(file({}), budget);
    expect(budget.untried.size).toBe(0);
    expect(checkExperiment(file({}), new Budget(budget.spent)).problems).toEqual([]);
    expect(checkExperiment(file({}), new Budget(budget.spent - 1)).problems).toHaveLength(1);
  });
});

it('formulas of few bytes that name millions of bits are refused before they are worked out', () => {
  const tasks = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`t${i}`, `xor(${'h, '.repeat(15)}h)`]),
  );
  const text = file({ h: { bits: 4096 } }, {}, { tasks });
  const errors = readExperiment(text).problems.filter(({ severity }) => severity === 'error');
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['formula-too-large']));
  expect(readExperiment(file({ h: { bits: 16 } }, {}, { tasks: { t: parity } })).experiment).toBeNull();
});

it('very wide stimuli are drawn in small blocks, which change no number', () => {
  const { stimuli } = experimentOf(
    JSON.parse(file({ ...wide, h: { bits: 3 } }, { train: 3, fit: 2, test: 2 })) as never,
  );
  const { rows, columns } = sampler(stimuli, 'train', new Budget());
  expect(rows).toBe(1);
  expect(columns.get('b0')?.values.length).toBe(4096);
  const narrow = { ...stimuli, features: stimuli.features.filter(({ name }) => !name.startsWith('b')) };
  const draws = stimuli.sets.train.draws.filter(({ feature }) => !feature.startsWith('b'));
  const sets = { train: { balance: [], draws }, fit: { balance: [], draws }, test: { balance: [], draws } };
  const both = [stimuli, { ...narrow, sets }].map((one) => drawStimuli({ stimuli: one, tasks: [] }).train);
  expect(both[0].inputs).toEqual(both[1].inputs);
});
