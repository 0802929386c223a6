import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Documents } from '../../../src/stimuli/documents/corpus';
import { bytesOf, expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, setOf, textsOf } from './reading';

const { corpus } = draw({ exposures: { quadruples: 6, repeats: 2, episodes: 400, byRule: 0.25 } });

type Thing = readonly [first: string, second: string, label: string];

function thingsOf(text: readonly string[]): Thing[] {
  return Array.from({ length: text.length / 3 }, (_, at) => [
    text[3 * at],
    text[3 * at + 1],
    text[3 * at + 2],
  ]);
}

/** The label that the feature gives that tells the labels of three things apart. */
function byTheRule(told: readonly Thing[], asked: Thing): string | undefined {
  const found = [0, 1].flatMap((feature) => {
    const labels = new Map(told.map((thing) => [thing[feature], thing[2]]));
    return told.every((thing) => labels.get(thing[feature]) === thing[2]) ? [labels.get(asked[feature])] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Things that are told of what an asked thing shares a feature with. */
function near(told: readonly Thing[], asked: Thing): Thing[] {
  return told.filter((thing) => (thing[0] === asked[0]) !== (thing[1] === asked[1]));
}

function documentsOf(documents: Documents, kind: string): Thing[][] {
  const kinds = columnOf(documents, 'kind').map(([first]) => first);
  return textsOf(corpus, documents).flatMap((text, at) => (kinds[at] === kind ? [thingsOf(text)] : []));
}

describe('exposures', () => {
  it('are as foretold, whatever the settings', () => {
    const settings = fc.record({
      quadruples: fc.integer({ min: 2, max: 9 }),
      features: fc.integer({ min: 4, max: 9 }),
      labels: fc.integer({ min: 4, max: 5 }),
      repeats: fc.integer({ min: 1, max: 3 }),
      episodes: fc.integer({ min: 1, max: 30 }),
      questions: fc.integer({ min: 1, max: 3 }),
      byRule: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(settings, fc.nat(), (spec, seed) => {
        expectAsForetold(draw({ exposures: spec }, seed));
      }),
      { numRuns: 25 },
    );
  });

  it('tell things that have nothing in common and ask for these, or those of a quadruple and ask first for the fourth, by the rule', () => {
    const asks = columnOf(corpus.train, 'asks').map(([first]) => first);
    const kinds = columnOf(corpus.train, 'kind').map(([first]) => first);
    const counted = countedOf(corpus.train);
    const counts = new Map<string, number>();
    for (const [at, text] of textsOf(corpus, corpus.train).entries()) {
      if (kinds[at] !== 'episode') continue;
      const all = thingsOf(text);
      const [told, asked, more] = [all.slice(0, 4), all[4], all.slice(5)];
      const isNew = !told.some((thing) => String(thing) === String(asked));
      expect(isNew).toBe(asks[at] === 'BX');
      if (isNew) expect(byTheRule(told, asked)).toBe(asked[2]);
      else for (const part of [0, 1, 2]) expect(new Set(told.map((thing) => thing[part])).size).toBe(4);
      counts.set(asks[at], (counts.get(asks[at]) ?? 0) + 1);
      expect(more.length).toBe(3);
      expect(more.every((thing) => told.some((one) => String(one) === String(thing)))).toBe(true);
      expect(counted[at]).toEqual([14, 17, 20, 23]);
    }
    expect(counts.get('BX')).toBe(100);
    expect(counts.size).toBe(2);
  });

  it('keep the fourth of the things that stay from training, and values of their own for them', () => {
    const alone = documentsOf(corpus.train, 'alone').map(([thing]) => thing);
    expect(alone.length).toBe(4 * 6 * 2);
    const trained = new Set(alone.map(String));
    expect(trained.size).toBe(24);
    expect(new Set(documentsOf(setOf(corpus, 'told in training'), 'alone').map(String))).toEqual(trained);
    const asked = documentsOf(setOf(corpus, 'rule from weights'), 'alone').map(([thing]) => thing);
    expect(asked.length).toBe(6);
    for (const thing of asked) {
      expect(trained.has(String(thing))).toBe(false);
      const told = alone.filter((other) => other[0] === thing[0] || other[1] === thing[1]);
      const quadruple = alone.filter((other) =>
        told.some((one) => one[0] === other[0] || one[1] === other[1]),
      );
      expect(new Set(quadruple.map(String)).size).toBe(3);
      expect(byTheRule(quadruple, thing)).toBe(thing[2]);
    }
    const stay = new Set(alone.flatMap(([first, second]) => [first, second]));
    for (const episode of documentsOf(corpus.train, 'episode'))
      expect(episode.some(([first, second]) => stay.has(first) || stay.has(second))).toBe(false);
  });

  it('are as near to a thing of either label where the fourth is asked, and let choose between both', () => {
    const set = corpus.sets.find(({ name }) => name === 'rule in context');
    const decides = columnOf(setOf(corpus, 'rule in context'), 'decides').map(([first]) => first);
    for (const [at, all] of documentsOf(setOf(corpus, 'rule in context'), 'episode').entries()) {
      const nearest = near(all.slice(0, 4), all[4]);
      const labels = [...(set?.options?.[at] ?? [])].map((token) => corpus.vocabulary[token]);
      expect(new Set(nearest.map(([, , label]) => label))).toEqual(new Set(labels));
      expect(nearest.length).toBe(2);
      const counts = labels.map((label) => all.slice(0, 4).filter(([, , other]) => other === label).length);
      expect(counts).toEqual([2, 2]);
      const [ruling] = nearest.filter(([, , label]) => label === all[4][2]);
      expect(ruling[0] === all[4][0] ? 'first' : 'second').toBe(decides[at]);
    }
    expect(new Set(decides).size).toBe(2);
  });

  it('are the same for the same seed', () => {
    const of = (seed: number): string => bytesOf(draw({ exposures: { episodes: 30 } }, seed).corpus);
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
  });
});
