import { stream, type Stream } from '../../core/stream';
import type { DocumentsShape } from '../../experiment/documents';
import { byTopic } from './by-topic';
import type { DrawnCorpus, Documents, EvaluationSet } from './corpus';
import { KIND, factsIn, NEW_PAIRS, NEW_ROUNDS, type Question, questionsOf, type Settings } from './episodes';
import { type Fact, SentenceWriter } from './episodes-writer';
import { FORMS, QUANTIFIERS, type Statement, statementsOf } from './syllogisms';

/** Facts that lead from each entity to the next, round to the first. */
function roundOf(entities: ArrayLike<number>, relations: number, random: Stream): Fact[] {
  return Array.from(entities, (subject, at) => ({
    ...{ subject, relation: random.below(relations) },
    object: entities[(at + 1) % entities.length],
  }));
}

/** Of no entity the one that what stays leads it to. */
function freshRound(
  { entities, relations }: Settings,
  count: number,
  leads: ReadonlyMap<number, number>,
  random: Stream,
): Fact[] {
  for (;;) {
    const told = roundOf(random.permutation(entities).subarray(0, count), relations, random);
    if (told.every(({ subject, object }) => leads.get(subject) !== object)) return told;
  }
}

/** Two syllogisms, each of three terms and a form. */
type Pair = readonly { readonly terms: readonly [number, number, number]; readonly form: number }[];

function pairOf(terms: ArrayLike<number>, form: (at: number) => number): Pair {
  return [0, 1].map((at) => ({
    terms: [terms[3 * at], terms[3 * at + 1], terms[3 * at + 2]],
    form: form(at),
  }));
}

function freshPair({ entities }: Settings, random: Stream): Pair {
  return pairOf(random.permutation(entities), () => random.below(FORMS.length));
}

/** What is true in all documents, beside what is new in each. */
interface World {
  readonly settings: Settings;
  readonly random: (purpose: string) => Stream;
  /** Rounds of facts that stay. */
  readonly stay: readonly (readonly Fact[])[];
  /** Of each entity in them the one that it leads to. */
  readonly leads: ReadonlyMap<number, number>;
  /** Syllogisms that stay, two and two. */
  readonly pairs: readonly Pair[];
}

function drawWorld(settings: Settings, seed: number): World {
  const { entities, relations, facts, rounds, syllogisms } = settings;
  const random = (purpose: string): Stream => stream('documents', 'episodes', seed, purpose);
  const own = random('what stays');
  const chosen = own.permutation(entities);
  const stay = Array.from({ length: rounds }, (_, at) =>
    roundOf(chosen.subarray(at * facts, (at + 1) * facts), relations, own),
  );
  // Where forms are asked one by one, as many syllogisms are of each.
  const forms = rounds === 0 ? own.permutation(syllogisms).map((at) => at % FORMS.length) : null;
  const pairs = Array.from({ length: syllogisms / 2 }, (_, at) =>
    pairOf(
      chosen.subarray(rounds * facts + 6 * at),
      (which) => forms?.[2 * at + which] ?? own.below(FORMS.length),
    ),
  );
  const leads = new Map(stay.flat().map(({ subject, object }) => [subject, object]));
  return { settings, random, stay, leads, pairs };
}

export function drawEpisodes(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const world = drawWorld(settings, seed);
  const { train, topics, tells } = drawTraining(world, new SentenceWriter(settings, foretold, null));
  const ofTopic = byTopic(topics);
  const topicOf = new Map<string, number[]>();
  const asked = world.random('asked');
  const sets = questionsOf(settings).map((question) => {
    const to = new SentenceWriter(settings, foretold, question.name);
    const { set, topics: of } = ask(question, world, to, asked);
    topicOf.set(question.name, of);
    return set;
  });
  return {
    train,
    sets,
    relevant: (set, document) => {
      const topic = (set === null ? topics : topicOf.get(set))?.[document] ?? -1;
      if (topic < 0) return new Uint32Array();
      return ofTopic(topic).filter((other) => tells[other] && (set !== null || other !== document));
    },
  };
}

