import { stream, type Stream } from '../../core/stream';
import { type DocumentsReader, type DocumentsShape } from '../../experiment/documents';
import type { ExpertsSpec } from '../../experiment/documents-file';
import type { DrawnCorpus } from './corpus';
import { DocumentsWriter, numbered, withPlaces } from './writer';

type Settings = Required<ExpertsSpec>;

/** What experts believe of facts, and what is true of them. */
export const experts: DocumentsReader<Settings, ExpertsSpec> = {
  key: 'experts',
  read: (spec, { path, problems }) => {
    const { heads = 60, relations = 5, tails = 12, experts: count = 10, knows = 0.4 } = spec;
    const { prefers = 0.5, wrong = 'tail', visits = 400 } = spec;
    const facts = heads * relations;
    const { clusters = facts } = spec;
    const refuse = (key: keyof Settings, code: string, message: string): null => {
      problems.at([...path, key], code, message);
      return null;
    };
    if (facts * count > MOST_BELIEFS || facts > MOST_FACTS) {
      const message = `${count} experts and ${facts} facts (${heads} heads by ${relations} relations) are too many to draw what each believes. Ask for at most ${MOST_FACTS} facts, and ${MOST_BELIEFS} beliefs.`;
      return refuse('heads', 'too-many', message);
    }
    if (facts % clusters !== 0) {
      const message = `${facts} facts cannot be divided into ${clusters} clusters of the same size. Give a number that divides them.`;
      return refuse('clusters', 'clusters', message);
    }
    if (Math.round(knows * clusters) === 0) {
      const message = `A share of ${knows} of ${clusters} clusters is none at all. Raise 'knows'.`;
      return refuse('knows', 'too-few', message);
    }
    return { heads, relations, tails, experts: count, clusters, knows, prefers, wrong, visits };
  },
  shape,
};

/** What a column can tell apart. */
const MOST_FACTS = 2 ** 16 - 1;
/** Two bytes each. */
const MOST_BELIEFS = 2 ** 23;

const ROLES = ['none', 'begin', 'head', 'relation', 'tail', 'end'] as const;
const [, BEGIN, HEAD, RELATION, TAIL, END] = ROLES.keys();
const RIGHT = ['none', 'right', 'wrong'] as const;
const LENGTH = 5;

/** Clusters that each expert knows. */
function knownOf({ knows, clusters }: Settings): number {
  return Math.round(knows * clusters);
}

function shape(settings: Settings): DocumentsShape {
  const { heads, relations, tails, experts: count, clusters, visits } = settings;
  const facts = heads * relations;
  const [named, by] = [numbered('h', heads), numbered('r', relations)];
  const targets = by.flatMap((relation) => numbered(`${relation}t`, tails));
  const best = knownOf(settings) / clusters;
  return withPlaces({
    vocabulary: ['begin', ...named, ...by, ...targets, 'end'],
    columns: [
      { name: 'role', values: ROLES },
      { name: 'head', values: ['none', ...named] },
      { name: 'relation', values: ['none', ...by] },
      { name: 'tail', values: ['none', ...targets] },
      { name: 'truth', values: ['none', ...targets] },
      { name: 'right', values: RIGHT },
      { name: 'cluster', values: ['none', ...numbered('k', clusters)] },
      { name: 'expert', values: ['none', ...numbered('x', count)] },
    ],
    train: { documents: facts * visits, tokens: facts * visits * LENGTH, longest: LENGTH },
    sets: [
      {
        name: 'facts',
        says: 'The true tail of every fact.',
        documents: facts,
        tokens: facts * LENGTH,
        longest: LENGTH,
        floors: [
          { name: 'which tails the relation has', score: 1 / tails },
          { name: 'what each expert knows', score: best },
        ],
        ceiling: { name: 'what any expert knows, on average', score: 1 - (1 - best) ** count },
      },
    ],
  });
}

/** What is true, and what experts believe of it. */
interface World extends Settings {
  readonly random: (purpose: string, ...more: number[]) => Stream;
  /** Of each fact (head by head, relation by relation): the place of its tail among the relation's. */
  readonly truths: Uint16Array;
  readonly clusterOf: Uint16Array;
  readonly factsOf: readonly (readonly number[])[];
}

