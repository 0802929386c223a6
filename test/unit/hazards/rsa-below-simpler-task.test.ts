import { describe, expect, it } from 'vitest';
import { groupMeans } from '../../../src/analysis/rsa/groups';
import { rsaBelowSimplerTask as rule } from '../../../src/hazards/rsa-below-simpler-task';
import type { PairResults, RsaResults } from '../../../src/protocol/results';
import { network, pairs, results, rsa } from './fabricate';
import { askedSimilarities } from '../../../src/measures/similarity';

const on = (name: string, tasks: string[], trained = true) =>
  network({ name, trained, accuracy: Object.fromEntries(tasks.map((task) => [task, [1, 1]])) });
const networks = [on('both', ['easy', 'hard']), on('easy only', ['easy']), on('hard only', ['hard'])];

/**
 * Five replicates of “both” and five of “easy only” in the matrix, with these means.
 *
 * @param spread between the replicates of “easy only”, in their likeness to “both”
 * @param own between those of “both”, in their likeness to all
 */
function measured(within: number, between: number, spread = 0.01, own = 0.01): RsaResults {
  const steps = [-1, -0.5, 0, 0.5, 1];
  const size = 2 * steps.length;
  const at = (i: number): number => (i < 5 ? own * steps[i] : spread * steps[i - 5]);
  const matrix = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, k) => {
      if (i >= 5 && k >= 5) return null;
      return i < 5 && k < 5 ? within + at(i) + at(k) : between + at(i) + at(k);
    }),
  );
  const names = matrix.map((_, i) => (i < 5 ? 'both' : 'easy only'));
  return {
    ...rsa(),
    labels: names.map((name, i) => `${name}/${i % 5}`),
    matrix,
    groups: groupMeans(matrix, names, 0.95),
  };
}

