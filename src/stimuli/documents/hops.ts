import { stream, type Stream } from '../../core/stream';
import { type DocumentsReader, type DocumentsShape } from '../../experiment/documents';
import type { HopsSpec } from '../../experiment/documents-file';
import type { DrawnCorpus } from './corpus';
import { DocumentsWriter, numbered, withPlaces } from './writer';

type Settings = Required<HopsSpec>;

/** Facts of entities, and what follows from two of them. */
export const hops: DocumentsReader<Settings, HopsSpec> = {
  key: 'hops',
  read: (spec, { path, problems }) => {
    const { communities = 10, entities = 10, relations = 8, degree = 5, inside = 4 } = spec;
    const { composed = 0.66, heldOut = 100 } = spec;
    const settings = { communities, entities, relations, degree, inside, composed, heldOut };
    const refuse = (key: keyof Settings, code: string, message: string): null => {
      problems.at([...path, key], code, message);
      return null;
    };
    if (communities * entities > MOST_ENTITIES) {
      const message = `${communities} communities of ${entities} are more than ${MOST_ENTITIES} entities. Lower one of them.`;
      return refuse('entities', 'too-many', message);
    }
    if (degree > relations)
      return refuse(
        'degree',
        'too-many',
        `There are no ${degree} of ${relations} relations. Lower 'degree'.`,
      );
    if (inside >= degree) {
      const message = `Of ${degree} facts of each entity ${inside} are within its community, which leaves nothing that goes across. Lower 'inside'.`;
      return refuse('inside', 'too-many', message);
    }
    const { within, across } = countsOf(settings);
    if (heldOut > Math.min(within, across)) {
      const message = `Within communities ${within} follow of two facts, and across them ${across}: no ${heldOut} can be held out. Lower 'heldOut'.`;
      return refuse('heldOut', 'too-many', message);
    }
    return settings;
  },
  shape,
};

const MOST_ENTITIES = 4000;

const ROLES = ['none', 'begin', 'head', 'first', 'second', 'via', 'bridge', 'tail'] as const;
const [, BEGIN, HEAD, FIRST, SECOND, VIA, BRIDGE, TAIL] = ROLES.keys();
/** One fact; two at once; two with the entity between. */
const KINDS = ['none', 'fact', 'latent', 'chain'] as const;
const [, FACT, LATENT, CHAIN] = KINDS.keys();
const LENGTHS = [0, 4, 5, 7] as const;
const SCOPES = ['none', 'within', 'across'] as const;
const [, WITHIN, ACROSS] = SCOPES.keys();
const SEEN = ['none', 'trained', 'heldOut'] as const;
const [, TRAINED, HELD_OUT] = SEEN.keys();

/** What follows of two facts: that stays within a community, and that leaves one; and how many of the former are trained. */
function countsOf({ communities, entities, degree, inside, composed, heldOut }: Settings): {
  facts: number;
  within: number;
  across: number;
  trained: number;
} {
  const all = communities * entities;
  const within = all * inside * inside;
  const trained = Math.round(composed * (within - heldOut));
  return { facts: all * degree, within, across: all * (degree * degree - inside * inside), trained };
}

const ASKED = [
  {
    name: 'within',
    says: 'What follows within a community and is not trained, at once.',
    scope: WITHIN,
    kind: LATENT,
  },
  { name: 'across', says: 'What follows across communities, at once.', scope: ACROSS, kind: LATENT },
  {
    name: 'within by chain',
    says: 'What follows within a community and is not trained, the entity between first.',
    scope: WITHIN,
    kind: CHAIN,
  },
  {
    name: 'across by chain',
    says: 'What follows across communities, the entity between first.',
    scope: ACROSS,
    kind: CHAIN,
  },
] as const;

function shape(settings: Settings): DocumentsShape {
  const { communities, entities, relations, heldOut } = settings;
  const { facts, trained } = countsOf(settings);
  const [named, by] = [numbered('e', communities * entities), numbered('r', relations)];
  const column = (name: string, values: readonly string[]): DocumentsShape['columns'][number] => ({
    name,
    values: ['none', ...values],
  });
  return withPlaces({
    vocabulary: [...named, ...by, 'begin', 'via'],
    columns: [
      { name: 'role', values: ROLES },
      column('head', named),
      column('first', by),
      column('second', by),
      column('bridge', named),
      column('tail', named),
      column('community', numbered('m', communities)),
      column('bridgeCommunity', numbered('m', communities)),
      { name: 'scope', values: SCOPES },
      { name: 'seen', values: SEEN },
      { name: 'kind', values: KINDS },
    ],
    train: {
      documents: facts + 2 * trained,
      tokens: facts * LENGTHS[FACT] + trained * (LENGTHS[LATENT] + LENGTHS[CHAIN]),
      longest: trained > 0 ? LENGTHS[CHAIN] : LENGTHS[FACT],
    },
    sets: ASKED.map(({ name, says, scope, kind }) => {
      // Of a chain two entities are to be said.
      const guess = (among: number): number => (1 / among) ** (kind === CHAIN ? 2 : 1);
      const floors = [{ name: 'that it is an entity', score: guess(communities * entities) }];
      if (scope === WITHIN) floors.push({ name: 'which community it is of', score: guess(entities) });
      return {
        name,
        says,
        documents: heldOut,
        tokens: heldOut * LENGTHS[kind],
        longest: LENGTHS[kind],
        floors,
      };
    }),
  });
}

