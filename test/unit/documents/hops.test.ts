import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HopsSpec } from '../../../src/experiment/documents-file';
import { bytesOf, expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, read, setOf, textsOf } from './reading';

const { corpus } = draw({ hops: {} });
const train = textsOf(corpus, corpus.train);
const kinds = columnOf(corpus.train, 'kind').map(([kind]) => kind);
const communityOf = (entity: string): number => Math.floor(Number(entity.slice(1)) / 10);
const facts = new Map(
  train.filter((_, d) => kinds[d] === 'fact').map(([, head, by, tail]) => [`${head} ${by}`, tail]),
);
/** What is asked or said: head, relations, and where they lead by the facts. */
const follows = ([, head, first, second]: readonly string[]): [bridge: string, tail: string] => {
  const bridge = facts.get(`${head} ${first}`) ?? '';
  return [bridge, facts.get(`${bridge} ${second}`) ?? ''];
};
const isWithin = (text: readonly string[]): boolean =>
  follows(text).every((entity) => communityOf(entity) === communityOf(text[1]));

describe('hops', () => {
  it('are as foretold, whatever the settings', () => {
    const settings = fc.record({
      communities: fc.integer({ min: 2, max: 5 }),
      entities: fc.integer({ min: 3, max: 6 }),
      relations: fc.integer({ min: 2, max: 6 }),
      degree: fc.integer({ min: 2, max: 5 }),
      inside: fc.integer({ min: 1, max: 4 }),
      composed: fc.double({ min: 0, max: 1, noNaN: true }),
      heldOut: fc.integer({ min: 1, max: 20 }),
    });
    let drawn = 0;
    fc.assert(
      fc.property(settings, fc.nat(), (hops, seed) => {
        if (!read({ hops }).plan) return;
        expectAsForetold(draw({ hops }, seed));
        drawn++;
      }),
      { numRuns: 100 },
    );
    expect(drawn).toBeGreaterThan(15);
  });

  it('say every fact, by relations that have one answer, most of them within a community', () => {
    expect(facts.size).toBe(500);
    expect(train.filter((_, d) => kinds[d] === 'fact').length).toBe(500);
    const inside = [...facts].filter(([from, tail]) => communityOf(from.split(' ')[0]) === communityOf(tail));
    expect(inside.length).toBe(400);
    expect([...facts].some(([from, tail]) => from.split(' ')[0] === tail)).toBe(false);
  });

  it('say what follows within communities, at once and by a chain, and never what is held out or goes across', () => {
    const composed = train.filter((_, d) => kinds[d] !== 'fact');
    expect(composed.length).toBe(2 * Math.round(0.66 * 1500));
    const wrong = composed.filter((text) => {
      const [bridge, tail] = follows(text);
      const said = text.length === 5 ? [tail] : ['via', bridge, tail];
      return !isWithin(text) || text.slice(4).join() !== said.join();
    });
    expect(wrong).toEqual([]);
    const trained = new Set(composed.map((text) => text.slice(1, 4).join(' ')));
    expect(trained.size).toBe(990);
    for (const { name, documents } of corpus.sets) {
      const asked = textsOf(corpus, documents);
      expect(asked.length).toBe(100);
      expect(new Set(asked.map((text) => text.slice(1, 4).join(' '))).size).toBe(100);
      const bad = asked.filter((text, d) => {
        const [bridge, tail] = follows(text);
        const isChain = name.endsWith('chain');
        return (
          trained.has(text.slice(1, 4).join(' ')) ||
          isWithin(text) !== name.startsWith('within') ||
          text.slice(4).join() !== (isChain ? ['via', bridge, tail] : [tail]).join() ||
          countedOf(documents)[d].join() !== (isChain ? '5,6' : '4')
        );
      });
      expect(bad).toEqual([]);
    }
  });

  it('say of each token what it is of', () => {
    const within = setOf(corpus, 'across by chain');
    const columns = [
      'head',
      'first',
      'second',
      'bridge',
      'tail',
      'community',
      'bridgeCommunity',
      'scope',
      'seen',
    ].map((name) => columnOf(within, name));
    for (const [d, text] of textsOf(corpus, within).entries())
      for (const t of text.keys())
        expect(columns.map((column) => column[d][t])).toEqual([
          ...text.slice(1, 4),
          ...follows(text),
          `m${communityOf(text[1])}`,
          `m${communityOf(follows(text)[0])}`,
          'across',
          'heldOut',
        ]);
    expect(columnOf(within, 'role')[0]).toEqual([
      'begin',
      'head',
      'first',
      'second',
      'via',
      'bridge',
      'tail',
    ]);
  });

  it('are brought by an oracle that says the two facts', () => {
    for (const [d, text] of textsOf(corpus, setOf(corpus, 'across')).entries()) {
      const [bridge, tail] = follows(text);
      const brought = [...corpus.relevant('across', d)].map((at) => train[at].slice(1).join(' '));
      expect(brought).toEqual([`${text[1]} ${text[2]} ${bridge}`, `${bridge} ${text[3]} ${tail}`]);
    }
    expect([...corpus.relevant(null, 0)]).toEqual([]);
  });

  it('have the same bytes for the same seed, and others for another', () => {
    const bytes = bytesOf(corpus);
    expect(bytes).toBe('12d526f4b67050c39490d65b37f9d5b538c8dd7ae7eeca6b17159da4f034c566');
    expect(bytesOf(draw({ hops: {} }, 1).corpus)).not.toBe(bytes);
    const floors = corpus.sets.map((set) => set.floors.map(({ score }) => Math.round(score * 1e6) / 1e6));
    expect(floors).toEqual([[0.01, 0.1], [0.01], [0.0001, 0.01], [0.0001]]);
  });

  it('that cannot be are refused, each in a sentence with the mend', () => {
    const said = (hops: HopsSpec): string => read({ hops }).messages.join('|');
    expect(said({ communities: 200, entities: 400 })).toMatch(/are more than 4000 entities/);
    expect(said({ degree: 9 })).toBe("There are no 9 of 8 relations. Lower 'degree'.");
    expect(said({ inside: 5 })).toMatch(/which leaves nothing that goes across\. Lower 'inside'/);
    expect(said({ heldOut: 1000 })).toMatch(/^Within communities 1600 follow .* across them 900: no 1000/);
  });
});
