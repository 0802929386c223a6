import { stream, type Stream } from '../../core/stream';
import type { AskedShape, DocumentsReader, DocumentsShape } from '../../experiment/documents';
import type { ExposuresSpec } from '../../experiment/documents-file';
import type { DrawnCorpus, EvaluationSet } from './corpus';
import { DocumentsWriter, numbered, withPlaces } from './writer';

type Settings = Required<ExposuresSpec>;

/** Of four things that two features make three are told with their labels; the fourth is asked. */
export const exposures: DocumentsReader<Settings, ExposuresSpec> = {
  key: 'exposures',
  read: ({ quadruples = 32, features = 32, labels = 8, repeats = 32, ...spec }) => {
    const { episodes = 16384, questions = 4, byRule = 0 } = spec;
    return { quadruples, features, labels, repeats, episodes, questions, byRule };
  },
  shape,
};

/**
 * Of the feature that decides the values are A, B and C, of the other W, X and Y. The last is never told. CY has nothing in common with it and the label of B, so that as many things are told with either label: neither
 * likeness nor how often a label is told says what the last is called.
 */
const NAMES = ['AX', 'AW', 'BW', 'CY', 'BX'] as const;
const THINGS = ['none', ...NAMES, 'unrelated'] as const;
const UNRELATED = THINGS.length - 1;
const TOLD = NAMES.length - 1;
/** Values of either feature in one quadruple. */
const VALUES = 3;
/** First feature, second feature, label. */
const SENTENCE = 3;
/** Episodes that are asked of each sort. */
const ASKED = 128;

/** Tokens of an episode. */
function lengthOf(questions: number): number {
  return SENTENCE * (TOLD + questions);
}

const ROLES = ['none', 'first', 'second', 'label'] as const;
const KINDS = ['none', 'alone', 'episode'] as const;
const [, ALONE, IN_EPISODE] = KINDS.keys();

function shape(settings: Settings): DocumentsShape {
  const { quadruples, features, labels, repeats, episodes, questions } = settings;
  const [first, second] = ['f', 'g'].map((letter) => numbered(letter, VALUES * quadruples + features));
  const called = numbered('l', labels);
  const alone = TOLD * quadruples * repeats;
  return withPlaces({
    vocabulary: [...first, ...second, ...called],
    columns: [
      { name: 'role', values: ROLES },
      { name: 'first', values: ['none', ...first] },
      { name: 'second', values: ['none', ...second] },
      { name: 'label', values: ['none', ...called] },
      { name: 'thing', values: THINGS },
      { name: 'decides', values: ['none', 'first', 'second'] },
      { name: 'kind', values: KINDS },
      { name: 'part', values: ['none', 'told', 'asked'] },
      { name: 'asks', values: THINGS },
    ],
    train: {
      documents: alone + episodes,
      tokens: SENTENCE * alone + lengthOf(questions) * episodes,
      longest: lengthOf(questions),
    },
    sets: QUESTIONS.map(({ name, says, inContext, of }): AskedShape => {
      const documents = inContext ? ASKED : (of === 'fourth' ? 1 : TOLD) * quadruples;
      const longest = inContext ? lengthOf(1) : SENTENCE;
      const labelled = of === 'unrelated' ? TOLD : 2;
      const floors = [{ name: 'one of the labels that are told', score: 1 / labelled }];
      return { name, says, documents, tokens: documents * longest, longest, floors };
    }),
  });
}

/** Each a choice of the labels of what is told. */
const QUESTIONS = [
  {
    name: 'told in context',
    says: 'Things of new episodes that have nothing in common, after all were told with their labels.',
    inContext: true,
    of: 'unrelated',
  },
  {
    name: 'told of a quadruple in context',
    says: 'Things of new quadruples, after these were told with their labels.',
    inContext: true,
    of: 'told',
  },
  {
    name: 'told in training',
    says: 'Things that were trained, without context.',
    inContext: false,
    of: 'told',
  },
  {
    name: 'rule from weights',
    says: 'The fourth of four things three of which were trained, without context; right is the label that the feature gives it that decides of these.',
    inContext: false,
    of: 'fourth',
  },
  {
    name: 'rule in context',
    says: 'The fourth of new quadruples, after three were told; right is the label that the feature gives it that decides of these.',
    inContext: true,
    of: 'fourth',
  },
] as const;

/** What is said of a thing; values and label are places among their like. */
interface Thing {
  readonly first: number;
  readonly second: number;
  readonly label: number;
  /** Its place in `THINGS`. */
  readonly thing: number;
  /** Which feature decides: 0 the first, 1 the second; −1: none does. */
  readonly decides: number;
}

