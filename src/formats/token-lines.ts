import { FormatError } from './format-error';

/** A document that is brought along: a line of a file. */
export interface TokenLine {
  readonly tokens: readonly string[];
  /** The evaluation set that it is of; null: it is trained. */
  readonly set: string | null;
  /** Whether predicting each token counts: by default all but the first do. */
  readonly counts: readonly boolean[];
  /** Tokens that one is right of, the right one among them; null: any may be said. */
  readonly options: readonly string[] | null;
  /** What is known of each token, by column. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

const MOST_TOKENS = 2 ** 20;
const MOST_COLUMNS = 64;
const LONGEST_DOCUMENT = 4096;
/** Words become names of values. */
const LONGEST_WORD = 100;
const KEYS = ['tokens', 'set', 'counts', 'options', 'columns'];

/**
 * Reads documents of tokens, a JSON object a line: `{"tokens": ["a", "b", "c"], "set": "validation", "counts": [0, 0, 1], "options": ["c", "d"], "columns": {"kind": "both", "role": ["x", "y", "z"]}}`.
 * All but the tokens may be missing; a column is one word for all tokens or one for each. Empty lines do not count.
 *
 * @throws FormatError that names the line, and how to mend it
 */
export function tokenLines(text: string): TokenLine[] {
  const lines: TokenLine[] = [];
  let tokens = 0;
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue;
    const read = lineOf(line, at + 1);
    tokens += read.tokens.length;
    if (tokens > MOST_TOKENS)
      throw new FormatError(
        `Line ${at + 1}: more than ${MOST_TOKENS} tokens are not read. Leave documents out.`,
      );
    lines.push(read);
  }
  return lines;
}

function lineOf(line: string, number: number): TokenLine {
  const wrong = (message: string): never => {
    throw new FormatError(`Line ${number}: ${message}`);
  };
  const words = (value: unknown, what: string): readonly string[] => {
    if (!Array.isArray(value)) return wrong(`${what} must be a list of strings.`);
    const bad = value.findIndex((word) => !isWord(word));
    if (bad >= 0)
      return wrong(
        `${what} must hold ${WORDS}; the one at ${bad + 1} is none. Write what is blank as a sign, "␣" say.`,
      );
    return value as string[];
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return wrong('This is no JSON. Write one object a line, as in {"tokens": ["a", "b"]}.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return wrong('This is no JSON object. Write one a line, as in {"tokens": ["a", "b"]}.');
  const keys = new Map<string, unknown>(Object.entries(parsed));
  const unknown = [...keys.keys()].find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    return wrong(
      `There is no '${unknown.slice(0, LONGEST_WORD)}' in a document. Put what is known of tokens into 'columns'.`,
    );
  const tokens = words(keys.get('tokens'), "'tokens'");
  if (tokens.length < 2 || tokens.length > LONGEST_DOCUMENT)
    return wrong(
      `The document has ${tokens.length} token${tokens.length === 1 ? '' : 's'}; there must be 2 to ${LONGEST_DOCUMENT}.`,
    );
  const set = keys.get('set') ?? null;
  if (set !== null && !isWord(set))
    return wrong("'set' must be the name of an evaluation set. Leave it out where the document is trained.");
  const counts = keys.has('counts')
    ? countsOf(keys.get('counts'), tokens.length, wrong)
    : tokens.map((_, at) => at > 0);
  const options = keys.has('options') ? words(keys.get('options'), "'options'") : null;
  const answer = tokens[counts.indexOf(true)];
  if (options && !(options.includes(answer) && new Set(options).size === options.length))
    return wrong(`'options' must name each token once, and '${answer}' among them, the first that counts.`);
  return {
    tokens,
    set,
    counts,
    options,
    columns: columnsOf(keys.get('columns') ?? {}, tokens.length, words, wrong),
  };
}

type Wrong = (message: string) => never;

const WORDS = `words of 1 to ${LONGEST_WORD} characters`;

/** Whether it can be the name of a value or a column. */
function isWord(word: unknown): word is string {
  return (
    typeof word === 'string' &&
    word.trim() !== '' &&
    word.length <= LONGEST_WORD &&
    word !== '__proto__' &&
    !/\p{Surrogate}/u.test(word)
  );
}

function countsOf(value: unknown, length: number, wrong: Wrong): boolean[] {
  if (!Array.isArray(value) || value.length !== length || !value.every((one) => one === 0 || one === 1))
    return wrong(`'counts' must list a 0 or a 1 for each of the ${length} tokens.`);
  if (value[0] === 1)
    return wrong("The first token has nothing before it and cannot count. Let 'counts' begin with 0.");
  if (!value.includes(1)) return wrong("No token counts. Let one of 'counts' be 1, or leave it out.");
  return value.map((one) => one === 1);
}

function columnsOf(
  value: unknown,
  length: number,
  words: (value: unknown, what: string) => readonly string[],
  wrong: Wrong,
): ReadonlyMap<string, readonly string[]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong('\'columns\' must be an object, as in {"kind": "both"}.');
  const entries = Object.entries(value);
  if (entries.length > MOST_COLUMNS)
    return wrong(`There are ${entries.length} columns, more than ${MOST_COLUMNS}. Leave some out.`);
  return new Map(
    entries.map(([name, said]: [string, unknown]) => {
      const what = `Column '${name.slice(0, LONGEST_WORD)}'`;
      if (!isWord(name)) return wrong(`${what} needs another name: ${WORDS}.`);
      if (typeof said === 'string') return [name, Array<string>(length).fill(words([said], what)[0])];
      const list = words(said, what);
      if (list.length !== length)
        return wrong(
          `${what} has ${list.length} value${list.length === 1 ? '' : 's'} for ${length} tokens. Write one for each, or one string for all.`,
        );
      return [name, list];
    }),
  );
}