describe('RSA that places a network below its likeness to a simpler task', () => {
  it('is named, where fewer of the same tasks give the higher similarity', () => {
    const [hazard, ...more] = rule.evaluate(results(networks, [measured(0.8, 0.9)]));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ severity: 'serious', threshold: 0.02 });
    expect(hazard.where).toMatchObject({
      network: 'both',
      simpler: 'easy only',
      layer: 'hidden2',
      metric: 'correlation',
    });
    expect(hazard.value).toBeCloseTo(0.1, 12);
    expect(hazard.message).toBe(
      'In hidden2, replicates of “both” (computes “easy”, “hard”) are less alike (mean RSA 0.800) than they are like “easy only” ' +
        '(computes “easy”; 0.900), by correlation distance, RDMs compared by Pearson.',
    );
  });

  it('is named once for a pair of networks, with the other comparisons that show it', () => {
    const once = measured(0.8, 0.85, 0.4);
    const loud = { ...measured(0.8, 0.9), layer: 'hidden1' };
    const [hazard, ...more] = rule.evaluate(results(networks, [once, loud]));
    expect(more).toEqual([]);
    expect(hazard.where.layer).toBe('hidden1');
    expect(hazard.message).toMatch(/The same holds by correlation distance in hidden2\.$/);
  });

  it('names some of many measures that say the same, and counts the rest', () => {
    const { labels, matrix, groups } = measured(0.8, 0.9);
    const of = (count: number): string => {
      const measures = (['cka', 'cca-squared', 'bures', 'rsa', 'rsa-centred'] as const).slice(0, count);
      const asked = askedSimilarities({ similarity: { measures, null: 0 } });
      const base = results(
        networks,
        [measured(0.8, 0.95)],
        asked.map(({ name }) => ({ ...pairs(name), ...{ labels, matrix, groups } })),
      );
      const known = Object.fromEntries(asked.map((one) => [one.name, one]));
      const [{ message }] = rule.evaluate({ ...base, measures: { ...base.measures, ...known } });
      return message.replace(/^.* The same holds /, '');
    };
    expect(of(4).match(/by /g)).toHaveLength(4);
    expect(of(5)).toMatch(/ in hidden2 and by 2 more measures\.$/);
  });

  it('is named by other similarities, and by distances, of which more is less alike', () => {
    const { labels, matrix, groups } = measured(0.8, 0.9);
    const by = (measure: string, of = matrix, means = groups): PairResults => ({
      ...pairs(measure),
      ...{ labels, matrix: of, groups: means },
    });
    const [hazard, ...more] = rule.evaluate(results(networks, [], [by('linearCka')]));
    expect(more).toEqual([]);
    expect(hazard.severity).toBe('serious');
    expect(hazard.where).toMatchObject({ network: 'both', simpler: 'easy only', measure: 'linearCka' });
    expect(hazard.message).toBe(
      'In hidden2, replicates of “both” (computes “easy”, “hard”) are less alike (mean linear CKA 0.800) than they are like “easy only” (computes “easy”; 0.900).',
    );
    expect(rule.evaluate(results(networks, [], [by('angularProcrustes')]))).toEqual([]);
    const distances = matrix.map((row) => row.map((value) => (value === null ? null : 1 - value)));
    const far = groups.map((group) => ({ ...group, mean: group.mean === null ? null : 1 - group.mean }));
    const [distant] = rule.evaluate(results(networks, [], [by('angularProcrustes', distances, far)]));
    expect(distant.severity).toBe('serious');
    expect(distant.value).toBeCloseTo(0.1, 12);
    const both = rule.evaluate(results(networks, [measured(0.8, 0.9)], [by('linearCka')]));
    expect(both).toHaveLength(1);
    expect(both[0].message).toMatch(/ The same holds by linear CKA in hidden2\.$/);
    // Also where the experiment asks for the same measure with its null.
    const [asked] = askedSimilarities({ similarity: { measures: ['cka'], null: 99 } });
    const base = results(networks, [measured(0.8, 0.9)], [by('linearCka'), by(asked.name)]);
    const [once] = rule.evaluate({ ...base, measures: { ...base.measures, [asked.name]: asked } });
    expect(once.message).toMatch(/ The same holds by linear CKA in hidden2\.$/);
  });

  it('is tested by the difference over replicates that both means share, not by whether their intervals overlap', () => {
    // Replicates of “both” differ much, each as far from all others: both means move together.
    const rsa = measured(0.5, 0.6, 0.01, 0.08);
    const [own, between] = rsa.groups;
    expect(between.low).toBeLessThan(own.high ?? NaN);
    expect(rule.evaluate(results(networks, [rsa]))[0].severity).toBe('serious');
  });

  it('is named, less loudly, where the difference may be chance', () => {
    const [hazard] = rule.evaluate(results(networks, [measured(0.5, 0.55, 0.4)]));
    expect(hazard.severity).toBe('info');
    expect(hazard.message).toMatch(
      /; it may be chance \(95 % interval of the difference: −0\.\d{3} to 0\.\d{3}\)\.$/,
    );
    const few = rsa(['both', 'both', 0.5], ['both', 'easy only', 0.55]);
    expect(rule.evaluate(results(networks, [few]))[0].message).toContain('too few replicates');
  });

  it('is named for other tasks whose replicates agree better', () => {
    const groups = (easy: number) =>
      rsa(['hard only', 'hard only', 0.1], ['easy only', 'hard only', 0.2], ['easy only', 'easy only', easy]);
    expect(rule.evaluate(results(networks, [groups(0.95)]))).toMatchObject([
      { where: { network: 'hard only', simpler: 'easy only' } },
    ]);
    expect(rule.evaluate(results(networks, [groups(0.05)])).map(({ where }) => where.network)).toEqual([
      'easy only',
    ]);
  });

  it.each([
    ['replicates of the same task are most alike', rsa(['both', 'both', 0.9], ['both', 'easy only', 0.8])],
    ['the other network has more tasks', rsa(['easy only', 'easy only', 0.5], ['both', 'easy only', 0.6])],
    ['the similarity is undefined', rsa(['both', 'both', null], ['both', 'easy only', 0.8])],
    ['a group is missing', rsa(['both', 'easy only', 0.8])],
  ])('is not seen where %s', (_, silent) => {
    expect(rule.evaluate(results(networks, [silent]))).toEqual([]);
  });

  it('compares what replicates compute, not what they were trained on', () => {
    const groups = [rsa(['both', 'both', 0.8], ['both', 'easy only', 0.9], ['easy only', 'easy only', 0.98])];
    const of = (hard: number, easy = 1) => [
      network({ name: 'both', accuracy: { easy: [1, 1], hard: [hard, hard] } }),
      network({ name: 'easy only', accuracy: { easy: [easy, easy] } }),
    ];
    // Nine tenths of the answers are 80 % of the way from chance to perfect.
    expect(rule.evaluate(results(of(0.9), groups))).toHaveLength(1);
    // What did not learn the hard task computes the same as what was not trained on it …
    expect(rule.evaluate(results(of(0.6), groups))).toEqual([]);
    // … and what computes nothing is not simpler.
    expect(rule.evaluate(results(of(1, 0.5), groups))).toEqual([]);
  });

  it('exempts untrained networks on both sides', () => {
    const groups = [rsa(['both', 'both', 0.2], ['both', 'untrained', 0.6], ['untrained', 'untrained', 0.9])];
    expect(
      rule.evaluate(results([on('both', ['easy', 'hard']), on('untrained', ['easy'])], groups)),
    ).toHaveLength(1);
    expect(
      rule.evaluate(results([on('both', ['easy', 'hard']), on('untrained', ['easy'], false)], groups)),
    ).toEqual([]);
    expect(
      rule.evaluate(results([on('both', ['easy', 'hard'], false), on('untrained', ['easy'])], groups)),
    ).toEqual([]);
  });
});
