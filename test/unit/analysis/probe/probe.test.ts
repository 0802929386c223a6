import { describe, expect, it } from 'vitest';
import { controlTask } from '../../../../src/analysis/probe/control-task';
import { coordinatesOf } from '../../../../src/analysis/probe/coordinates';
import { foldsOf } from '../../../../src/analysis/probe/folds';
import { lossAt, mlp } from '../../../../src/analysis/probe/mlp';
import { decidedClass, type Target } from '../../../../src/analysis/probe/probe';
import { foldMean, scored } from '../../../../src/analysis/probe/scores';
import { equalRows } from '../../../../src/analysis/probe/stimuli';
import { stream } from '../../../../src/core/stream';
import { minimise } from '../../../../src/numerics/minimise';

const random = stream('probe-test', 0);
const normal = (rows: number, cols: number) => ({
  ...{ rows, cols },
  data: Float64Array.from({ length: rows * cols }, () => random.normal()),
});
const classes = (of: ArrayLike<number>, count = 2): Target => ({
  ...{ kind: 'classes', classes: count },
  of: Uint32Array.from(of),
});

describe('folds', () => {
  it('keep equal rows together, and classes as frequent as they can be', () => {
    const [copies, distinct] = [2, 30];
    const rows = normal(distinct, 3);
    const twice = Float64Array.from([...rows.data, ...rows.data]);
    const stimuli = equalRows({ rows: copies * distinct, cols: 3, data: twice });
    expect(stimuli.count).toBe(distinct);
    const of = Array.from({ length: copies * distinct }, (_, row) => (row % distinct < 10 ? 1 : 0));
    const folds = foldsOf(stimuli, classes(of), 5, [0]);
    for (let row = 0; row < distinct; row++) expect(folds[row]).toBe(folds[row + distinct]);
    for (let fold = 0; fold < 5; fold++) {
      const own = of.filter((_, row) => folds[row] === fold);
      expect([own.length, own.filter((c) => c === 1).length]).toEqual([12, 4]);
    }
  });

  it('spread a real label, and are others with another seed', () => {
    const of = Float64Array.from({ length: 20 }, (_, row) => row);
    const stimuli = { count: 20, of: Uint32Array.from(of) };
    const folds = [0, 1].map((seed) => foldsOf(stimuli, { kind: 'real', of }, 4, [seed]));
    expect(folds[0]).not.toEqual(folds[1]);
    for (let first = 0; first < 20; first += 4)
      expect([...folds[0].subarray(first, first + 4)].sort()).toEqual([0, 1, 2, 3]);
  });

  it('take 0 and −0 for equal', () => {
    expect(equalRows({ rows: 2, cols: 1, data: Float64Array.of(0, -0) }).count).toBe(1);
  });
});

describe('scores', () => {
  const decisions = { rows: 1, cols: 4, data: Float64Array.of(1, 1, 1, -1) };

  it('count ties half, and classes alike, however rare they are', () => {
    const found = scored(decisions, classes([1, 0, 0, 0]));
    expect(found).toEqual({ accuracy: 0.5, balancedAccuracy: (1 + 1 / 3) / 2, auc: (0.5 + 0.5 + 1) / 3 });
  });

  it('are none where a fold has one class, or a label that does not vary, and means are over the other folds', () => {
    const one = scored(decisions, classes([1, 1, 1, 1]));
    expect(one).toEqual({ accuracy: 0.75, balancedAccuracy: 0.75, auc: null });
    expect(scored(decisions, { kind: 'real', of: Float64Array.of(2, 2, 2, 2) })).toEqual({ r2: null });
    expect(foldMean([0.5, null, 1])).toEqual({
      mean: 0.75,
      standardErrorOverFolds: 0.25,
      folds: [0.5, null, 1],
    });
    expect(foldMean([null]).mean).toBeNull();
  });
});

