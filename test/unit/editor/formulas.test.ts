import { describe, expect, it } from 'vitest';
import { baseRate } from '../../../src/stimuli/tasks/base-rate';
import { explainFormula } from '../../../src/language/explain-formula';
import { markdownMarks } from '../../../src/language/facts';
import { inputCaveat, linearity } from '../../../src/stimuli/tasks/linearity';
import { areSeparable } from '../../../src/stimuli/tasks/separable';
import { truthTable } from '../../../src/language/truth-table';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { taskOf } from './experiment';

describe('linearity', () => {
  const kindOf = (formula: string, stimuli = {}): string => {
    const { experiment, task } = taskOf(formula, stimuli);
    return linearity(experiment, task).kind;
  };

  it.each([
    ['e', 'affine'],
    ['not h[2]', 'affine'],
    ['shape', 'affine'],
    ['shape == star', 'affine'],
    ['shape != star', 'affine'],
    ['h[0] and (e or not e)', 'affine'],
    ['h[0] and h[1]', 'separable'],
    ['h[0] or h[1] or e', 'separable'],
    ['h[0] and not h[1]', 'separable'],
    ['count(h) >= 2', 'separable'],
    ['shape == star or shape == circle and e', 'separable'],
    ['xor(h[0], e)', 'inseparable'],
    ['parity(h)', 'inseparable'],
    ['count(h) == 2', 'inseparable'],
    ['h[0] == h[1]', 'inseparable'],
    ['(h[0] and h[1]) or (h[2] and h[3])', 'inseparable'],
    ['xor(shape == star, e)', 'inseparable'],
    ['parity(n)', 'inseparable'],
    ['any(n)', 'separable'],
    ['count(n) >= 20', 'separable'],
    ['count(n) == 20', 'unknown'],
    ['z[0] > 0.5', 'separable'],
    ['z[0] > 0 and e', 'unknown'],
  ])('of %s is %s', (formula, kind) => {
    expect(kindOf(formula)).toBe(kind);
  });

  it('finds parity inseparable for every number of bits, and thresholds separable', () => {
    for (let bits = 2; bits <= 8; bits++) {
      const points = Array.from({ length: 2 ** bits }, (_, row) =>
        Array.from({ length: bits }, (_unused, bit) => (row >> bit) & 1),
      );
      const sums = points.map((point) => point.reduce((sum, value) => sum + value, 0));
      expect(
        areSeparable(
          points,
          sums.map((sum) => sum % 2 === 1),
        ),
      ).toBe(false);
      for (let least = 0; least <= bits + 1; least++)
        expect(
          areSeparable(
            points,
            sums.map((sum) => sum >= least),
          ),
        ).toBe(true);
    }
  });

  it('finds the 104 threshold functions among the 256 of three variables', () => {
    const points = Array.from({ length: 8 }, (_, row) => [row & 1, (row >> 1) & 1, (row >> 2) & 1]);
    let separable = 0;
    for (let table = 0; table < 256; table++) {
      const labels = points.map((_, row) => ((table >> row) & 1) === 1);
      const answer = areSeparable(points, labels);
      expect(answer).not.toBeNull();
      if (answer) separable++;
    }
    expect(separable).toBe(104);
  });

  it('says which feature has no input units', () => {
    const { experiment, task } = taskOf('latent', {
      features: { latent: { values: ['a', 'b'], units: 0 }, seen: { bits: 20 } },
    });
    expect(linearity(experiment, task)).toEqual({ kind: 'latent', features: ['latent'] });
  });

  it('warns where the inputs are not the values themselves', () => {
    const squeezed = {
      shape: { values: ['a', 'b', 'c', 'd'], encoding: 'projection', units: 2 },
      n: { bits: 20 },
    };
    const narrow = taskOf('shape == a', { features: squeezed });
    expect(inputCaveat(narrow.experiment, narrow.task)).toMatch(/projection has fewer units/);
    const noisy = taskOf('e', { inputNoise: 0.1 });
    expect(inputCaveat(noisy.experiment, noisy.task)).toMatch(/noise/);
    const plain = taskOf('e');
    expect(inputCaveat(plain.experiment, plain.task)).toBeNull();
  });
});

