import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HierarchySpec } from '../../../src/experiment/documents-file';
import { bytesOf, expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, read, setOf, textsOf } from './reading';

const { shape, corpus } = draw({ hierarchy: {} });
const train = textsOf(corpus, corpus.train);
const sentences = (text: readonly string[]): string[] =>
  Array.from({ length: (text.length - 1) / 4 }, (_, s) => text.slice(1 + 4 * s, 4 + 4 * s).join(' '));
const said = new Set(train.flatMap(sentences));

/** The tree as what is said at its nodes tells, and what follows from it: numbers of the default tree, written out. */
const parentOf = (node: number): number | null =>
  node < 4 ? null : node < 20 ? Math.floor((node - 4) / 4) : 4 + Math.floor((node - 20) / 6);
const lineageOf = (node: number): number[] => {
  const parent = parentOf(node);
  return [node, ...(parent === null ? [] : lineageOf(parent))];
};
const ownerOf = (thing: string): number => {
  const number = Number(thing.slice(1));
  return thing.startsWith('q') ? Math.floor(number / 2) : number;
};
const isTrue = (node: string, thing: string): boolean =>
  node !== thing && lineageOf(Number(node.slice(1))).includes(ownerOf(thing));
/** A sentence as a fact, and its form. */
const factOf = (sentence: string): { node: string; thing: string; form: number } => {
  const [subject, word, object] = sentence.split(' ');
  const form = ['is', 'belongs', 'includes', 'has', 'shows', 'marks'].indexOf(word) % 3;
  return form === 2 ? { node: object, thing: subject, form } : { node: subject, thing: object, form };
};
const formsOf = (node: string, thing: string): number[] => {
  const words = thing.startsWith('q') ? ['has', 'shows', 'marks'] : ['is', 'belongs', 'includes'];
  return [0, 1, 2].filter((form) =>
    said.has(form === 2 ? `${thing} ${words[2]} ${node}` : `${node} ${words[form]} ${thing}`),
  );
};

