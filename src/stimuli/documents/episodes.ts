import type { AskedShape, DocumentsReader, DocumentsShape } from '../../experiment/documents';
import type { EpisodesSpec } from '../../experiment/documents-file';
import { FORMS, likeliestOfTwo, QUANTIFIERS, sharedWithPremises } from './syllogisms';
import { numbered, withPlaces } from './writer';

export type Settings = Required<EpisodesSpec>;

/** Facts that are new in every document, and some that stay: told from the context, or from the weights after fine-tuning. */
export const episodes: DocumentsReader<Settings, EpisodesSpec> = {
  key: 'episodes',
  read: (spec, { path, problems }) => {
    const { entities = 64, relations = 8, facts = 6, questions = 4, episodes: count = 8192 } = spec;
    const { rounds = 4, syllogisms = 8 } = spec;
    const refuse = (key: keyof Settings, message: string): null => {
      problems.at([...path, key], 'out-of-range', message);
      return null;
    };
    const needed = rounds * facts + 3 * syllogisms;
    if (rounds === 0 && syllogisms === 0)
      return refuse(
        'rounds',
        `Nothing stays and nothing is asked. Write 1 or more in 'rounds' or 'syllogisms'.`,
      );
    if (syllogisms % 2 === 1)
      return refuse('syllogisms', `Two syllogisms stand in a document. Write an even number.`);
    if (needed > entities)
      return refuse(
        'entities',
        `What stays is of ${needed} entities (${rounds} rounds of ${facts} facts, and 3 for each of ${syllogisms} syllogisms), more than ${entities}. Raise 'entities', or lower one of these.`,
      );
    if (facts > entities)
      return refuse('facts', `Of ${entities} entities there are no ${facts} for an episode. Lower 'facts'.`);
    return { entities, relations, facts, questions, episodes: count, rounds, syllogisms };
  },
  shape,
};

/** Codes of values; 0 is `none`. */
export const ROLE = { subject: 1, relation: 2, object: 3, quantifier: 4 } as const;
export const KIND = { episode: 1, syllogisms: 2, fact: 3, inverse: 4, premise: 5, conclusion: 6 } as const;
export const PART = { told: 1, asked: 2 } as const;
export const DIRECTION = { forward: 1, inverse: 2 } as const;

function valuesOf(codes: Readonly<Record<string, number>>): string[] {
  return ['none', ...Object.keys(codes)];
}

/** Tokens of a sentence. */
const SENTENCE = 3;
/** Facts of the shortest round: with fewer an entity is asked of itself. */
const FEWEST = 3;
/** Episodes of facts before one of syllogisms comes. */
const EVERY = 3;
/** New rounds that are asked, and new pairs of syllogisms. */
export const NEW_ROUNDS = 64;
export const NEW_PAIRS = 256;

/** How many facts an episode has: one more from each to the next. Null: it has syllogisms. */
export function factsIn(episode: number, { facts, rounds, syllogisms }: Settings): number | null {
  if (rounds === 0) return null;
  if (syllogisms > 0 && episode % EVERY === EVERY - 1) return null;
  return FEWEST + (episode % (facts - FEWEST + 1));
}

/** Tokens of an episode of facts, or of syllogisms (null). */
function lengthOf(facts: number | null, questions: number): number {
  return SENTENCE * ((facts ?? 4) + questions);
}

function shape(settings: Settings): DocumentsShape {
  const { entities, relations, facts, questions, rounds, syllogisms } = settings;
  const named = numbered('e', entities);
  const asked = [...numbered('r', relations), ...numbered('r', relations, '_inverse')];
  const lengths = Array.from({ length: settings.episodes }, (_, i) =>
    lengthOf(factsIn(i, settings), questions),
  );
  // Facts and their inverses; premises and conclusions, two of each syllogism.
  const sentences = 2 * rounds * facts + 4 * syllogisms;
  return withPlaces({
    vocabulary: [...named, ...asked, ...QUANTIFIERS],
    columns: [
      { name: 'role', values: valuesOf(ROLE) },
      { name: 'subject', values: ['none', ...named] },
      { name: 'relation', values: ['none', ...asked, ...QUANTIFIERS] },
      { name: 'object', values: ['none', ...named] },
      { name: 'direction', values: valuesOf(DIRECTION) },
      { name: 'form', values: ['none', ...FORMS.map(({ name }) => name)] },
      { name: 'part', values: valuesOf(PART) },
      { name: 'kind', values: valuesOf(KIND) },
      { name: 'facts', values: ['none', ...Array.from({ length: facts }, (_, i) => String(i + 1))] },
    ],
    train: {
      documents: settings.episodes + sentences,
      tokens: lengths.reduce((sum, length) => sum + length, sentences * SENTENCE),
      longest: lengths.reduce((most, length) => Math.max(most, length), SENTENCE),
    },
    sets: setsOf(settings),
  });
}

