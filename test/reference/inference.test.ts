import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/analysis/inference/bootstrap';
import { comparerOf, inferenceMethods } from '../../src/analysis/inference/comparers';
import { crossValidated } from '../../src/analysis/inference/crossed';
import { evaluate, plainEvaluator } from '../../src/analysis/inference/evaluate';
import { type Pairs, sampleOf, wholeSample } from '../../src/analysis/inference/sample';
import { spaces } from '../../src/analysis/inference/spaces';
import { tAbove, tAway } from '../../src/analysis/inference/tests';
import { degreesOf, varianceOf } from '../../src/analysis/inference/variances';
import { expectClose } from './support/matrices';
import brain from './fixtures/rsa-brain.json';
import fixture from './fixtures/inference.json';

/** All pairs of so many stimuli. */
function pairsOf(size: number): Pairs {
  const [rows, columns]: number[][] = [[], []];
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      rows.push(i);
      columns.push(j);
    }
  return { size, rows: Uint32Array.from(rows), columns: Uint32Array.from(columns) };
}

/** How often each of so many things was drawn. */
function timesOf(drawn: readonly number[], things: number): Uint32Array {
  const times = new Uint32Array(things);
  for (const one of drawn) times[one]++;
  return times;
}

const { small } = fixture;
const pairs = pairsOf(small.size);
const counts = { subjects: small.subjects.length, models: small.models.length };
const rdms = [...small.subjects, ...small.models].map((rdm) => Float64Array.from(rdm));
const once = new Uint32Array(counts.subjects).fill(1);
const over = ['stimuli', 'subjects'] as const;
type Known = (typeof small.methods)['cosine'];
const known = Object.entries<Known>(small.methods);

it('has a reference for each method', () => {
  expect(known.map(([name]) => name).sort()).toEqual([...inferenceMethods].sort());
});

describe.each(known)('inference by %s agrees with rsatoolbox', (method, expected) => {
  const compare = comparerOf(method, rdms, pairs);
  const whole = compare(wholeSample(pairs));

  it('in scores and noise ceilings', () => {
    expectClose(evaluate(whole, counts, once), [...expected.scores, ...expected.ceiling]);
  });

  it('in samples of stimuli and subjects, pairs of a stimulus with itself left out', () => {
    for (const [at, [subjects, stimuli]] of small.drawn.entries()) {
      const times = timesOf(subjects, counts.subjects);
      const compared = compare(sampleOf(pairs, timesOf(stimuli, small.size)));
      expectClose(evaluate(compared, counts, times), expected.both[at]);
      expectClose(evaluate(whole, counts, times), expected.subjects[at]);
      expectClose(evaluate(compared, counts, once), expected.stimuli[at]);
    }
  });

  it('in variances of the dual bootstrap, and what t tests make of them', () => {
    const draws = {
      both: expected.both.map((row) => [Float64Array.from(row)]),
      subjects: expected.subjects.map((row) => [Float64Array.from(row)]),
      stimuli: expected.stimuli.map((row) => [Float64Array.from(row)]),
    };
    const variance = (place: number, less?: number): number =>
      varianceOf(draws, [place, less], counts, small.size, over);
    const degrees = degreesOf(counts, small.size, over);
    const models = expected.scores.map((_, model) => variance(model));
    expectClose(models, expected.variances.models);
    const lower = expected.scores.map((_, model) => variance(counts.models, model));
    expectClose(lower, expected.variances.lower);
    const differences = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map(([a, b]) => ({ mean: expected.scores[a] - expected.scores[b], variance: variance(a, b) }));
    expectClose(
      differences.map((one) => one.variance),
      expected.variances.differences,
    );
    expectClose(
      expected.scores.map((score, at) => tAbove(score, models[at], degrees)),
      expected.p.zero,
    );
    expectClose(
      expected.scores.map((score, at) => tAway(expected.ceiling[0] - score, lower[at], degrees)),
      expected.p.ceiling,
    );
    expectClose(
      differences.map((one) => tAway(one.mean, one.variance, degrees)),
      expected.p.pairs,
    );
  });
});

describe('cross-validated scores and ceilings agree with rsatoolbox', () => {
  const { size, methods, ...given } = fixture.crossed;
  const all = pairsOf(size);
  const own = [...given.subjects, ...given.models].map((rdm) => Float64Array.from(rdm));
  const counted = { subjects: given.subjects.length, models: given.models.length };
  /** Things in groups, in their order: those of each, and all others. */
  const splits = (things: number, groups: number) =>
    Array.from({ length: groups }, (_, group) => {
      const test = Uint32Array.from({ length: things }, (_, at) =>
        Number(Math.floor((at * groups) / things) === group),
      );
      return { train: test.map((one) => 1 - one), test };
    });

  it.each(Object.entries(methods))('%s, also of the weighted sum', (method, expected) => {
    const space = spaces[method];
    const whole = space(own, wholeSample(all));
    const products = splits(size, 3).map(({ train, test }) => ({
      all: whole,
      train: space(own, sampleOf(all, train)),
      test: space(own, sampleOf(all, test)),
    }));
    const found = crossValidated(products, splits(4, 2), Uint32Array.of(1, 1, 1, 1), counted);
    expectClose(found, expected);
  });

  it('has variances of means over all folds: two repetitions, with the noise of one taken off', () => {
    const rows = [
      [1, 3],
      [2, 1],
      [6, 5],
    ].map((row) => row.map((value) => Float64Array.of(value)));
    // 2 × variance of (2, 1.5, 5.5), less the mean of the variances 7 and 4; times 3 / 2.
    const found = varianceOf({ both: rows }, [0], { subjects: 3, models: 1 }, 9, ['subjects']);
    expect(found).toBeCloseTo(1.5 * (2 * 4.75 - 5.5), 12);
  });
});

describe('noise ceilings of measured brains agree with rsatoolbox', () => {
  const bytes = Uint8Array.from(Buffer.from(fixture.brain.subjects, 'base64'));
  const values = Float64Array.from(new Float32Array(bytes.buffer));
  const all = pairsOf(fixture.brain.size);
  const each = all.rows.length;
  const subjects = Array.from({ length: 4 }, (_, at) => values.slice(at * each, (at + 1) * each));
  const model = Float64Array.from(brain.models[0].rdm);

  it.each(Object.entries(fixture.brain.ceilings))('%s', (method, ceilings) => {
    const compare = comparerOf(method, [...subjects, model], all);
    const found = evaluate(compare(wholeSample(all)), { subjects: 4, models: 1 }, [1, 1, 1, 1]);
    expectClose(found.slice(1), ceilings);
  });
});

describe('the bootstrap', () => {
  it('draws the same every time, and leaves out draws that have no numbers', () => {
    const three = pairsOf(3);
    const of = [Float64Array.of(1, 2, 3), Float64Array.of(2, 2.5, 4), Float64Array.of(1, 1, 2)];
    const compare = comparerOf('pearson', of, three);
    const counted = { subjects: 2, models: 1 };
    const evaluator = plainEvaluator(compare, three, counted);
    const [all] = evaluator(Uint32Array.of(1, 1, 1))(Uint32Array.of(1, 1));
    const made = () => bootstrap(evaluator, all, { stimuli: 3, subjects: 2 }, ['stimuli'], 100);
    // All three have to be drawn: 6 of 27 samples.
    expect(made().both.length).toBeGreaterThan(5);
    expect(made().both.length).toBeLessThan(50);
    expect(made()).toEqual(made());
  });
});