describe('a hierarchy', () => {
  it('is as foretold, whatever the settings', () => {
    const settings = fc.record({
      levels: fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 3, maxLength: 4 }),
      properties: fc.integer({ min: 1, max: 3 }),
      documents: fc.integer({ min: 4, max: 6 }),
      sentences: fc.integer({ min: 4, max: 8 }),
      heldOut: fc.integer({ min: 1, max: 20 }),
      parentOnly: fc.integer({ min: 1, max: 9 }),
      choices: fc.integer({ min: 2, max: 8 }),
    });
    let drawn = 0;
    fc.assert(
      fc.property(settings, fc.nat(), (hierarchy, seed) => {
        if (!read({ hierarchy }).plan) return;
        expectAsForetold(draw({ hierarchy }, seed));
        drawn++;
      }),
      { numRuns: 40 },
    );
    expect(drawn).toBeGreaterThan(3);
  });

  it('says what is true of each node, in every form that is not held out', () => {
    const facts = [...said].map(factOf);
    expect(facts.filter(({ node, thing }) => !isTrue(node, thing))).toEqual([]);
    const things = corpus.vocabulary.slice(0, 116 * 3);
    const all = things
      .slice(0, 116)
      .flatMap((node) => things.filter((thing) => isTrue(node, thing)).map((thing) => ({ node, thing })));
    const whole = all.filter(({ node, thing }) => formsOf(node, thing).length === 3);
    const none = all.filter(({ node, thing }) => formsOf(node, thing).length === 0);
    const two = all.filter(({ node, thing }) => formsOf(node, thing).length === 2);
    // Syllogisms, and 2 ancestors and 6 properties of each of the 8 leaves of which the parent alone is known, but this one.
    expect(none.length).toBe(24 + 8 * 7);
    expect(two.map(({ node, thing }) => formsOf(node, thing).join()).sort()).toEqual([
      ...Array<string>(24).fill('0,1'),
      ...Array<string>(24).fill('0,2'),
    ]);
    expect(whole.length + two.length + none.length).toBe(all.length);
    const about = columnOf(corpus.train, 'about');
    const wrong = train.filter((text, d) =>
      sentences(text).some((each) => factOf(each).node !== about[d][0]),
    );
    expect(wrong).toEqual([]);
  });

  it('asks what is held out, and what follows from what is said', () => {
    for (const cues of ['strong cues', 'reduced cues']) {
      const asked = (name: string): ReturnType<typeof factOf>[] =>
        textsOf(corpus, setOf(corpus, `${name}, ${cues}`)).map((text) => factOf(sentences(text)[0]));
      const forms = (name: string): string[] => [
        ...new Set(asked(name).map(({ node, thing, form }) => `${form} of ${formsOf(node, thing).join()}`)),
      ];
      expect(forms('trained')).toEqual(['0 of 0,1,2']);
      expect(forms('rephrase')).toEqual(['1 of 0,2']);
      expect(forms('reversal')).toEqual(['2 of 0,1']);
      expect(forms('syllogism')).toEqual(['0 of ']);
      expect(forms('parentOnly')).toEqual(['0 of ']);
      for (const { node, thing } of [...asked('syllogism'), ...asked('parentOnly')]) {
        const parent = `n${parentOf(Number(node.slice(1)))}`;
        expect(formsOf(node, parent)).toContain(0);
        // Of the parent it is said in all forms.
        expect(formsOf(parent, thing)).toEqual([0, 1, 2]);
      }
      const alone = new Set(asked('parentOnly').map(({ node }) => node));
      expect(
        [...said]
          .map(factOf)
          .filter(({ node, thing }) => alone.has(node) && ownerOf(thing) !== parentOf(Number(node.slice(1)))),
      ).toEqual([]);
    }
  });

  it('gives one right answer among wrong ones, of other branches or the same', () => {
    for (const { name, documents, options } of corpus.sets) {
      const texts = textsOf(corpus, documents);
      const counted = countedOf(documents);
      for (const [d, text] of texts.entries()) {
        expect(counted[d]).toEqual([3]);
        const words = [...(options?.[d] ?? [])].map((token) => corpus.vocabulary[token]);
        expect(new Set(words).size).toBe(16);
        const { form } = factOf(sentences(text)[0]);
        const right = words.filter((word) => (form === 2 ? isTrue(word, text[1]) : isTrue(text[1], word)));
        expect(right).toEqual([text[3]]);
        const branchOf = (word: string): number | undefined => lineageOf(ownerOf(word)).at(-1);
        const same = words.filter((word) => branchOf(word) === branchOf(text[3]));
        expect(same.length).toBe(name.endsWith('strong cues') ? 1 : 16);
      }
    }
  });

  it('says of each token what it is and where it stands', () => {
    const [subject, relation, object, level1, level2, level3] = [
      'subject',
      'relation',
      'object',
      'level1',
      'level2',
      'level3',
    ].map((name) => columnOf(corpus.train, name));
    for (let d = 0; d < train.length; d += 7)
      for (const [t, token] of train[d].entries()) {
        if (t > 0)
          expect(sentences(train[d])[Math.floor((t - 1) / 4)]).toBe(
            `${subject[d][t]} ${relation[d][t]} ${object[d][t]}`,
          );
        const lineage = /^n\d/.test(token)
          ? lineageOf(Number(token.slice(1)))
              .reverse()
              .map((node) => `n${node}`)
          : [];
        expect([level1[d][t], level2[d][t], level3[d][t]]).toEqual(
          [0, 1, 2].map((level) => lineage[level] ?? 'none'),
        );
      }
  });

  it('is brought by an oracle that knows of the node and of those above it', () => {
    const about = columnOf(corpus.train, 'about').map(([node]) => node);
    for (const set of [null, 'syllogism, strong cues'])
      for (const [d, [node]] of columnOf(
        set === null ? corpus.train : setOf(corpus, set),
        'about',
      ).entries()) {
        if (d % 23 !== 0) continue;
        const wanted = lineageOf(Number(node.slice(1))).map((each) => `n${each}`);
        const brought = [...corpus.relevant(set, d)];
        expect(brought.every((at) => wanted.includes(about[at]) && !(set === null && at === d))).toBe(true);
        expect(brought.length).toBe(10 * wanted.length - (set === null ? 1 : 0));
      }
  });

  it('has the same bytes for the same seed, and others for another', () => {
    const bytes = bytesOf(corpus);
    expect(bytes).toBe('5268d17db315211b32995a8416bb6f24cec55a2dce3c51e2724984a4c02952d5');
    expect(bytesOf(draw({ hierarchy: {} }, 1).corpus)).not.toBe(bytes);
    expect(shape.sets.map(({ floors }) => floors.map(({ score }) => score))).toEqual(
      Array.from({ length: 5 }, () => [[1 / 16, 1], [1 / 16]]).flat(),
    );
  });

  it('that cannot be is refused, each in a sentence with the mend', () => {
    const messages = (hierarchy: HierarchySpec): string => read({ hierarchy }).messages.join('|');
    expect(messages({ levels: [4, 4] })).toMatch(/^'levels' must list at least three whole numbers/);
    expect(messages({ levels: [4, 1.5, 4] })).toMatch(/^'levels' must list at least three whole numbers/);
    expect(messages({ levels: [100, 100, 100] })).toMatch(/^The tree has 1010100 nodes, more than 4000/);
    expect(messages({ parentOnly: 96 })).toMatch(/^Of the 96 leaves 96 are known by their parent alone/);
    expect(messages({ heldOut: 500 })).toMatch(/at most 132 can be held out each way/);
    expect(messages({ choices: 32 })).toMatch(/as few as 18 wrong answers .* too few for 32 choices/);
    expect(messages({ documents: 2 })).toMatch(/^Of a leaf 24 statements are to be trained/);
  });
});
