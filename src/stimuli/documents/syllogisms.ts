/** A statement about two terms: which of `QUANTIFIERS` holds of them in this order. */
export interface Statement {
  readonly subject: number;
  readonly object: number;
  readonly quantifier: number;
  /** Of what syllogism: its place in `FORMS`. */
  readonly form: number;
}

/**
 * The six statements about a subject and an object that differ in what they say: all S are O, some are, none is, some are not; and of those that say something else the other way round,
 * all O are S, and some O are not.
 */
export const QUANTIFIERS = ['all', 'some', 'no', 'someNot', 'all_inverse', 'someNot_inverse'] as const;
const [ALL, SOME, NO, SOME_NOT, ALL_INVERSE, SOME_NOT_INVERSE] = QUANTIFIERS.keys();

/** The four moods of the first figure: of middle and predicate, and of subject and middle, what follows of subject and predicate. */
export const FORMS = [
  { name: 'barbara', major: ALL, minor: ALL, conclusion: ALL },
  { name: 'celarent', major: NO, minor: ALL, conclusion: NO },
  { name: 'darii', major: ALL, minor: SOME, conclusion: SOME },
  { name: 'ferio', major: NO, minor: SOME, conclusion: SOME_NOT },
] as const;

/** The same said of the object and the subject. */
const CONVERSE: ReadonlyMap<number, number> = new Map([
  [ALL, ALL_INVERSE],
  [SOME_NOT, SOME_NOT_INVERSE],
]);

/** The premises of a syllogism, and its conclusion, said of its terms in both orders. @param terms subject, middle, predicate */
export function statementsOf(
  [subject, middle, predicate]: readonly [number, number, number],
  form: number,
): { premises: Statement[]; conclusions: Statement[] } {
  const { major, minor, conclusion } = FORMS[form];
  return {
    premises: [
      { subject: middle, object: predicate, quantifier: major, form },
      { subject, object: middle, quantifier: minor, form },
    ],
    conclusions: [
      { subject, object: predicate, quantifier: conclusion, form },
      {
        subject: predicate,
        object: subject,
        quantifier: CONVERSE.get(conclusion) ?? conclusion,
        form,
      },
    ],
  };
}

/**
 * What association alone answers: the share of right answers of who says of two terms what one of the premises, as often the one as the other, says of one of them, whichever term is named first.
 *
 * @returns from 0 to 1
 */
export function sharedWithPremises(form: number): number {
  const { premises, conclusions } = statementsOf([0, 1, 2], form);
  const same = conclusions.flatMap(({ quantifier }) =>
    premises.map((premise): number => (premise.quantifier === quantifier ? 1 : 0)),
  );
  return same.reduce((sum, one) => sum + one, 0) / same.length;
}

/**
 * The share of right answers, from 0 to 1, of who is told the premises of two syllogisms of any forms and does not look which terms they are of: the most frequent of their four conclusions.
 */
export function likeliestOfTwo(): number {
  const shares = FORMS.flatMap((_, one) =>
    FORMS.map((__, other) => {
      const said = [one, other].flatMap((form) =>
        statementsOf([0, 1, 2], form).conclusions.map(({ quantifier }) => quantifier),
      );
      const counts = said.map((quantifier) => said.filter((same) => same === quantifier).length);
      return Math.max(...counts) / said.length;
    }),
  );
  return shares.reduce((sum, one) => sum + one, 0) / shares.length;
}