describe('a control task', () => {
  it('has one label for each combination, as frequent as before, and is no renamed label', () => {
    const of = Uint32Array.from({ length: 40 }, (_, row) => row % 4);
    const xor = classes(of.map((c) => (c === 1 || c === 2 ? 1 : 0)));
    for (let draw = 0; draw < 20; draw++) {
      const control = controlTask(xor, { count: 4, of }, [draw]) as typeof xor;
      const four = [...control.of.subarray(0, 4)];
      expect([...control.of]).toEqual(Array.from(of, (c) => four[c]));
      expect(four.reduce((sum, c) => sum + c)).toBe(2);
      expect([
        [0, 1, 1, 0],
        [1, 0, 0, 1],
      ]).not.toContainEqual(four);
    }
  });

  it('is none where every deal is the label', () => {
    expect(
      controlTask(classes([0, 1, 0, 1]), { count: 2, of: Uint32Array.of(0, 1, 0, 1) }, [0]),
    ).toBeUndefined();
  });
});

describe('the small network', () => {
  it.each<[string, Target]>([
    ['two classes', classes([0, 1, 1, 0, 1, 0])],
    ['three classes', classes([0, 1, 2, 2, 1, 0], 3)],
    ['a real label', { kind: 'real', of: Float64Array.of(1, 2, 0, -1, 3, 0) }],
  ])('has the gradient of its loss: %s', (_, target) => {
    const rows = normal(6, 3);
    const outputs = target.kind === 'classes' && target.classes > 2 ? target.classes : 1;
    const x = normal(1, 32 * 4 + outputs * 33).data;
    const [gradient, unused] = [x.slice(), x.slice()];
    lossAt(rows, target, 0.1, x, gradient);
    for (let at = 0; at < x.length; at += 7) {
      const [up, down] = [1e-6, -1e-6].map((step) => {
        const moved = x.slice();
        moved[at] += step;
        return lossAt(rows, target, 0.1, moved, unused);
      });
      expect(gradient[at]).toBeCloseTo((up - down) / 2e-6, 6);
    }
  });

  it('goes as far where a penalty is chosen as in the end: what is half fitted looks best under the strongest', () => {
    const rows = normal(40, 4);
    const target = classes(
      Array.from({ length: 40 }, (_, row) => (rows.data[4 * row] * rows.data[4 * row + 1] > 0 ? 1 : 0)),
    );
    const fit = mlp.prepare(coordinatesOf(rows).rows, target, [0]);
    const [chosen, final] = (['choose', 'fit'] as const).map((effort) => fit(1e-4, effort).decide(rows).data);
    expect([...chosen]).toEqual([...final]);
  });

  it('computes an XOR, which no line does', () => {
    const rows = { rows: 80, cols: 2, data: normal(80, 2).data };
    const target = classes(
      Array.from({ length: 80 }, (_, row) => (rows.data[2 * row] * rows.data[2 * row + 1] > 0 ? 1 : 0)),
    );
    const { rows: coordinates } = coordinatesOf(rows);
    const decisions = mlp.prepare(coordinates, target, [0])(1e-5, 'fit').decide(coordinates);
    const right = target.of.filter((c, row) => decidedClass(decisions, row) === c).length;
    expect(right).toBeGreaterThan(76);
  });
});

it('the minimum of Rosenbrock’s function of many variables is found', () => {
  const f = (x: Float64Array, gradient: Float64Array): number => {
    let sum = 0;
    gradient.fill(0);
    for (let i = 0; i + 1 < x.length; i++) {
      const [off, rest] = [x[i + 1] - x[i] ** 2, 1 - x[i]];
      sum += 100 * off ** 2 + rest ** 2;
      gradient[i] += -400 * off * x[i] - 2 * rest;
      gradient[i + 1] += 200 * off;
    }
    return sum;
  };
  const { at, converged } = minimise(f, new Float64Array(10), 1e-9, 1000);
  expect(converged).toBe(true);
  for (const one of at) expect(one).toBeCloseTo(1, 8);
});
