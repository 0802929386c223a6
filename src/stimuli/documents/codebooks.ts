import { stream, type Stream } from '../../core/stream';
import { type AskedShape, type DocumentsReader, type DocumentsShape } from '../../experiment/documents';
import type { CodebooksSpec } from '../../experiment/documents-file';
import { byTopic } from './by-topic';
import type { DrawnCorpus, Documents } from './corpus';
import { DocumentsWriter, numbered, withPlaces } from './writer';

type Settings = Required<CodebooksSpec>;

/** Definitions of codes, their use, and the use of codes that were defined alone. */
export const codebooks: DocumentsReader<Settings, CodebooksSpec> = {
  key: 'codebooks',
  read: (spec, { path, problems }) => {
    const { inputs = 8, outputs = 24, heldOut = 3, latent = 32, plaintext = 4 } = spec;
    const { codebooks: trained = 128, encodings = 24, together = 24 } = spec;
    const wrong = (key: keyof Settings, code: string, message: string): null => {
      problems.at([...path, key], code, message);
      return null;
    };
    if (outputs < inputs) {
      const message = `${inputs} inputs need as many different outputs in each codebook; there are ${outputs}. Raise 'outputs'.`;
      return wrong('outputs', 'too-few', message);
    }
    if (latent > trained) {
      const message = `Of ${trained} codebooks ${latent} cannot be latent. Lower 'latent'.`;
      return wrong('latent', 'too-many', message);
    }
    if (heldOut >= inputs) {
      const message = `Of ${inputs} inputs at most ${inputs - 1} can be held out. Lower 'heldOut'.`;
      return wrong('heldOut', 'too-many', message);
    }
    const sequences = (inputs - heldOut) ** (plaintext - 1);
    // Half of those that begin with any input remain new, so that new ones are found at once.
    if (sequences < 2 * (encodings + together)) {
      const message = `With ${inputs - heldOut} inputs that are trained of latent codebooks ${sequences} sequences of ${plaintext} begin with the same: too few for ${encodings + together} training documents and others that are new. Raise 'plaintext' or 'inputs', or lower 'encodings' or 'together'.`;
      return wrong('plaintext', 'too-few', message);
    }
    const { fresh = 32, definitions = 16, order = 'shuffled', relevant = 'definition' } = spec;
    const sizes = { codebooks: trained, latent, fresh, inputs, outputs, heldOut, plaintext };
    return { ...sizes, definitions, encodings, together, order, relevant };
  },
  shape,
};

const ROLES = ['none', 'codebook', 'delimiter', 'input', 'becomes', 'output'] as const;
const [, CODEBOOK, DELIMITER, INPUT, BECOMES, OUTPUT] = ROLES.keys();
const PARTS = ['none', 'definition', 'encoding'] as const;
const [, DEFINITION, ENCODING] = PARTS.keys();
const KINDS = ['none', 'definition', 'encoding', 'both'] as const;
const [, DEFINES, ENCODES, BOTH] = KINDS.keys();
const SEEN = ['none', 'trained', 'heldOut', 'fresh'] as const;
const [, TRAINED, HELD_OUT, FRESH] = SEEN.keys();
const WORDS = ['define', 'encode', 'becomes'] as const;

/** Tokens of a document. */
function lengthOf(kind: number, { inputs, plaintext }: Settings): number {
  const definition = kind === ENCODES ? 0 : 1 + 2 * inputs;
  return 1 + definition + (kind === DEFINES ? 0 : 2 + 2 * plaintext);
}

function shape(settings: Settings): DocumentsShape {
  const { codebooks: trained, fresh, inputs, outputs, definitions, encodings, together } = settings;
  const books = numbered('c', trained + fresh);
  const [from, to] = [numbered('i', inputs), numbered('o', outputs)];
  const counts = [definitions, encodings, together].map((each) => each * trained);
  const lengths = [DEFINES, ENCODES, BOTH].map((kind) => lengthOf(kind, settings));
  return withPlaces({
    vocabulary: [...books, ...from, ...to, ...WORDS],
    columns: [
      { name: 'role', values: ROLES },
      { name: 'codebook', values: ['none', ...books] },
      { name: 'input', values: ['none', ...from] },
      { name: 'output', values: ['none', ...to] },
      { name: 'seen', values: SEEN },
      { name: 'part', values: PARTS },
      { name: 'kind', values: KINDS },
    ],
    train: {
      documents: counts.reduce((sum, count) => sum + count, 0),
      tokens: counts.reduce((sum, count, k) => sum + count * lengths[k], 0),
      longest: Math.max(...lengths.filter((_, k) => counts[k] > 0)),
    },
    sets: setsOf(settings),
  });
}