/** The training documents; of each its round, or its pair after them (−1: of none), and whether it is a fact or a premise. */
function drawTraining(
  { settings, random, stay, leads, pairs }: World,
  to: SentenceWriter,
): { train: Documents; topics: number[]; tells: boolean[] } {
  const topics: number[] = [];
  const tells: boolean[] = [];
  const document = (topic: number, kind: number, facts: number, write: () => void): void => {
    to.begin(kind, facts);
    write();
    to.end();
    topics.push(topic);
    tells.push(kind === KIND.fact || kind === KIND.premise);
  };
  const fresh = random('episodes');
  for (let episode = 0; episode < settings.episodes; episode++) {
    const count = factsIn(episode, settings);
    document(-1, count === null ? KIND.syllogisms : KIND.episode, count ?? 0, () => {
      writeEpisode(to, count, settings, leads, fresh);
    });
  }
  for (const [topic, told] of stay.entries())
    for (const inverse of [false, true])
      for (const fact of told)
        document(topic, inverse ? KIND.inverse : KIND.fact, 0, () => {
          to.fact(fact, inverse, true);
        });
  for (const [at, pair] of pairs.entries()) {
    const { premises, conclusions } = statementsIn(pair);
    for (const [place, one] of [...premises, ...conclusions].entries())
      document(stay.length + at, place < premises.length ? KIND.premise : KIND.conclusion, 0, () => {
        to.statement(one, true);
      });
  }
  return { train: to.finish(), topics, tells };
}

/** What is new in a document, and questions of it. @param count of facts; null: it has syllogisms */
function writeEpisode(
  to: SentenceWriter,
  count: number | null,
  settings: Settings,
  leads: World['leads'],
  random: Stream,
): void {
  if (count === null) {
    const { premises, conclusions } = statementsIn(freshPair(settings, random));
    to.tellStatements(premises, random);
    for (let i = 0; i < settings.questions; i++) to.statement(pick(conclusions, random), true);
  } else {
    const told = freshRound(settings, count, leads, random);
    to.tellFacts(told, random);
    for (let i = 0; i < settings.questions; i++) to.fact(pick(told, random), random.below(2) === 1, true);
  }
}

/** The documents of an evaluation set, with the round (or pair, after them) of each; −1: of none. */
function ask(
  { asks, inContext, choices, form }: Question,
  { settings, stay, leads, pairs }: World,
  to: SentenceWriter,
  random: Stream,
): { set: EvaluationSet; topics: number[] } {
  const topics: number[] = [];
  const options: Uint16Array[] = [];
  const document = (topic: number, kind: number, facts: number, write: () => void): void => {
    to.begin(kind, facts);
    write();
    to.end();
    topics.push(topic);
  };
  if (asks === 'premise' || asks === 'conclusion' || asks === 'new conclusion') {
    const first = settings.entities + 2 * settings.relations;
    const kind = inContext ? KIND.syllogisms : asks === 'premise' ? KIND.premise : KIND.conclusion;
    const isNew = asks === 'new conclusion';
    const of = isNew ? Array.from({ length: NEW_PAIRS }, () => freshPair(settings, random)) : pairs;
    for (const [at, pair] of of.entries()) {
      const { premises, conclusions } = statementsIn(pair);
      const asked = isNew ? [pick(conclusions, random)] : asks === 'premise' ? premises : conclusions;
      for (const one of asked) {
        if (form !== undefined && one.form !== form) continue;
        document(isNew ? -1 : stay.length + at, kind, 0, () => {
          if (inContext) to.tellStatements(premises, random);
          to.statement(one, true);
        });
        options.push(Uint16Array.from(QUANTIFIERS.keys(), (quantifier) => first + quantifier));
      }
    }
    return { set: to.asked(options), topics };
  }
  const rounds =
    asks === 'new'
      ? Array.from({ length: NEW_ROUNDS }, () => freshRound(settings, settings.facts, leads, random))
      : stay;
  const kind = inContext ? KIND.episode : asks === 'inverse' ? KIND.inverse : KIND.fact;
  for (const [topic, told] of rounds.entries())
    for (const fact of asks === 'new' ? [pick(told, random)] : told) {
      const isInverse = asks === 'new' ? topic % 2 === 1 : asks === 'inverse';
      document(asks === 'new' ? -1 : topic, kind, inContext ? told.length : 0, () => {
        if (inContext) to.tellFacts(told, random);
        to.fact(fact, isInverse, true);
      });
      const other = told.find(({ subject }) => subject === fact.object)?.object ?? fact.object;
      if (choices) options.push(Uint16Array.of(fact.subject, other));
    }
  return { set: to.asked(choices ? options : undefined), topics };
}

/** What is told and what follows of two syllogisms. */
function statementsIn(pair: Pair): { premises: Statement[]; conclusions: Statement[] } {
  const all = pair.map(({ terms, form }) => statementsOf(terms, form));
  return {
    premises: all.flatMap(({ premises }) => premises),
    conclusions: all.flatMap(({ conclusions }) => conclusions),
  };
}

function pick<T>(from: readonly T[], random: Stream): T {
  return from[random.below(from.length)];
}
