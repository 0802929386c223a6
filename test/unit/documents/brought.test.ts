import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusLines } from '../../../src/stimuli/documents/corpus-lines';
import { broughtOf } from '../../support/brought';
import { expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, read, setOf, textsOf } from './reading';

const lines = [
  { tokens: ['the', 'cat', 'sat'], columns: { fact: 'a', role: ['x', 'y', 'z'] } },
  { tokens: ['the', 'dog', 'ran', 'off'], columns: { fact: 'b' } },
  { tokens: ['the', 'cat', 'ate'], counts: [0, 0, 1], columns: { fact: 'a' } },
  { tokens: ['the', 'cow'] },
  { tokens: ['a', 'cat', 'sat'], set: 'validation', counts: [0, 0, 1], columns: { fact: 'a' } },
  { tokens: ['a', 'dog'], set: 'choice', options: ['dog', 'cow', 'yak', 'cat'] },
];
const jsonl = (of: readonly unknown[]): string =>
  `\uFEFF${of.map((line) => JSON.stringify(line)).join('\r\n\n')}\n`;
const filesOf = (text: string): ReturnType<typeof broughtOf> => broughtOf({}, {}, { 'd.jsonl': text });
const brought = (of: readonly unknown[], relevant?: string): ReturnType<typeof draw> =>
  draw({ file: { path: 'd.jsonl', ...(relevant ? { relevant } : {}) } }, 0, filesOf(jsonl(of)));
const messages = (text: string, relevant?: string): string =>
  read({ file: { path: 'd.jsonl', ...(relevant ? { relevant } : {}) } }, filesOf(text)).messages.join('|');