/** A fact, or two of which the second begins where the first ends. */
interface Statement {
  readonly head: number;
  readonly relations: readonly number[];
  /** Where each relation leads. */
  readonly through: readonly number[];
}

interface World extends Settings {
  readonly facts: readonly Statement[];
  /** What follows of two facts, in random order: those held out first. */
  readonly within: readonly Statement[];
  readonly across: readonly Statement[];
}

function communityOf({ entities }: Settings, entity: number): number {
  return Math.floor(entity / entities);
}

function isWithin(settings: Settings, { head, through }: Statement): boolean {
  return through.every((entity) => communityOf(settings, entity) === communityOf(settings, head));
}

function drawWorld(settings: Settings, seed: number): World {
  const { communities, entities, relations, degree, inside } = settings;
  const random = (...purpose: (string | number)[]): Stream => stream('documents', 'hops', seed, ...purpose);
  const all = communities * entities;
  const edges = Array.from({ length: all }, (_, head) => {
    const own = random('facts', head);
    const first = communityOf(settings, head) * entities;
    return Array.from(own.permutation(relations).subarray(0, degree), (relation, at): Statement => {
      const tail =
        at < inside
          ? first + ((head - first + 1 + own.below(entities - 1)) % entities)
          : (first + entities + own.below(all - entities)) % all;
      return { head, relations: [relation], through: [tail] };
    });
  });
  const facts = edges.flat();
  const pairs = facts.flatMap(({ head, relations: [first], through: [bridge] }) =>
    edges[bridge].map(({ relations: [second], through: [tail] }): Statement => ({
      head,
      relations: [first, second],
      through: [bridge, tail],
    })),
  );
  const shuffled = (purpose: string, wanted: boolean): Statement[] => {
    const from = pairs.filter((pair) => isWithin(settings, pair) === wanted);
    return Array.from(random(purpose).permutation(from.length), (at) => from[at]);
  };
  return { ...settings, facts, within: shuffled('within', true), across: shuffled('across', false) };
}

export function drawHops(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const world = drawWorld(settings, seed);
  const { facts, within, across, heldOut } = world;
  const trained = within.slice(heldOut, heldOut + countsOf(settings).trained);
  const train = new DocumentsWriter(foretold, null);
  const statements = [
    ...facts.map((statement) => ({ statement, kind: FACT })),
    ...[LATENT, CHAIN].flatMap((kind) => trained.map((statement) => ({ statement, kind }))),
  ];
  for (const { statement, kind } of statements) write(world, train, statement, kind, false);
  const asked = new Map<string, readonly Statement[]>();
  const sets = ASKED.map(({ name, scope, kind }) => {
    const to = new DocumentsWriter(foretold, name);
    const questions = (scope === WITHIN ? within : across).slice(0, heldOut);
    asked.set(name, questions);
    for (const statement of questions) write(world, to, statement, kind, true);
    return to.asked();
  });
  const places = new Map(facts.map(({ head, relations: [relation] }, at) => [`${head} ${relation}`, at]));
  return {
    train: train.finish(),
    sets,
    // The two facts of which it follows; of a fact there are none.
    relevant: (set, document) => {
      const statement = set === null ? statements[document].statement : asked.get(set)?.[document];
      if (!statement || statement.relations.length < 2) return new Uint32Array();
      const { head, relations: by, through } = statement;
      return Uint32Array.from([head, through[0]], (from, at) => places.get(`${from} ${by[at]}`) ?? 0);
    },
  };
}

/** @param isAsked the entities alone count that are to be said */
function write(
  settings: World,
  to: DocumentsWriter,
  statement: Statement,
  kind: number,
  isAsked: boolean,
): void {
  const { head, relations: by, through } = statement;
  const [first, second] = by;
  const words = settings.communities * settings.entities;
  const tail = through[through.length - 1];
  const of = [
    head + 1,
    first + 1,
    kind === FACT ? 0 : second + 1,
    kind === FACT ? 0 : through[0] + 1,
    tail + 1,
    communityOf(settings, head) + 1,
    kind === FACT ? 0 : communityOf(settings, through[0]) + 1,
    isWithin(settings, statement) ? WITHIN : ACROSS,
    isAsked ? HELD_OUT : TRAINED,
    kind,
  ];
  to.token(words + settings.relations, false, [BEGIN, ...of]);
  to.token(head, !isAsked, [HEAD, ...of]);
  to.token(words + first, !isAsked, [FIRST, ...of]);
  if (kind !== FACT) to.token(words + second, !isAsked, [SECOND, ...of]);
  if (kind === CHAIN) {
    to.token(words + settings.relations + 1, !isAsked, [VIA, ...of]);
    to.token(through[0], true, [BRIDGE, ...of]);
  }
  to.token(tail, true, [TAIL, ...of]);
  to.end();
}
