import { stream, type Stream } from '../../core/stream';
import {
  type AskedShape,
  type ColumnShape,
  type DocumentsReader,
  type DocumentsShape,
} from '../../experiment/documents';
import type { ReversalsSpec } from '../../experiment/documents-file';
import { byTopic } from './by-topic';
import type { DrawnCorpus, Documents, EvaluationSet } from './corpus';
import { DocumentsWriter, numbered, withPlaces } from './writer';

type Settings = Required<ReversalsSpec>;

/** Facts in one direction and in both, and the question that is asked of each. */
export const reversals: DocumentsReader<Settings, ReversalsSpec> = {
  key: 'reversals',
  read: (spec, { path, problems }) => {
    const { entities = 100, relations = 5, heldOut = 40, repeats = 8, together = 0.125 } = spec;
    const facts = entities * relations;
    if (facts > MOST_FACTS) {
      const message = `${entities} entities by ${relations} relations are ${facts} facts, more than ${MOST_FACTS}. Lower one of them.`;
      problems.at(path, 'too-many', message);
      return null;
    }
    if (heldOut >= facts) {
      const message = `Of ${facts} facts (${entities} entities by ${relations} relations) at most ${facts - 1} can have no inverse in training. Lower 'heldOut'.`;
      problems.at([...path, 'heldOut'], 'too-many', message);
      return null;
    }
    const { affixes = 50, relevant = 'either' } = spec;
    return { entities, relations, heldOut, repeats, together, affixes, relevant };
  },
  shape,
};

/** What a column can tell apart. */
const MOST_FACTS = 2 ** 16 - 1;

const ROLES = ['none', 'prefix', 'subject', 'relation', 'object', 'suffix'] as const;
const [, PREFIX, SUBJECT, RELATION, OBJECT, SUFFIX] = ROLES.keys();
const KINDS = ['none', 'forward', 'inverse', 'both'] as const;
const [, FORWARD, INVERSE, BOTH] = KINDS.keys();
const SEEN = ['none', 'trained', 'heldOut'] as const;
const [, TRAINED, HELD_OUT] = SEEN.keys();

/** Prefix, subject, relation, object, suffix; and one sentence more. */
const SINGLE = 5;
const DOUBLE = 8;

/** How many facts of each sort there are, and training documents. */
function countsOf({ entities, relations, heldOut, repeats, together }: Settings): {
  facts: number;
  trained: number;
  singles: number;
  doubles: number;
} {
  const facts = entities * relations;
  const trained = facts - heldOut;
  const singles = (facts + trained) * repeats;
  return { facts, trained, singles, doubles: Math.round((together / (1 - together)) * singles) };
}

function shape(settings: Settings): DocumentsShape {
  const { entities, relations, affixes } = settings;
  const { facts, singles, doubles } = countsOf(settings);
  const named = numbered('e', entities);
  const asked = [...numbered('r', relations), ...numbered('r', relations, '_inverse')];
  const entityColumn = (name: string): ColumnShape => ({ name, values: ['none', ...named] });
  return withPlaces({
    vocabulary: [...named, ...asked, ...numbered('p', affixes), ...numbered('s', affixes)],
    columns: [
      { name: 'role', values: ROLES },
      entityColumn('entity'),
      entityColumn('subject'),
      { name: 'relation', values: ['none', ...asked] },
      entityColumn('object'),
      { name: 'direction', values: ['none', 'forward', 'inverse'] },
      { name: 'fact', values: ['none', ...numbered('f', facts)] },
      { name: 'seen', values: SEEN },
      { name: 'kind', values: KINDS },
    ],
    train: {
      documents: singles + doubles,
      tokens: singles * SINGLE + doubles * DOUBLE,
      longest: doubles > 0 ? DOUBLE : SINGLE,
    },
    sets: setsOf(settings),
  });
}

