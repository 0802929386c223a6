import { stream, type Stream } from '../../core/stream';
import type { AskedShape, DocumentsReader, DocumentsShape } from '../../experiment/documents';
import type { ExposuresSpec } from '../../experiment/documents-file';
import type { DrawnCorpus, EvaluationSet } from './corpus';
import { DocumentsWriter, numbered, withPlaces } from './writer';

type Settings = Required<ExposuresSpec>;

/** Of four things that two features make, three are told with their labels; the fourth is asked. */
export const exposures: DocumentsReader<Settings, ExposuresSpec> = {
  key: 'exposures',
  read: ({ quadruples = 32, features = 32, labels = 8, repeats = 48, ...spec }) => {
    const { episodes = 16384, questions = 4, byRule = 0 } = spec;
    return { quadruples, features, labels, repeats, episodes, questions, byRule };
  },
  shape,
};

/** Places of a thing among the four; the last is never told. Of the feature that decides its values are A and B, of the other W and X. */
const THINGS = ['AX', 'AW', 'BW', 'BX'] as const;
const TOLD = 3;
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
  const [first, second] = ['f', 'g'].map((letter) => numbered(letter, 2 * quadruples + features));
  const called = numbered('l', labels);
  const alone = TOLD * quadruples * repeats;
  return withPlaces({
    vocabulary: [...first, ...second, ...called],
    columns: [
      { name: 'role', values: ROLES },
      { name: 'first', values: ['none', ...first] },
      { name: 'second', values: ['none', ...second] },
      { name: 'label', values: ['none', ...called] },
      { name: 'thing', values: ['none', ...THINGS] },
      { name: 'decides', values: ['none', 'first', 'second'] },
      { name: 'kind', values: KINDS },
      { name: 'part', values: ['none', 'told', 'asked'] },
      { name: 'asks', values: ['none', ...THINGS] },
    ],
    train: {
      documents: alone + episodes,
      tokens: SENTENCE * alone + lengthOf(questions) * episodes,
      longest: lengthOf(questions),
    },
    sets: QUESTIONS.map(({ name, says, inContext, isNew }): AskedShape => {
      const documents = inContext ? ASKED : (isNew ? 1 : TOLD) * quadruples;
      const longest = inContext ? lengthOf(1) : SENTENCE;
      const floors = [{ name: 'one of the two labels', score: 1 / 2 }];
      // Of three things two have one label.
      if (!isNew) floors.push({ name: 'the label of most that is told', score: 2 / TOLD });
      return { name, says, documents, tokens: documents * longest, longest, floors };
    }),
  });
}

/** Each a choice of the two labels of a quadruple. */
const QUESTIONS = [
  {
    name: 'told in context',
    says: 'Things of new episodes, after they were told with their labels.',
    inContext: true,
    isNew: false,
  },
  {
    name: 'told in training',
    says: 'Things that were trained, without context.',
    inContext: false,
    isNew: false,
  },
  {
    name: 'rule from weights',
    says: 'The fourth of things three of which were trained, without context; right is the label that the feature that decides of these gives it.',
    inContext: false,
    isNew: true,
  },
  {
    name: 'rule in context',
    says: 'The fourth of things of new episodes, after three were told; right is the label that the feature that decides of these gives it.',
    inContext: true,
    isNew: true,
  },
] as const;

/** Two values of each feature, the one that decides, and the labels that it gives. */
interface Quadruple {
  /** Place of the feature that decides. */
  readonly decides: 0 | 1;
  /** Of the first and of the second feature. */
  readonly values: readonly [ArrayLike<number>, ArrayLike<number>];
  /** Of A and of B. */
  readonly labels: ArrayLike<number>;
}

export function drawExposures(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const { quadruples, features, labels, repeats, episodes, questions, byRule } = settings;
  const random = (purpose: string): Stream => stream('documents', 'exposures', seed, purpose);
  const own = random('what stays');
  const stay = Array.from({ length: quadruples }, (_, at): Quadruple => {
    const values = [2 * at, 2 * at + 1];
    return { decides: at % 2 === 0 ? 0 : 1, values: [values, values], labels: own.permutation(labels) };
  });
  const fresh = (from: Stream): Quadruple => {
    const [first, second] = [0, 1].map(() => from.permutation(features).map((at) => 2 * quadruples + at));
    return {
      decides: from.below(2) === 0 ? 0 : 1,
      values: [first, second],
      labels: from.permutation(labels),
    };
  };

  const train = new ThingsWriter(settings, foretold, null);
  for (const quadruple of stay)
    for (let thing = 0; thing < TOLD; thing++)
      for (let repeat = 0; repeat < repeats; repeat++) train.alone(quadruple, thing);
  const training = random('episodes');
  for (let episode = 0; episode < episodes; episode++) {
    // As evenly as whole numbers allow.
    const isNew = Math.floor((episode + 1) * byRule) > Math.floor(episode * byRule);
    const asks = Array.from({ length: questions }, (_, at) =>
      isNew && at === 0 ? TOLD : training.below(TOLD),
    );
    train.episode(fresh(training), asks, training);
  }

  const asked = random('asked');
  const sets = QUESTIONS.map(({ name, inContext, isNew }): EvaluationSet => {
    const to = new ThingsWriter(settings, foretold, name);
    const things = isNew ? [TOLD] : Array.from({ length: TOLD }, (_, thing) => thing);
    if (inContext)
      for (let i = 0; i < ASKED; i++) to.episode(fresh(asked), [things[i % things.length]], asked);
    else for (const quadruple of stay) for (const thing of things) to.alone(quadruple, thing);
    return to.asked(to.options);
  });
  return { train: train.finish(), sets, relevant: () => new Uint32Array() };
}

/** Writes things with their labels. */
class ThingsWriter extends DocumentsWriter {
  /** Of each document the two labels of its quadruple. */
  readonly options: Uint16Array[] = [];
  private readonly values: number;

  constructor({ quadruples, features }: Settings, foretold: DocumentsShape, set: string | null) {
    super(foretold, set);
    this.values = 2 * quadruples + features;
  }

  alone(quadruple: Quadruple, thing: number): void {
    this.#thing(quadruple, thing, thing, ALONE);
    this.#ends(quadruple);
  }

  /** Three things in random order, and then what is asked. */
  episode(quadruple: Quadruple, asks: readonly number[], random: Stream): void {
    for (const thing of random.permutation(TOLD)) this.#thing(quadruple, thing, asks[0], IN_EPISODE, false);
    for (const thing of asks) this.#thing(quadruple, thing, asks[0], IN_EPISODE);
    this.#ends(quadruple);
  }

  #ends({ labels }: Quadruple): void {
    this.options.push(Uint16Array.of(2 * this.values + labels[0], 2 * this.values + labels[1]));
    this.end();
  }

  #thing(quadruple: Quadruple, thing: number, asks: number, kind: number, isAsked = true): void {
    const { decides, values, labels } = quadruple;
    const name = THINGS[thing];
    const deciding = name.startsWith('A') ? 0 : 1;
    const other = name.endsWith('W') ? 0 : 1;
    const [first, second] = [0, 1].map((place) => values[place][place === decides ? deciding : other]);
    const label = labels[deciding];
    const { values: each } = this;
    const of = [first + 1, second + 1, label + 1, thing + 1, decides + 1, kind, isAsked ? 2 : 1, asks + 1];
    for (const [at, token] of [first, each + second, 2 * each + label].entries())
      this.token(token, isAsked && at === 2, [at + 1, ...of]);
  }
}