/** The five questions: of which codebooks' inputs, and how. One code is asked in each document, the first, as those before it would tell of it. */
const ASKED = [
  {
    name: 'validation',
    says: 'Inputs of latent codebooks that are encoded in training, in sequences that are not.',
    of: 'trained',
    kind: ENCODES,
  },
  {
    name: 'definition',
    says: 'The definition of inputs that are encoded in no training document.',
    of: 'heldOut',
    kind: DEFINES,
  },
  {
    name: 'latent',
    says: 'The code of inputs that are defined in training, and encoded in no training document.',
    of: 'heldOut',
    kind: ENCODES,
  },
  {
    name: 'latent in context',
    says: 'The code of inputs that are encoded in no training document, after the definition of their codebook.',
    of: 'heldOut',
    kind: BOTH,
  },
  {
    name: 'new in context',
    says: 'The code of inputs of codebooks that are in no training document, after their definition.',
    of: 'fresh',
    kind: BOTH,
  },
] as const;

function setsOf(settings: Settings): AskedShape[] {
  const { latent, fresh, heldOut, inputs, outputs } = settings;
  return ASKED.map(({ name, says, of, kind }) => {
    const documents = (of === 'fresh' ? fresh : latent) * heldOut;
    const longest = lengthOf(kind, settings);
    const floors = [
      { name: 'that it is an output', score: 1 / outputs },
      { name: 'which outputs the codebook has', score: 1 / inputs },
    ];
    if (of === 'heldOut' && kind !== DEFINES)
      floors.push({ name: 'which of them are codes of trained inputs', score: 1 / heldOut });
    const context = kind === BOTH ? { context: { column: 'kind', value: KINDS[BOTH] } } : {};
    return { name, says, documents, tokens: documents * longest, longest, floors, ...context };
  });
}

/** What is true, and what is kept from training. */
interface World extends Settings {
  readonly random: (purpose: string, ...more: number[]) => Stream;
  /** Of each codebook, those that are trained first: the output of each input. */
  readonly codes: readonly Uint32Array[];
  /** Of each latent codebook, by its place: inputs, those that are held out first. */
  readonly inputsOf: ReadonlyMap<number, Uint32Array>;
}

function drawWorld(settings: Settings, seed: number): World {
  const { codebooks: trained, latent, fresh, inputs, outputs } = settings;
  const random: World['random'] = (...purpose) => stream('documents', 'codebooks', seed, ...purpose);
  const chosen = random('latent').permutation(trained).subarray(0, latent).sort();
  return {
    ...settings,
    random,
    codes: Array.from({ length: trained + fresh }, (_, book) =>
      random('codes', book).permutation(outputs).subarray(0, inputs),
    ),
    inputsOf: new Map(Array.from(chosen, (book) => [book, random('held out', book).permutation(inputs)])),
  };
}

export function drawCodebooks(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const world = drawWorld(settings, seed);
  const { train, topics, kinds, said } = drawTraining(world, foretold);
  const booksOf = (of: Question['of']): number[] =>
    of === 'fresh'
      ? Array.from({ length: settings.fresh }, (_, at) => settings.codebooks + at)
      : [...world.inputsOf.keys()];
  const random = world.random('asked');
  const sets = ASKED.map((question) => {
    const to = new DocumentsWriter(foretold, question.name);
    for (const book of booksOf(question.of)) ask(world, to, book, question, said, random);
    return to.asked();
  });

  const ofBook = byTopic(topics);
  return {
    train,
    sets,
    relevant: (set, document) => {
      const found = ASKED.find(({ name }) => name === set);
      const book = found ? booksOf(found.of)[Math.floor(document / settings.heldOut)] : topics[document];
      const isAny = settings.relevant === 'any';
      return ofBook(book).filter(
        (other) => (set !== null || other !== document) && (isAny || kinds[other] === DEFINES),
      );
    },
  };
}