/** What is asked, by name: of which facts, and how. */
const ASKED = [
  {
    name: 'validation',
    says: 'Facts whose inverse is held out, forward as they were trained, with a prefix that is new to them.',
    of: 'heldOut',
    kind: FORWARD,
  },
  {
    name: 'reversal',
    says: 'The inverse of facts that were trained forward alone.',
    of: 'heldOut',
    kind: INVERSE,
  },
  {
    name: 'reversal in context',
    says: 'The inverse of facts that were trained forward alone, after the fact itself.',
    of: 'heldOut',
    kind: BOTH,
  },
  {
    name: 'trained forward',
    says: 'Facts that were trained in both directions, forward, with a prefix that is new to them.',
    of: 'trained',
    kind: FORWARD,
  },
  {
    name: 'trained inverse',
    says: 'Facts that were trained in both directions, inverse, with a prefix that is new to them.',
    of: 'trained',
    kind: INVERSE,
  },
] as const;

function setsOf(settings: Settings): AskedShape[] {
  const { entities, relations, heldOut } = settings;
  const { trained } = countsOf(settings);
  return ASKED.map(({ name, says, of, kind }) => {
    const documents = of === 'heldOut' ? heldOut : Math.min(heldOut, trained);
    const longest = kind === BOTH ? DOUBLE : SINGLE;
    const floors = [{ name: 'that it is an entity', score: 1 / entities }];
    if (kind === BOTH) floors.push({ name: 'that it is in the context', score: 1 / 2 });
    else if (name === 'reversal')
      // Of a relation with k of them k answers are left: k in k guesses are right of each relation.
      floors.push({
        name: 'that no two entities have the same answer',
        score: Math.min(relations, heldOut) / heldOut,
      });
    const context = kind === BOTH ? { context: { column: 'kind', value: KINDS[BOTH] } } : {};
    return { name, says, documents, tokens: documents * longest, longest, floors, ...context };
  });
}

export function drawReversals(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const world = drawWorld(settings, seed);
  const { train, topics, kinds } = drawTraining(world, foretold);
  const facts = factsAsked(world);
  const sets = ASKED.map(({ name, of, kind }): EvaluationSet => {
    const order = kind === BOTH ? [FORWARD, INVERSE] : [kind];
    const to = new DocumentsWriter(foretold, name);
    for (const fact of facts[of])
      write(world, to, fact, order, world.kept[fact], (role, last) => role === OBJECT && last);
    return to.asked();
  });

  const saying = byTopic(topics);
  return {
    train,
    sets,
    relevant: (set, document) => {
      if (set !== null)
        return saying(facts[ASKED.find(({ name }) => name === set)?.of ?? 'heldOut'][document]);
      const kind = kinds[document];
      const wanted = settings.relevant === 'same' ? kind : kind === FORWARD ? INVERSE : FORWARD;
      const isAny = settings.relevant === 'either' || kind === BOTH;
      return saying(topics[document]).filter(
        (other) => other !== document && (isAny || kinds[other] === wanted),
      );
    },
  };
}

type Affixes = readonly [prefix: number, suffix: number];

/** What is true, and what is kept from training. */
interface World extends Settings {
  readonly random: (purpose: string, ...more: number[]) => Stream;
  /** Of each relation: the target of each entity. */
  readonly targets: readonly Uint32Array[];
  /** Of each fact (relation by relation, entity by entity): 1 where its inverse is held out. */
  readonly isHeldOut: Uint8Array;
  /** Of each fact: the affixes that are in none of its training documents. */
  readonly kept: readonly Affixes[];
}

function drawWorld(settings: Settings, seed: number): World {
  const { entities, relations, heldOut, affixes } = settings;
  const random: World['random'] = (...purpose) => stream('documents', 'reversals', seed, ...purpose);
  const isHeldOut = new Uint8Array(entities * relations);
  for (let r = 0; r < relations; r++) {
    const share = Math.floor(heldOut / relations) + (r < heldOut % relations ? 1 : 0);
    for (const subject of random('held out', r).permutation(entities).subarray(0, share))
      isHeldOut[r * entities + subject] = 1;
  }
  const keeping = random('kept affixes');
  return {
    ...settings,
    random,
    targets: Array.from({ length: relations }, (_, r) => derangement(entities, random('relation', r))),
    isHeldOut,
    kept: Array.from(isHeldOut, () => [keeping.below(affixes), keeping.below(affixes)]),
  };
}