type Asks = 'new' | 'forward' | 'inverse' | 'premise' | 'conclusion' | 'new conclusion';

export interface Question {
  readonly name: string;
  readonly says: string;
  readonly asks: Asks;
  readonly inContext: boolean;
  readonly choices?: number;
  /** Of what syllogisms alone: their place in `FORMS`. */
  readonly form?: number;
}

const RELATIONAL: readonly Question[] = [
  {
    name: 'validation',
    says: 'Facts of new episodes, in either direction, after the episode.',
    asks: 'new',
    inContext: true,
  },
  {
    name: 'forward',
    says: 'Facts that stay, as their sentences say them, without context.',
    asks: 'forward',
    inContext: false,
  },
  {
    name: 'reversal',
    says: 'The inverse of facts that stay, without context.',
    asks: 'inverse',
    inContext: false,
  },
  {
    name: 'reversal in context',
    says: 'The inverse of facts that stay, after the facts of their round.',
    asks: 'inverse',
    inContext: true,
  },
  {
    name: 'reversal of two',
    says: 'The inverse of facts that stay, without context: the right entity, or the one that a fact of the same round leads to.',
    asks: 'inverse',
    inContext: false,
    choices: 2,
  },
  {
    name: 'reversal of two in context',
    says: 'The same choice of two, after the facts of the round.',
    asks: 'inverse',
    inContext: true,
    choices: 2,
  },
];

const LOGICAL: readonly Question[] = [
  {
    name: 'premise',
    says: 'Premises of syllogisms that stay, as their sentences say them, without context.',
    asks: 'premise',
    inContext: false,
    choices: QUANTIFIERS.length,
  },
  {
    name: 'syllogism',
    says: 'The conclusion of syllogisms that stay, among six statements, without context.',
    asks: 'conclusion',
    inContext: false,
    choices: QUANTIFIERS.length,
  },
  {
    name: 'syllogism in context',
    says: 'The conclusion of syllogisms that stay, among six statements, after the premises of two.',
    asks: 'conclusion',
    inContext: true,
    choices: QUANTIFIERS.length,
  },
];

const NEW_SYLLOGISM: Question = {
  name: 'validation',
  says: 'The conclusion of new syllogisms, among six statements, after the premises of two.',
  asks: 'new conclusion',
  inContext: true,
  choices: QUANTIFIERS.length,
};

/** Where documents are of nothing but syllogisms, as many of each form stay, and their conclusions are asked form by form. */
export function questionsOf({ rounds, syllogisms }: Settings): readonly Question[] {
  if (syllogisms === 0) return RELATIONAL;
  if (rounds > 0) return [...RELATIONAL, ...LOGICAL];
  const conclusions = LOGICAL.filter(({ asks }) => asks === 'conclusion');
  const byForm = FORMS.slice(0, syllogisms).flatMap(({ name: of }, form) =>
    conclusions.map((question): Question => ({
      ...question,
      name: `${of}${question.name.slice('syllogism'.length)}`,
      says: `${question.says.slice(0, -1)}: those of the form ${of}.`,
      form,
    })),
  );
  return [NEW_SYLLOGISM, ...LOGICAL.filter((question) => !conclusions.includes(question)), ...byForm];
}

/** How many of the syllogisms that stay are of a form, where forms are asked. */
function ofForm(form: number, { syllogisms }: Settings): number {
  return Math.ceil((syllogisms - form) / FORMS.length);
}

function setsOf(settings: Settings): AskedShape[] {
  const { rounds, facts, syllogisms } = settings;
  return questionsOf(settings).map(({ name, says, asks, inContext, choices, form }) => {
    const isLogical = asks === 'premise' || asks === 'conclusion' || asks === 'new conclusion';
    const asked = form === undefined ? syllogisms : ofForm(form, settings);
    const documents =
      asks === 'new'
        ? NEW_ROUNDS
        : asks === 'new conclusion'
          ? NEW_PAIRS
          : isLogical
            ? 2 * asked
            : rounds * facts;
    const longest = inContext ? lengthOf(isLogical ? null : facts, 1) : SENTENCE;
    const known = isLogical
      ? { name: 'one of the statements', score: 1 / QUANTIFIERS.length }
      : choices
        ? { name: 'one of the choices', score: 1 / choices }
        : inContext
          ? { name: 'that it is in the context', score: 1 / facts }
          : { name: 'that it is an entity of what stays', score: 1 / (rounds * facts) };
    const floors = [known];
    if (asks === 'new conclusion')
      floors.push({ name: 'what follows of the premises, not of which terms', score: likeliestOfTwo() });
    const shared = form === undefined ? 0 : sharedWithPremises(form);
    if (shared > 0) floors.push({ name: 'what a premise says of one of the terms', score: shared });
    return { name, says, documents, tokens: documents * longest, longest, floors };
  });
}