/** The training documents, with the codebook and the kind of each, and what is said in them: codebook and plaintext. */
function drawTraining(
  world: World,
  foretold: DocumentsShape,
): { train: Documents; topics: number[]; kinds: number[]; said: Set<string> } {
  const { definitions, encodings, together, heldOut, inputsOf } = world;
  const to = new DocumentsWriter(foretold, null);
  const topics: number[] = [];
  const kinds: number[] = [];
  const said = new Set<string>();
  const orders = world.random('orders');
  const plain = world.random('plaintexts');
  for (let book = 0; book < world.codebooks; book++) {
    const trained = inputsOf.get(book)?.subarray(heldOut) ?? inOrder(world.inputs);
    for (const [at, count] of [definitions, encodings, together].entries())
      for (let i = 0; i < count; i++) {
        const kind = [DEFINES, ENCODES, BOTH][at];
        const text = kind === DEFINES ? [] : textOf(world, trained, plain);
        said.add([book, ...text].join());
        write(world, to, book, kind, orderOf(world, orders), text, null);
        topics.push(book);
        kinds.push(kind);
      }
  }
  return { train: to.finish(), topics, kinds, said };
}

type Question = (typeof ASKED)[number];

/** A document for each input that is asked of a codebook. */
function ask(
  world: World,
  to: DocumentsWriter,
  book: number,
  { of, kind }: Question,
  said: ReadonlySet<string>,
  random: Stream,
): void {
  const { heldOut, inputs, inputsOf, order } = world;
  const own = inputsOf.get(book) ?? random.permutation(inputs);
  const from = { trained: own.subarray(heldOut), heldOut: own.subarray(0, heldOut), fresh: own }[of];
  for (let at = 0; at < heldOut; at++) {
    const asked = from[at % from.length];
    let text: number[];
    do text = [asked, ...textOf(world, from, random).slice(1)];
    while (of === 'trained' && said.has([book, ...text].join()));
    const defined = orderOf(world, random);
    // What comes before it would say which outputs it is not.
    if (order === 'shuffled' && kind === DEFINES)
      defined.sort((a, b) => Number(b === asked) - Number(a === asked));
    write(world, to, book, kind, defined, text, asked);
  }
}

function textOf({ plaintext }: World, from: Uint32Array, random: Stream): number[] {
  return Array.from({ length: plaintext }, () => from[random.below(from.length)]);
}

function inOrder(inputs: number): Uint32Array {
  return Uint32Array.from({ length: inputs }, (_, input) => input);
}

/** Inputs in the order of a definition. */
function orderOf({ order, inputs }: World, random: Stream): number[] {
  return [...(order === 'fixed' ? inOrder(inputs) : random.permutation(inputs))];
}

/** @param asked the one input whose code counts: in the definition alone, or the first of the text; null: all tokens count */
function write(
  { codebooks: trained, fresh, inputs, outputs, heldOut, codes, inputsOf }: World,
  to: DocumentsWriter,
  book: number,
  kind: number,
  order: readonly number[],
  text: readonly number[],
  asked: number | null,
): void {
  const firstInput = trained + fresh;
  const firstOutput = firstInput + inputs;
  const [define, encode, becomes] = WORDS.map((_, at) => firstOutput + outputs + at);
  const held = [...(inputsOf.get(book)?.subarray(0, heldOut) ?? [])];
  const isFresh = book >= trained;
  const isAll = asked === null;
  let part = 0;
  const word = (token: number, role: number): void =>
    to.token(token, isAll, [role, book + 1, 0, 0, 0, part, kind]);
  const pair = (token: number, role: number, input: number, counts = isAll): void => {
    const seen = isFresh ? FRESH : held.includes(input) ? HELD_OUT : TRAINED;
    to.token(token, counts, [role, book + 1, input + 1, codes[book][input] + 1, seen, part, kind]);
  };
  word(book, CODEBOOK);
  if (kind !== ENCODES) {
    part = DEFINITION;
    word(define, DELIMITER);
    for (const input of order) {
      pair(firstInput + input, INPUT, input);
      pair(firstOutput + codes[book][input], OUTPUT, input, isAll || (kind === DEFINES && input === asked));
    }
  }
  if (kind !== DEFINES) {
    part = ENCODING;
    word(encode, DELIMITER);
    for (const input of text) pair(firstInput + input, INPUT, input);
    // From here the first code is said, so that what is said of it is of this token.
    pair(becomes, BECOMES, text[0]);
    for (const [at, input] of text.entries())
      pair(firstOutput + codes[book][input], OUTPUT, input, isAll || at === 0);
  }
  to.end();
}