/** Those of `NAMES`. @param values of the first and of the second feature @param labels that of A and the other */
function quadruple(
  decides: number,
  values: readonly [ArrayLike<number>, ArrayLike<number>],
  labels: ArrayLike<number>,
): Thing[] {
  return NAMES.map((name, at) => {
    const [deciding, other] = ['ABC'.indexOf(name[0]), 'WXY'.indexOf(name[1])];
    const [first, second] = values.map((of, place) => of[place === decides ? deciding : other]);
    return { first, second, label: labels[Math.min(deciding, 1)], thing: at + 1, decides };
  });
}

/** What episodes tell, new in each. */
class Fresh {
  constructor(
    private readonly settings: Settings,
    private readonly random: Stream,
  ) {}

  /** Things all but the last of which are to be told. */
  quadruple(): Thing[] {
    const { values, labels } = this.#chosen();
    return quadruple(this.random.below(2), values, labels);
  }

  /** Things no two of which have anything in common. */
  unrelated(): Thing[] {
    const { values, labels } = this.#chosen();
    const [first, second] = values;
    return Array.from({ length: TOLD }, (_, at) => ({
      ...{ first: first[at], second: second[at], label: labels[at] },
      ...{ thing: UNRELATED, decides: -1 },
    }));
  }

  #chosen(): { values: [Uint32Array, Uint32Array]; labels: Uint32Array } {
    const { quadruples, features, labels } = this.settings;
    const values = (): Uint32Array => this.random.permutation(features).map((at) => VALUES * quadruples + at);
    return { values: [values(), values()], labels: this.random.permutation(labels) };
  }
}

export function drawExposures(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const { quadruples, labels, repeats, episodes, questions, byRule } = settings;
  const random = (purpose: string): Stream => stream('documents', 'exposures', seed, purpose);
  const own = random('what stays');
  const stay = Array.from({ length: quadruples }, (__, at) => {
    const values = Array.from({ length: VALUES }, (_, value) => VALUES * at + value);
    return quadruple(at % 2, [values, values], own.permutation(labels));
  });

  const train = new ThingsWriter(settings, foretold, null);
  for (const things of stay)
    for (const thing of things.slice(0, TOLD))
      for (let repeat = 0; repeat < repeats; repeat++) train.alone(things, thing);
  const training = random('episodes');
  const fresh = new Fresh(settings, training);
  for (let episode = 0; episode < episodes; episode++) {
    // As evenly as whole numbers allow.
    const isByRule = Math.floor((episode + 1) * byRule) > Math.floor(episode * byRule);
    const things = isByRule ? fresh.quadruple() : fresh.unrelated();
    const asks = Array.from({ length: questions }, (_, at) =>
      isByRule && at === 0 ? things[TOLD] : things[training.below(TOLD)],
    );
    train.episode(things, asks, training);
  }

  const asked = random('asked');
  const newly = new Fresh(settings, asked);
  const sets = QUESTIONS.map(({ name, inContext, of }): EvaluationSet => {
    const to = new ThingsWriter(settings, foretold, name);
    if (inContext)
      for (let i = 0; i < ASKED; i++) {
        const things = of === 'unrelated' ? newly.unrelated() : newly.quadruple();
        to.episode(things, [things[of === 'fourth' ? TOLD : i % TOLD]], asked);
      }
    else
      for (const things of stay)
        for (const thing of of === 'fourth' ? things.slice(TOLD) : things.slice(0, TOLD))
          to.alone(things, thing);
    return to.asked(to.options);
  });
  return { train: train.finish(), sets, relevant: () => new Uint32Array() };
}

/** Writes things with their labels. */
class ThingsWriter extends DocumentsWriter {
  /** Of each document the labels of what is told. */
  readonly options: Uint16Array[] = [];
  /** Of a feature. */
  private readonly values: number;

  constructor({ quadruples, features }: Settings, foretold: DocumentsShape, set: string | null) {
    super(foretold, set);
    this.values = VALUES * quadruples + features;
  }

  /** One of some things, by itself. */
  alone(things: readonly Thing[], thing: Thing): void {
    this.#thing(thing, thing, ALONE);
    this.#ends(things);
  }

  /** Things but for the fourth of a quadruple in random order, and then what is asked. */
  episode(things: readonly Thing[], asks: readonly Thing[], random: Stream): void {
    for (const at of random.permutation(TOLD)) this.#thing(things[at], asks[0], IN_EPISODE, false);
    for (const thing of asks) this.#thing(thing, asks[0], IN_EPISODE);
    this.#ends(things);
  }

  #ends(things: readonly Thing[]): void {
    const labels = new Set(things.map(({ label }) => 2 * this.values + label));
    this.options.push(Uint16Array.from(labels));
    this.end();
  }

  #thing({ first, second, label, thing, decides }: Thing, asks: Thing, kind: number, isAsked = true): void {
    const { values } = this;
    const of = [first + 1, second + 1, label + 1, thing, decides + 1, kind, isAsked ? 2 : 1, asks.thing];
    for (const [at, token] of [first, values + second, 2 * values + label].entries())
      this.token(token, isAsked && at === 2, [at + 1, ...of]);
  }
}
