import type { Stream } from '../../core/stream';
import type { DocumentsShape } from '../../experiment/documents';
import { DIRECTION, PART, ROLE, type Settings } from './episodes';
import type { Statement } from './syllogisms';
import { DocumentsWriter } from './writer';

/** A fact: by what relation (from 0) a subject leads to an object. */
export interface Fact {
  readonly subject: number;
  readonly relation: number;
  readonly object: number;
}

/** Writes sentences: facts, whose last word is an entity, and statements, whose last word is the quantifier. */
export class SentenceWriter extends DocumentsWriter {
  #kind = 0;
  #facts = 0;

  constructor(
    private readonly settings: Settings,
    shape: DocumentsShape,
    set: string | null,
  ) {
    super(shape, set);
  }

  /** @param facts that are told in it */
  begin(kind: number, facts: number): void {
    this.#kind = kind;
    this.#facts = facts;
  }

  tellFacts(facts: readonly Fact[], random: Stream): void {
    for (const fact of shuffled(facts, random)) this.fact(fact, false, false);
  }

  tellStatements(statements: readonly Statement[], random: Stream): void {
    for (const statement of shuffled(statements, random)) this.statement(statement, false);
  }

  fact({ subject, relation, object }: Fact, isInverse: boolean, isAsked: boolean): void {
    const { entities, relations } = this.settings;
    const [from, by, until] = isInverse
      ? [object, relations + relation, subject]
      : [subject, relation, object];
    const of = [
      from + 1,
      by + 1,
      until + 1,
      isInverse ? DIRECTION.inverse : DIRECTION.forward,
      0,
      isAsked ? PART.asked : PART.told,
    ];
    this.#words(of, [
      [from, ROLE.subject],
      [entities + by, ROLE.relation],
      [until, ROLE.object, isAsked],
    ]);
  }

  statement({ subject, object, quantifier, form }: Statement, isAsked: boolean): void {
    const { entities, relations } = this.settings;
    const by = 2 * relations + quantifier;
    const of = [subject + 1, by + 1, object + 1, 0, form + 1, isAsked ? PART.asked : PART.told];
    this.#words(of, [
      [subject, ROLE.subject],
      [object, ROLE.object],
      [entities + by, ROLE.quantifier, isAsked],
    ]);
  }

  #words(
    of: readonly number[],
    words: readonly (readonly [token: number, role: number, counts?: boolean])[],
  ): void {
    for (const [token, role, counts = false] of words)
      this.token(token, counts, [role, ...of, this.#kind, this.#facts]);
  }
}

function shuffled<T>(all: readonly T[], random: Stream): T[] {
  return Array.from(random.permutation(all.length), (at) => all[at]);
}