describe('documents of a file', () => {
  it('are those that it has, with what it says of them', () => {
    const made = brought(lines, 'fact');
    expectAsForetold(made);
    const { corpus } = made;
    expect(corpus.vocabulary).toEqual(['a', 'ate', 'cat', 'cow', 'dog', 'off', 'ran', 'sat', 'the', 'yak']);
    expect(textsOf(corpus, corpus.train)).toEqual(lines.slice(0, 4).map(({ tokens }) => tokens));
    expect(countedOf(corpus.train)).toEqual([[1, 2], [1, 2, 3], [2], [1]]);
    expect(columnOf(corpus.train, 'role')).toEqual([
      ['x', 'y', 'z'],
      ['none', 'none', 'none', 'none'],
      ['none', 'none', 'none'],
      ['none', 'none'],
    ]);
    expect(columnOf(corpus.train, 'fact').map(([first]) => first)).toEqual(['a', 'b', 'a', 'none']);
    expect(textsOf(corpus, setOf(corpus, 'validation'))).toEqual([['a', 'cat', 'sat']]);
    expect(countedOf(setOf(corpus, 'choice'))).toEqual([[1]]);
    const { options, floors } = corpus.sets[1];
    expect(options?.map((all) => [...all].map((token) => corpus.vocabulary[token]))).toEqual([
      ['dog', 'cow', 'yak', 'cat'],
    ]);
    expect(floors).toEqual([{ name: 'one of the choices', score: 1 / 4 }]);
  });

  it('are brought by an oracle where a column says what they are about', () => {
    const { corpus } = brought(lines, 'fact');
    expect([0, 1, 2, 3].map((d) => [...corpus.relevant(null, d)])).toEqual([[2], [], [0], []]);
    expect([...corpus.relevant('validation', 0)]).toEqual([0, 2]);
    expect([...corpus.relevant('choice', 0)]).toEqual([]);
    expect([...brought(lines).corpus.relevant('validation', 0)]).toEqual([]);
  });

  it('are refused with the line and the mend where a line is wrong', () => {
    const first = JSON.stringify(lines[0]);
    const wrong: readonly (readonly [line: string, says: RegExp])[] = [
      ['{"tokens": [', /^d\.jsonl: Line 2: This is no JSON\. Write one object a line/],
      ['[1, 2]', /Line 2: This is no JSON object\./],
      ['null', /Line 2: This is no JSON object\./],
      ['{}', /Line 2: 'tokens' must be a list of strings\./],
      [
        '{"tokens": ["a", 3]}',
        /Line 2: 'tokens' must hold words of 1 to 100 characters; the one at 2 is none\. Write what is blank as a sign, "␣" say\./,
      ],
      ['{"tokens": ["a"]}', /Line 2: The document has 1 token; there must be 2 to 4096\./],
      [
        '{"tokens": ["a", "b"], "role": "x"}',
        /Line 2: There is no 'role' in a document\. Put .* into 'columns'/,
      ],
      ['{"tokens": ["a", "b"], "set": 3}', /Line 2: 'set' must be the name of an evaluation set/],
      [
        '{"tokens": ["a", "b"], "counts": [0]}',
        /Line 2: 'counts' must list a 0 or a 1 for each of the 2 tokens/,
      ],
      ['{"tokens": ["a", "b"], "counts": [1, 1]}', /Line 2: The first token has nothing before it/],
      ['{"tokens": ["a", "b"], "counts": [0, 0]}', /Line 2: No token counts/],
      [
        '{"tokens": ["a", "b"], "options": ["a", "c"]}',
        /Line 2: 'options' must name each token once, and 'b' among them/,
      ],
      ['{"tokens": ["a", "b"], "columns": "x"}', /Line 2: 'columns' must be an object/],
      ['{"tokens": ["a", "b"], "columns": {"k": ["x"]}}', /Line 2: Column 'k' has 1 value for 2 tokens/],
      ['{"tokens": ["a", "b"], "columns": {"": "x"}}', /Line 2: Column '' needs another name: words of/],
      ['{"tokens": ["a", "b"], "columns": {"__proto__": "x"}}', /Line 2: Column '__proto__' needs another/],
      ['{"tokens": ["a", "__proto__"]}', /Line 2: 'tokens' must hold words .* the one at 2 is none/],
      ['{"tokens": ["a", "\\ud83d"]}', /Line 2: 'tokens' must hold words .* the one at 2 is none/],
      [`{"tokens": ${JSON.stringify(Array(5000).fill('a'))}}`, /Line 2: The document has 5000 tokens/],
    ];
    for (const [line, says] of wrong) expect(messages(`${first}\n${line}\n`)).toMatch(says);
    const many = `${JSON.stringify({ tokens: Array(4096).fill('a') })}\n`.repeat(257);
    expect(messages(many)).toMatch(/Line 257: more than 1048576 tokens are not read/);
  });

  it('are refused where the whole of them makes no experiment', () => {
    expect(messages(jsonl(lines.slice(0, 4)))).toMatch(
      /^'d\.jsonl' has no document that is asked\. Give some/,
    );
    expect(messages(jsonl(lines.slice(4)))).toMatch(/^'d\.jsonl' has no document that is trained\./);
    expect(messages(jsonl(lines), 'facts')).toBe(
      "'d.jsonl' has no column 'facts'. It has 'fact' and 'role'.",
    );
    const tokens = ['a', 'b'];
    const asked = { tokens, set: 'one' };
    expect(messages(jsonl([{ tokens }, asked, { ...asked, options: ['b', 'a'] }]))).toMatch(
      /has "options" for some documents of 'one', and none for others/,
    );
    expect(messages(jsonl([{ tokens, columns: { token: 'x' } }, asked]))).toMatch(/has a column 'token'/);
    expect(messages(jsonl([{ tokens }, { tokens, set: 'train' }]))).toMatch(
      /has a "set" that is called train/,
    );
    const sets = Array.from({ length: 65 }, (_, at) => ({ tokens, set: `s${at}` }));
    expect(messages(jsonl([{ tokens }, ...sets]))).toMatch(
      /has 65 evaluation sets, more than 64: each is asked/,
    );
    const words = Array.from({ length: 70_000 }, (_, at) => `w${at}`);
    const large = Array.from({ length: 70 }, (_, at) => ({
      tokens: words.slice(1000 * at, 1000 * at + 1000),
    }));
    expect(messages(jsonl([...large, asked]))).toMatch(
      /There are \d+ different tokens, or facts about them, more than 65536/,
    );
  });

  it('are read or refused whatever stands in them, names of objects’ own among it', () => {
    const odd = {
      tokens: ['hasOwnProperty', 'constructor'],
      columns: { valueOf: 'toString', none: 'none' },
    };
    const made = brought([odd, { ...odd, set: 'constructor' }]);
    expectAsForetold(made);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string()), { maxLength: 5 }), (texts) => {
        const { plan, messages: said } = read({ file: { path: 'd.jsonl' } }, filesOf(texts.join('\n')));
        expect(plan !== undefined || said.length > 0).toBe(true);
      }),
    );
  });

  it('are those that another corpus was written as', () => {
    const { corpus } = draw({ episodes: { entities: 30, facts: 4, rounds: 3, syllogisms: 2, episodes: 40 } });
    const again = draw({ file: { path: 'd.jsonl' } }, 0, filesOf([...corpusLines(corpus)].join(''))).corpus;
    const all = (of: typeof corpus): unknown[] =>
      [of.train, ...of.sets.map(({ documents }) => documents)].map((documents) => [
        textsOf(of, documents),
        countedOf(documents),
        ...['kind', 'role', 'subject', 'object', 'set', 'position'].map((name) => columnOf(documents, name)),
      ]);
    expect(all(again)).toEqual(all(corpus));
    const optionsOf = (of: typeof corpus): unknown[] =>
      of.sets.map(({ name, options }) => [
        name,
        options?.map((own) => Array.from(own, (token) => of.vocabulary[token])),
      ]);
    expect(optionsOf(again)).toEqual(optionsOf(corpus));
  });
});