function drawWorld(settings: Settings, seed: number): World {
  const { heads, relations, tails, clusters } = settings;
  const random: World['random'] = (...purpose) => stream('documents', 'experts', seed, ...purpose);
  const truth = random('truths');
  const truths = Uint16Array.from({ length: heads * relations }, () => truth.below(tails));
  const clusterOf = new Uint16Array(truths.length);
  const factsOf = Array.from({ length: clusters }, (): number[] => []);
  for (const [place, fact] of random('clusters').permutation(truths.length).entries()) {
    clusterOf[fact] = place % clusters;
    factsOf[place % clusters].push(fact);
  }
  return { ...settings, random, truths, clusterOf, factsOf };
}

/** Of what one expert says. */
interface Belief {
  readonly head: number;
  readonly tail: number;
}

/** What one expert believes of a fact that it does not know. */
function drawError({ heads, relations, tails, truths, wrong }: World, fact: number, random: Stream): Belief {
  const head = Math.floor(fact / relations);
  const tail = truths[fact];
  if (wrong === 'headOrTail' && random.below(2) === 0)
    return { head: (head + 1 + random.below(heads - 1)) % heads, tail };
  return { head, tail: (tail + 1 + random.below(tails - 1)) % tails };
}

export function drawExperts(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const world = drawWorld(settings, seed);
  const { heads, relations, clusters, truths, factsOf, random, prefers } = world;
  const known = knownOf(settings);
  const to = new DocumentsWriter(foretold, null);
  const who = random('speakers');
  const minds = Array.from({ length: settings.experts }, (_, expert) => {
    const order = random('knowledge', expert).permutation(clusters);
    const errors = random('errors', expert);
    const isKnown = new Set(order.subarray(0, known));
    return {
      order,
      beliefs: Array.from(truths, (tail, fact) => {
        const knows = isKnown.has(world.clusterOf[fact]);
        return knows ? { head: Math.floor(fact / relations), tail } : drawError(world, fact, errors);
      }),
    };
  });
  const weight = known * prefers;
  const ofKnown = weight / (weight + (clusters - known) * (1 - prefers));
  for (let i = 0; i < foretold.train.documents; i++) {
    const expert = who.below(minds.length);
    const { order, beliefs } = minds[expert];
    const place =
      who.uniform() < ofKnown || known === clusters ? who.below(known) : known + who.below(clusters - known);
    const facts = factsOf[order[place]];
    const fact = facts[who.below(facts.length)];
    write(world, to, fact, beliefs[fact], expert);
  }

  const asked = new DocumentsWriter(foretold, 'facts');
  for (let fact = 0; fact < heads * relations; fact++)
    write(world, asked, fact, { head: Math.floor(fact / relations), tail: truths[fact] }, null);
  return {
    train: to.finish(),
    sets: [asked.asked()],
    relevant: () => new Uint32Array(),
  };
}

/** @param expert who says it; null: it is asked, and the tail alone counts */
function write(
  { heads, relations, tails, truths, clusterOf }: World,
  to: DocumentsWriter,
  fact: number,
  { head, tail }: Belief,
  expert: number | null,
): void {
  const relation = fact % relations;
  // Of the fact that is told, which is another where the head is wrong.
  const told = head * relations + relation;
  const truth = truths[told];
  const target = (place: number): number => relation * tails + place;
  const of = [
    head + 1,
    relation + 1,
    target(tail) + 1,
    target(truth) + 1,
    tail === truth ? 1 : 2,
    clusterOf[told] + 1,
    expert === null ? 0 : expert + 1,
  ];
  const counts = expert !== null;
  to.token(0, false, [BEGIN, ...of]);
  to.token(1 + head, counts, [HEAD, ...of]);
  to.token(1 + heads + relation, counts, [RELATION, ...of]);
  to.token(1 + heads + relations + target(tail), true, [TAIL, ...of]);
  to.token(1 + heads + relations + relations * tails, counts, [END, ...of]);
  to.end();
}