/** Which facts are asked: all that are held out, and as many of the others, where there are. */
function factsAsked({ isHeldOut, heldOut, random }: World): Record<'heldOut' | 'trained', number[]> {
  const [trained, held] = [0, 1].map((wanted) =>
    [...isHeldOut.keys()].filter((fact) => isHeldOut[fact] === wanted),
  );
  const chosen = random('asked').permutation(trained.length).subarray(0, heldOut);
  return { heldOut: held, trained: [...chosen].map((at) => trained[at]) };
}

/** The training documents, with the fact and the kind of each. */
function drawTraining(
  world: World,
  foretold: DocumentsShape,
): { train: Documents; topics: number[]; kinds: number[] } {
  const { isHeldOut, affixes, repeats, kept, random } = world;
  const to = new DocumentsWriter(foretold, null);
  const topics: number[] = [];
  const kinds: number[] = [];
  const affix = random('affixes');
  const other = (than: number): number => (than + 1 + affix.below(affixes - 1)) % affixes;
  const add = (fact: number, order: readonly number[]): void => {
    write(world, to, fact, order, [other(kept[fact][0]), other(kept[fact][1])], () => true);
    topics.push(fact);
    kinds.push(order.length > 1 ? BOTH : order[0]);
  };
  for (const [fact, held] of isHeldOut.entries())
    for (const direction of held ? [FORWARD] : [FORWARD, INVERSE])
      for (let repeat = 0; repeat < repeats; repeat++) add(fact, [direction]);
  const trained = [...isHeldOut.keys()].filter((fact) => !isHeldOut[fact]);
  const turns = random('together');
  const chosen = turns.permutation(trained.length);
  for (let i = 0; kinds.length < foretold.train.documents; i++) {
    const fact = trained[chosen[i % trained.length]];
    add(fact, turns.below(2) === 0 ? [FORWARD, INVERSE] : [INVERSE, FORWARD]);
  }
  return { train: to.finish(), topics, kinds };
}

/**
 * A document that says a fact.
 *
 * @param order directions of its sentences
 * @param counts whether a token of a role counts, of the last sentence or another
 */
function write(
  { entities, relations, affixes, targets, isHeldOut }: World,
  to: DocumentsWriter,
  fact: number,
  order: readonly number[],
  [prefix, suffix]: Affixes,
  counts: (role: number, isLast: boolean) => boolean,
): void {
  const r = Math.floor(fact / entities);
  const subject = fact % entities;
  const object = targets[r][subject];
  const kind = order.length > 1 ? BOTH : order[0];
  const affix = entities + 2 * relations;
  to.token(affix + prefix, false, [PREFIX, 0, 0, 0, 0, 0, fact + 1, 0, kind]);
  let sentence: number[] = [];
  for (const [at, direction] of order.entries()) {
    const [from, until] = direction === FORWARD ? [subject, object] : [object, subject];
    const relation = direction === FORWARD ? r : relations + r;
    const seen = direction === INVERSE && isHeldOut[fact] ? HELD_OUT : TRAINED;
    const isLast = at === order.length - 1;
    sentence = [from + 1, relation + 1, until + 1, direction, fact + 1, seen, kind];
    to.token(from, counts(SUBJECT, isLast), [SUBJECT, from + 1, ...sentence]);
    to.token(entities + relation, counts(RELATION, isLast), [RELATION, 0, ...sentence]);
    to.token(until, counts(OBJECT, isLast), [OBJECT, until + 1, ...sentence]);
  }
  // What is said of a suffix is said of the sentence before it; of a prefix nothing is known yet.
  to.token(affix + affixes + suffix, counts(SUFFIX, true), [SUFFIX, 0, ...sentence]);
  to.end();
}

/** A permutation that moves everything. */
function derangement(n: number, random: Stream): Uint32Array {
  for (;;) {
    const order = random.permutation(n);
    if (order.every((to, from) => to !== from)) return order;
  }
}
