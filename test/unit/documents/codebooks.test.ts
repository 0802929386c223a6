import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodebooksSpec } from '../../../src/experiment/documents-file';
import { bytesOf, expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, read, setOf, textsOf } from './reading';

const small = { codebooks: 12, latent: 5, fresh: 3, definitions: 3, encodings: 8, together: 8 };
const { shape, corpus } = draw({ codebooks: small });
const train = textsOf(corpus, corpus.train);
const kinds = columnOf(corpus.train, 'kind').map(([kind]) => kind);

/** Pairs of input and output that a document defines, and that it encodes. */
function pairsOf(text: readonly string[]): { defined: string[]; encoded: string[] } {
  const define = text.indexOf('define');
  const encode = text.indexOf('encode');
  const becomes = text.indexOf('becomes');
  const definition = define < 0 ? [] : text.slice(define + 1, encode < 0 ? undefined : encode);
  const defined = definition.flatMap((token, at) =>
    at % 2 === 0 ? [`${text[0]} ${token} ${definition[at + 1]}`] : [],
  );
  const plain = encode < 0 ? [] : text.slice(encode + 1, becomes);
  return { defined, encoded: plain.map((token, at) => `${text[0]} ${token} ${text[becomes + 1 + at]}`) };
}
const defined = new Set(train.flatMap((text) => pairsOf(text).defined));
const encoded = new Set(train.flatMap((text) => pairsOf(text).encoded));