describe('base rates', () => {
  const share = (formula: string, stimuli = {}): number | undefined => {
    const { experiment, task } = taskOf(formula, stimuli);
    return baseRate(experiment, task, 'test')?.shares[1];
  };
  const features = {
    e: { values: ['no', 'yes'], prevalence: 0.1 },
    h: { bits: 4, prevalence: 0.2 },
    shape: { values: ['circle', 'square', 'star'], prevalence: [0.5, 0.3, 0.2] },
    z: { gaussian: 1 },
    n: { bits: 40 },
  };

  it.each([
    ['e', 0.1],
    ['not e', 0.9],
    ['parity(h)', (1 - 0.6 ** 4) / 2],
    ['all(h)', 0.2 ** 4],
    ['any(h)', 1 - 0.8 ** 4],
    ['count(h) >= 3', 4 * 0.2 ** 3 * 0.8 + 0.2 ** 4],
    ['shape == star or e', 1 - 0.8 * 0.9],
    ['h[0] and h[1] or h[0] and h[2]', 0.2 * (1 - 0.8 ** 2)],
    ['z > 1', 0.158655],
    ['parity(n)', 0.5],
  ])('of %s is %d', (formula, expected) => {
    expect(share(formula, { features })).toBeCloseTo(expected, 5);
  });

  it('of a categorical task are its prevalences', () => {
    const { experiment, task } = taskOf('shape', { features });
    const rate = baseRate(experiment, task, 'test');
    expect(rate?.how).toBe('exact');
    expect(rate?.shares).toEqual([0.5, 0.3, 0.2]);
  });

  it('are even where the task is balanced', () => {
    expect(share('e', { features, balance: ['t'] })).toBe(0.5);
  });

  it('follow what another balanced task does to the same features', () => {
    const stimuli = { features: { h: { bits: 2, prevalence: 0.1 }, n: { bits: 20 } }, balance: ['both'] };
    const { experiment } = taskOf('h[0]', { ...stimuli, balance: [] });
    const task = experiment.tasks[0];
    expect(baseRate(experiment, task, 'test')?.shares[1]).toBeCloseTo(0.1, 9);
    const balanced = {
      ...experiment,
      stimuli: {
        ...experiment.stimuli,
        sets: { ...experiment.stimuli.sets, test: { ...experiment.stimuli.sets.test, balance: ['both'] } },
      },
      tasks: [task, { ...taskOf('h[0] and h[1]').task, name: 'both' }],
    };
    // Half the stimuli have both bits; of the others .1·.9 / .99 have the first.
    expect(baseRate(balanced, task, 'test')?.shares[1]).toBeCloseTo(0.5 + (0.5 * 0.09) / 0.99, 9);
  });

  it('are sampled where features agree, and near what is drawn', () => {
    const stimuli = {
      features: {
        e: { values: ['no', 'yes'] },
        f: { values: ['no', 'yes'], agrees: { with: 'e', probability: 0.9 } },
        n: { bits: 20 },
      },
    };
    const { experiment, task } = taskOf('e and f', stimuli);
    const rate = baseRate(experiment, task, 'test');
    expect(rate?.how).toBe('sampled');
    expect(Math.abs((rate?.shares[1] ?? 0) - 0.45)).toBeLessThan(0.03);
    expect(baseRate(experiment, task, 'test')).toEqual(rate);
  });

  it('are near what is drawn', () => {
    const { experiment, task } = taskOf('count(h) >= 1 and e', { features });
    const { test } = drawStimuli(experiment);
    const [{ values }] = test.tasks;
    const drawn = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(drawn).toBeGreaterThan(0);
    expect(Math.abs((baseRate(experiment, task, 'test')?.shares[1] ?? 0) - drawn)).toBeLessThan(0.03);
  });
});

describe('truth tables', () => {
  it('list every combination', () => {
    const { experiment, task } = taskOf('xor(e, h[1])');
    expect(truthTable(experiment, task)).toBe(
      [
        '| e |  h\\[1\\] |  t |',
        '| :-- | --: | --: |',
        '| no |  0 |  false |',
        '| no |  1 |  **true** |',
        '| yes |  0 |  **true** |',
        '| yes |  1 |  false |',
      ].join('\n'),
    );
  });

  it.each(['parity(n)', 'z[0] > 0', 'shape', 'h[0]', 'count(h) + e'.replace(' + e', ' >= 1 and e')])(
    'are left out for %s',
    (formula) => {
      const { experiment, task } = taskOf(formula);
      expect(truthTable(experiment, task)).toBeNull();
    },
  );
});

describe('explanations', () => {
  it.each([
    ['e', 'e is yes'],
    ['parity(h)', 'an odd number of h\\[0\\] to h\\[3\\] are 1'],
    ['count(h) >= 2', 'at least 2 of h\\[0\\] to h\\[3\\] are 1'],
    ["'my feature' == 'a b' and not h[0]", 'my feature is a b and h\\[0\\] is 0'],
    ['parity(h[0:2], n[7])', 'an odd number of h\\[0\\], h\\[1\\] and n\\[7\\] are 1'],
    ['xor(e, shape == star)', 'either e is yes or shape is star, but not both'],
  ])('of %s', (formula, words) => {
    const { experiment, task } = taskOf(formula);
    const { label } = task;
    expect(label.kind === 'binary' && explainFormula(label.expression, experiment, markdownMarks)).toBe(
      words,
    );
  });
});
