import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, read, setOf, textsOf } from './reading';

const small = { entities: 20, relations: 5, heldOut: 10, repeats: 4, affixes: 6 };
const { shape, corpus } = draw({ reversals: small });
const train = textsOf(corpus, corpus.train);
const kinds = columnOf(corpus.train, 'kind').map(([kind]) => kind);

/** Sentences of a document: triples between its affixes. */
const sentences = (text: readonly string[]): string[] =>
  Array.from({ length: (text.length - 2) / 3 }, (_, s) => text.slice(1 + 3 * s, 4 + 3 * s).join(' '));
/** The same fact the other way. */
const reversed = (sentence: string): string => {
  const [from, relation, to] = sentence.split(' ');
  const other = relation.endsWith('_inverse') ? relation.replace('_inverse', '') : `${relation}_inverse`;
  return `${to} ${other} ${from}`;
};
const said = new Set(train.flatMap(sentences));

describe('reversals', () => {
  it('are as foretold, whatever the settings', () => {
    const settings = fc.record({
      entities: fc.integer({ min: 3, max: 30 }),
      relations: fc.integer({ min: 1, max: 6 }),
      heldOut: fc.integer({ min: 1, max: 20 }),
      repeats: fc.integer({ min: 1, max: 4 }),
      together: fc.double({ min: 0, max: 0.9, noNaN: true }),
      affixes: fc.integer({ min: 2, max: 9 }),
      relevant: fc.constantFrom('same' as const, 'other' as const, 'either' as const),
    });
    let drawn = 0;
    fc.assert(
      fc.property(settings, fc.nat(), (reversals, seed) => {
        if (!read({ reversals }).plan) return;
        expectAsForetold(draw({ reversals }, seed));
        drawn++;
      }),
      { numRuns: 60 },
    );
    expect(drawn).toBeGreaterThan(30);
  });

  it('say every fact forward, and all inverses but those held out, in no document', () => {
    const forward = [...said].filter((sentence) => !sentence.includes('_inverse'));
    expect(forward.length).toBe(100);
    const without = forward.filter((sentence) => !said.has(reversed(sentence)));
    expect(without.length).toBe(10);
    expect(said.size).toBe(190);
    const asked = textsOf(corpus, setOf(corpus, 'reversal')).flatMap(sentences);
    expect(asked.map(reversed).sort()).toEqual(without.sort());
    expect(asked.some((sentence) => said.has(sentence))).toBe(false);
    // Evenly over relations.
    for (let r = 0; r < 5; r++)
      expect(without.filter((sentence) => sentence.split(' ')[1] === `r${r}`).length).toBe(2);
  });

  it('have one answer to each question: relations are permutations that move everything', () => {
    for (let r = 0; r < 5; r++) {
      const pairs = [...said].map((each) => each.split(' ')).filter(([, relation]) => relation === `r${r}`);
      expect(new Set(pairs.map(([from]) => from)).size).toBe(20);
      expect(new Set(pairs.map(([, , to]) => to)).size).toBe(20);
      expect(pairs.some(([from, , to]) => from === to)).toBe(false);
    }
  });

  it('say as many facts in both directions as asked', () => {
    const both = kinds.filter((kind) => kind === 'both').length;
    expect(both / train.length).toBeCloseTo(0.125, 2);
    for (const [d, text] of train.entries()) {
      const all = sentences(text);
      expect(all.length).toBe(kinds[d] === 'both' ? 2 : 1);
      if (all.length === 2) expect(reversed(all[0])).toBe(all[1]);
    }
    const first = train.filter((text, d) => kinds[d] === 'both' && !sentences(text)[0].includes('_inverse'));
    expect(first.length / both).toBeGreaterThan(0.35);
    expect(first.length / both).toBeLessThan(0.65);
    expect(draw({ reversals: { ...small, together: 0 } }).shape.train.longest).toBe(5);
  });

  it('ask with affixes that are in no training document of the fact', () => {
    const framed = new Set<string>();
    for (const text of train)
      for (const sentence of sentences(text))
        for (const affix of [text[0], text.at(-1)])
          framed.add(`${affix} ${sentence}`).add(`${affix} ${reversed(sentence)}`);
    for (const { documents } of corpus.sets)
      for (const text of textsOf(corpus, documents))
        for (const sentence of sentences(text))
          expect([text[0], text.at(-1)].some((affix) => framed.has(`${affix} ${sentence}`))).toBe(false);
  });

  it('ask the last object, and nothing else', () => {
    for (const { name, documents } of corpus.sets) {
      const roles = columnOf(documents, 'role');
      for (const [d, counted] of countedOf(documents).entries()) {
        expect(counted).toEqual([name === 'reversal in context' ? 6 : 3]);
        expect(roles[d][counted[0]]).toBe('object');
      }
    }
    const inContext = textsOf(corpus, setOf(corpus, 'reversal in context'));
    const alone = textsOf(corpus, setOf(corpus, 'reversal'));
    expect(inContext.map((text) => sentences(text)[1])).toEqual(alone.map((text) => sentences(text)[0]));
    for (const name of ['validation', 'trained forward', 'trained inverse'])
      for (const text of textsOf(corpus, setOf(corpus, name)))
        expect(said.has(sentences(text)[0])).toBe(true);
    expect(countedOf(corpus.train).every((counted, d) => counted.length === train[d].length - 1)).toBe(true);
  });

  it('say of each token what it is', () => {
    const column = (name: string): string[][] => columnOf(corpus.train, name);
    const [role, entity, subject, relation, object, direction, seen, fact] = [
      'role',
      'entity',
      'subject',
      'relation',
      'object',
      'direction',
      'seen',
      'fact',
    ].map(column);
    const facts = new Map<string, string>();
    for (const [d, text] of train.entries())
      for (const [t, token] of text.entries()) {
        if (role[d][t] === 'prefix' || role[d][t] === 'suffix') {
          expect(entity[d][t]).toBe('none');
          expect(token.startsWith(role[d][t][0])).toBe(true);
          continue;
        }
        const sentence = `${subject[d][t]} ${relation[d][t]} ${object[d][t]}`;
        expect(sentences(text)).toContain(sentence);
        expect(entity[d][t]).toBe(token.startsWith('e') ? token : 'none');
        expect({ subject, relation, object }[role[d][t]]?.[d][t]).toBe(token);
        expect(direction[d][t]).toBe(relation[d][t].endsWith('_inverse') ? 'inverse' : 'forward');
        expect(seen[d][t]).toBe('trained');
        const forward = direction[d][t] === 'forward' ? sentence : reversed(sentence);
        const name = fact[d][t];
        expect(facts.get(name) ?? forward).toBe(forward);
        facts.set(name, forward);
      }
    expect(facts.size).toBe(100);
    const heldOut = columnOf(setOf(corpus, 'reversal'), 'seen');
    expect(heldOut.every((of) => of.slice(1).every((each) => each === 'heldOut'))).toBe(true);
  });

  it('have floors that a table of what is known reaches by guessing', () => {
    // Who knows that no two entities have the same answer, and all trained ones, guesses among those that are left.
    const answers = new Map<string, Set<string>>();
    for (const sentence of said) {
      const [, relation, to] = sentence.split(' ');
      answers.set(relation, (answers.get(relation) ?? new Set()).add(to));
    }
    let right = 0;
    const asked = textsOf(corpus, setOf(corpus, 'reversal'));
    for (const text of asked) {
      const [, relation, to] = sentences(text)[0].split(' ');
      const left = corpus.vocabulary.filter(
        (word) => word.startsWith('e') && !answers.get(relation)?.has(word),
      );
      right += left.includes(to) ? 1 / left.length : 0;
    }
    const floors = shape.sets.find(({ name }) => name === 'reversal')?.floors;
    expect(floors?.map(({ score }) => score)).toEqual([0.05, 0.5]);
    expect(right / asked.length).toBeCloseTo(0.5, 12);
    // Of the defaults.
    const [entity, left] = read({ reversals: {} }).shape?.sets[1].floors ?? [];
    expect([entity.score, left.score]).toEqual([0.01, 0.125]);
  });

  it('are brought by an oracle that says the same fact', () => {
    for (const relevant of ['same', 'other', 'either'] as const) {
      const { corpus: own } = draw({ reversals: { ...small, relevant } });
      for (let d = 0; d < train.length; d += 17) {
        const brought = [...own.relevant(null, d)];
        expect(brought).not.toContain(d);
        const [sentence] = sentences(train[d]);
        for (const other of brought) {
          const all = sentences(train[other]);
          expect(all.some((each) => each === sentence || each === reversed(sentence))).toBe(true);
          if (kinds[d] === 'both') continue;
          if (relevant === 'same') expect(all).toEqual([sentence]);
          if (relevant === 'other') expect(all).toEqual([reversed(sentence)]);
        }
        const count = train.filter(
          (text, at) =>
            at !== d && sentences(text).some((each) => each === sentence || each === reversed(sentence)),
        ).length;
        if (relevant === 'either') expect(brought.length).toBe(count);
      }
      for (const [d, text] of textsOf(own, setOf(own, 'reversal')).entries()) {
        const brought = [...own.relevant('reversal', d)].map((at) => sentences(train[at]));
        expect(brought.length).toBe(4);
        expect(brought.every((all) => all.join() === reversed(sentences(text)[0]))).toBe(true);
      }
    }
  });

  it('have the same bytes for the same seed, and others for another', () => {
    const bytes = bytesOf(draw({ reversals: {} }).corpus);
    expect(bytes).toBe('3c23a32924372ffccc57af9248d3a67ff1487427a6bac46c0c16a74866fbd456');
    expect(bytesOf(draw({ reversals: { relevant: 'same' } }).corpus)).toBe(bytes);
    expect(bytesOf(draw({ reversals: {} }, 1).corpus)).not.toBe(bytes);
  });

  it('that cannot be are refused, each in a sentence with the mend', () => {
    expect(read({ reversals: { entities: 4, relations: 2, heldOut: 8 } }).messages).toEqual([
      "Of 8 facts (4 entities by 2 relations) at most 7 can have no inverse in training. Lower 'heldOut'.",
    ]);
    expect(read({ reversals: { entities: 4000, relations: 200 } }).messages).toEqual([
      '4000 entities by 200 relations are 800000 facts, more than 65535. Lower one of them.',
    ]);
    expect(read({ reversals: { repeats: 1000 } }).messages).toEqual([
      expect.stringMatching(/^The documents have \d+ tokens together, more than \d+\. Ask for fewer/),
    ]);
  });
});