describe('codebooks', () => {
  it('are as foretold, whatever the settings', () => {
    const settings = fc.record({
      codebooks: fc.integer({ min: 2, max: 12 }),
      latent: fc.integer({ min: 1, max: 12 }),
      fresh: fc.integer({ min: 1, max: 4 }),
      inputs: fc.integer({ min: 3, max: 9 }),
      outputs: fc.integer({ min: 3, max: 20 }),
      heldOut: fc.integer({ min: 1, max: 6 }),
      plaintext: fc.integer({ min: 2, max: 6 }),
      definitions: fc.integer({ min: 1, max: 3 }),
      encodings: fc.integer({ min: 1, max: 4 }),
      together: fc.integer({ min: 0, max: 4 }),
      order: fc.constantFrom('shuffled' as const, 'fixed' as const),
      relevant: fc.constantFrom('definition' as const, 'any' as const),
    });
    let drawn = 0;
    fc.assert(
      fc.property(settings, fc.nat(), (codebooks, seed) => {
        if (!read({ codebooks }).plan) return;
        expectAsForetold(draw({ codebooks }, seed));
        drawn++;
      }),
      { numRuns: 150 },
    );
    expect(drawn).toBeGreaterThan(20);
  });

  it('define every pair, and encode all but those held out of latent ones', () => {
    expect(defined.size).toBe(12 * 8);
    const never = [...defined].filter((pair) => !encoded.has(pair));
    expect([...encoded].every((pair) => defined.has(pair))).toBe(true);
    expect(never.length).toBe(5 * 3);
    expect(new Set(never.map((pair) => pair.split(' ')[0])).size).toBe(5);
    const asked = textsOf(corpus, setOf(corpus, 'latent')).map((text) => pairsOf(text).encoded);
    expect(asked.map(([first]) => first).sort()).toEqual(never.sort());
    expect(asked.flat().every((pair) => never.includes(pair))).toBe(true);
    for (const book of new Set([...defined].map((pair) => pair.split(' ')[0])))
      expect(
        new Set([...defined].filter((pair) => pair.startsWith(`${book} `)).map((pair) => pair.split(' ')[2]))
          .size,
      ).toBe(8);
  });

  it('have as many documents of each kind as asked', () => {
    for (const [kind, count] of [
      ['definition', 3],
      ['encoding', 8],
      ['both', 8],
    ] as const) {
      const of = train.filter((_, d) => kinds[d] === kind);
      expect(of.length).toBe(12 * count);
      for (const text of of) {
        expect(pairsOf(text).defined.length).toBe(kind === 'encoding' ? 0 : 8);
        expect(pairsOf(text).encoded.length).toBe(kind === 'definition' ? 0 : 4);
      }
    }
    expect(read({ codebooks: {} }).shape?.train).toEqual({
      documents: 128 * 64,
      tokens: 128 * (16 * 18 + 24 * 11 + 24 * 28),
      longest: 28,
    });
  });

  it('define in random order, or always in the same', () => {
    const orders = (texts: string[][]): Set<string> =>
      new Set(
        texts.flatMap((text) =>
          text.includes('define')
            ? [
                pairsOf(text)
                  .defined.map((pair) => pair.split(' ')[1])
                  .join(),
              ]
            : [],
        ),
      );
    expect(orders(train).size).toBeGreaterThan(100);
    const fixed = draw({ codebooks: { ...small, order: 'fixed' } }).corpus;
    expect(orders(textsOf(fixed, fixed.train))).toEqual(new Set(['i0,i1,i2,i3,i4,i5,i6,i7']));
  });

  it('ask one code in each document, of what the set says', () => {
    const plaintexts = new Set(train.map((text) => [text[0], ...text.slice(text.indexOf('encode'))].join()));
    for (const { name, documents } of corpus.sets) {
      const roles = columnOf(documents, 'role');
      const seen = columnOf(documents, 'seen');
      const counted = countedOf(documents);
      const wanted = name === 'validation' ? 'trained' : name === 'new in context' ? 'fresh' : 'heldOut';
      for (const [d, text] of textsOf(corpus, documents).entries()) {
        const [at] = counted[d];
        expect(counted[d].length).toBe(1);
        expect([roles[d][at], seen[d][at]]).toEqual(['output', wanted]);
        // Nothing before says of the asked code anything but its definition, where there is one.
        expect(text[at - 1]).toBe(name === 'definition' ? text[2] : 'becomes');
        expect(text.slice(0, at).includes(text[at])).toBe(name.endsWith('in context'));
        if (name === 'validation') {
          expect(plaintexts.has([text[0], ...text.slice(1)].join())).toBe(false);
          expect(pairsOf(text).encoded.every((pair) => encoded.has(pair))).toBe(true);
        }
        if (name === 'new in context') expect(train.some(([book]) => book === text[0])).toBe(false);
      }
    }
  });

  it('say of each token what it is', () => {
    for (const documents of [corpus.train, ...corpus.sets.map((set) => set.documents)]) {
      const [role, codebook, input, output, part] = ['role', 'codebook', 'input', 'output', 'part'].map(
        (name) => columnOf(documents, name),
      );
      for (const [d, text] of textsOf(corpus, documents).entries()) {
        const { defined: ofDefinition, encoded: ofEncoding } = pairsOf(text);
        const wrong = text.filter((token, t) => {
          const pair = `${text[0]} ${input[d][t]} ${output[d][t]}`;
          const pairs = part[d][t] === 'definition' ? ofDefinition : ofEncoding;
          if (codebook[d][t] !== text[0]) return true;
          if (role[d][t] === 'input') return token !== input[d][t] || !pairs.includes(pair);
          if (role[d][t] === 'output') return token !== output[d][t] || !pairs.includes(pair);
          if (role[d][t] === 'becomes') return token !== 'becomes' || pair !== ofEncoding[0];
          return input[d][t] !== 'none' || (role[d][t] === 'codebook') !== (t === 0);
        });
        expect(wrong).toEqual([]);
      }
    }
  });

  it('have floors that a table of what is known reaches by guessing', () => {
    const guess = (name: string, left: (book: string) => readonly string[]): number => {
      const texts = textsOf(corpus, setOf(corpus, name));
      const counted = countedOf(setOf(corpus, name));
      const scores = texts.map((text, d) => {
        const options = new Set(left(text[0]));
        return options.has(text[counted[d][0]]) ? 1 / options.size : 0;
      });
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    const outputs = corpus.vocabulary.filter((word) => /^o\d/.test(word));
    const codesOf = (pairs: ReadonlySet<string>, book: string): string[] =>
      [...pairs].filter((pair) => pair.startsWith(`${book} `)).map((pair) => pair.split(' ')[2]);
    const floorsOf = (name: string): number[] =>
      (shape.sets.find((set) => set.name === name)?.floors ?? []).map(({ score }) => score);
    expect(guess('latent', () => outputs)).toBeCloseTo(floorsOf('latent')[0], 12);
    expect(guess('latent', (book) => codesOf(defined, book))).toBeCloseTo(floorsOf('latent')[1], 12);
    const trained = (book: string): string[] => codesOf(encoded, book);
    expect(
      guess('latent', (book) => codesOf(defined, book).filter((code) => !trained(book).includes(code))),
    ).toBeCloseTo(floorsOf('latent')[2], 12);
    expect(guess('validation', (book) => codesOf(defined, book))).toBeCloseTo(floorsOf('validation')[1], 12);
    expect(floorsOf('latent')).toEqual([1 / 24, 1 / 8, 1 / 3]);
  });

  it('are brought by an oracle: definitions of the codebook, or anything of it', () => {
    for (const relevant of ['definition', 'any'] as const) {
      const { corpus: own } = draw({ codebooks: { ...small, relevant } });
      for (const set of [null, 'latent', 'new in context'])
        for (const [d, [book]] of textsOf(own, set === null ? own.train : setOf(own, set)).entries()) {
          const wanted = [...train.keys()].filter(
            (at) =>
              train[at][0] === book &&
              (relevant === 'any' || kinds[at] === 'definition') &&
              !(set === null && at === d),
          );
          expect([...own.relevant(set, d)]).toEqual(wanted);
        }
    }
  });

  it('have the same bytes for the same seed, and others for another', () => {
    const bytes = bytesOf(draw({ codebooks: {} }).corpus);
    expect(bytes).toBe('d51471d46ba10c76b54d1af2abc3dac762789a0d88eb87b755d9e00a7c629ddb');
    expect(bytesOf(draw({ codebooks: {} }, 1).corpus)).not.toBe(bytes);
  });

  it('that cannot be are refused, each in a sentence with the mend', () => {
    const said = (codebooks: CodebooksSpec): string => read({ codebooks }).messages.join('|');
    expect(said({ outputs: 5 })).toBe(
      "8 inputs need as many different outputs in each codebook; there are 5. Raise 'outputs'.",
    );
    expect(said({ codebooks: 10 })).toBe("Of 10 codebooks 32 cannot be latent. Lower 'latent'.");
    expect(said({ heldOut: 8 })).toBe("Of 8 inputs at most 7 can be held out. Lower 'heldOut'.");
    expect(said({ encodings: 100 })).toMatch(/^With 5 inputs .* 125 sequences of 4 .* Raise 'plaintext'/);
    expect(said({ definitions: 10000 })).toMatch(/^The documents have \d+ tokens together/);
  });
});
