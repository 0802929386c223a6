import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExpertsSpec } from '../../../src/experiment/documents-file';
import { countTable } from '../../../src/stimuli/documents/count-table';
import { bytesOf, expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, read, setOf, textsOf } from './reading';

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Shares of right answers of the table of counts: of the most frequent one, and of any in proportion. */
function tableOf(experts: ExpertsSpec, seeds = 1): { greedy: number; sampled: number } {
  const tables = Array.from({ length: seeds }, (_, seed) => {
    const { corpus } = draw({ experts }, seed);
    return countTable(corpus.train, setOf(corpus, 'facts'), 1 / (experts.tails ?? 12));
  });
  return {
    greedy: mean(tables.map(({ greedy }) => mean(greedy))),
    sampled: mean(tables.map(({ probability }) => mean(probability))),
  };
}

describe('experts', () => {
  it('are as foretold, whatever the settings', () => {
    const settings = fc.record({
      heads: fc.integer({ min: 2, max: 12 }),
      relations: fc.integer({ min: 1, max: 4 }),
      tails: fc.integer({ min: 2, max: 6 }),
      experts: fc.integer({ min: 1, max: 8 }),
      clusters: fc.constantFrom(undefined, undefined, 2, 3),
      knows: fc.double({ min: 0.01, max: 1, noNaN: true }),
      prefers: fc.double({ min: 0.5, max: 1, noNaN: true }),
      wrong: fc.constantFrom('tail' as const, 'headOrTail' as const),
      visits: fc.integer({ min: 1, max: 5 }),
    });
    let drawn = 0;
    fc.assert(
      fc.property(settings, fc.nat(), (experts, seed) => {
        if (!read({ experts }).plan) return;
        expectAsForetold(draw({ experts }, seed));
        drawn++;
      }),
      { numRuns: 80 },
    );
    expect(drawn).toBeGreaterThan(10);
  });

  it('know the share of facts that was asked for, and always believe the same of the others', () => {
    const { corpus } = draw({ experts: { heads: 20, experts: 4, knows: 0.3, visits: 60 } });
    const [right, expert, truth] = ['right', 'expert', 'truth'].map((name) =>
      columnOf(corpus.train, name).map(([value]) => value),
    );
    const beliefs = new Map<string, string>();
    const knows = new Map<string, Set<string>>();
    const truths = new Map<string, string>();
    for (const [d, text] of textsOf(corpus, corpus.train).entries()) {
      const [, head, relation, tail] = text;
      const fact = `${head} ${relation}`;
      expect(beliefs.get(`${expert[d]} ${fact}`) ?? tail).toBe(tail);
      beliefs.set(`${expert[d]} ${fact}`, tail);
      expect(truths.get(fact) ?? truth[d]).toBe(truth[d]);
      truths.set(fact, truth[d]);
      expect(right[d]).toBe(tail === truth[d] ? 'right' : 'wrong');
      expect(tail.startsWith(`${relation}t`)).toBe(true);
      if (right[d] === 'right') knows.set(expert[d], (knows.get(expert[d]) ?? new Set()).add(fact));
    }
    expect([...knows.values()].map(({ size }) => size)).toEqual([30, 30, 30, 30]);
    expect(truths.size).toBe(100);
    const asked = setOf(corpus, 'facts');
    expect(countedOf(asked).every((counted) => counted.join() === '3')).toBe(true);
    for (const [, head, relation, tail] of textsOf(corpus, asked))
      expect(truths.get(`${head} ${relation}`)).toBe(tail);
  });

  // Of an independent simulation in Python, without documents and networks: 300 facts, 12 tails, wrong ones uniform.
  it.each([
    [1, 0.4, 'tail', 0.4],
    [10, 0.2, 'tail', 0.39],
    [10, 0.4, 'tail', 0.84],
    [10, 0.6, 'tail', 0.98],
    [100, 0.1, 'tail', 0.21],
    [10, 0.2, 'headOrTail', 0.48],
    [10, 0.4, 'headOrTail', 0.89],
  ] as const)('that are %i, and know %f, mistake the %s and have a plurality that knows %f', (...given) => {
    const [count, knows, wrong, plurality] = given;
    const { greedy, sampled } = tableOf({ experts: count, knows, wrong, visits: 200 });
    expect(Math.abs(greedy - plurality)).toBeLessThan(0.06);
    if (wrong === 'tail') expect(sampled).toBeCloseTo(knows, 2);
  });

  it.each([
    [0.01, 0.9, 0.21, 0.08],
    [0.01, 1, 0.66, 0.66],
    [0.1, 0.8, 0.99, 0.35],
    [0.1, 0.95, 1, 0.68],
  ])(
    'that know %f of 100 clusters and prefer these by %f select the one who knows',
    (knows, prefers, greedily, inProportion) => {
      const { greedy, sampled } = tableOf({ experts: 100, clusters: 100, knows, prefers });
      expect(Math.abs(greedy - greedily)).toBeLessThan(0.06);
      expect(Math.abs(sampled - inProportion)).toBeLessThan(0.05);
    },
  );

  it('have floors of guesses and of one of them, and a ceiling of all', () => {
    const { floors = [], ceiling } = read({ experts: {} }).shape?.sets[0] ?? {};
    expect(floors.map(({ score }) => score)).toEqual([1 / 12, 0.4]);
    expect(ceiling?.score).toBe(1 - 0.6 ** 10);
    const one = tableOf({ experts: 1, knows: 0.5, visits: 20 });
    expect(one.greedy).toBeCloseTo(0.5, 2);
  });

  it('have the same bytes for the same seed, and others for another', () => {
    const experts = { visits: 10 };
    const bytes = bytesOf(draw({ experts }).corpus);
    expect(bytes).toBe('465a91017187f2c2c4ac323c52664900cfe930184633104b2d1b7bb01f6bad6c');
    expect(bytesOf(draw({ experts }, 1).corpus)).not.toBe(bytes);
  });

  it('that cannot be are refused, each in a sentence with the mend', () => {
    const said = (experts: ExpertsSpec): string => read({ experts }).messages.join('|');
    expect(said({ clusters: 7 })).toBe(
      '300 facts cannot be divided into 7 clusters of the same size. Give a number that divides them.',
    );
    expect(said({ knows: 0.001 })).toBe("A share of 0.001 of 300 clusters is none at all. Raise 'knows'.");
    expect(said({ heads: 2000, relations: 200 })).toMatch(/are too many to draw what each believes/);
    expect(said({ visits: 100000 })).toMatch(/^The documents have \d+ tokens together/);
  });
});
