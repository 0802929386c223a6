import { classOf, membersOf, type Stimuli } from '../analysis/probe/folds';
import type { Target } from '../analysis/probe/probe';
import { groupsOf } from '../analysis/rdm/grouped';
import { quote, quoteAll } from '../experiment/names';
import { UserError } from './user-error';

/** A label as probes tell it. */
export interface ProbeLabel {
  readonly target: Target;
  /** Names of the classes; absent of a real label. */
  readonly classes?: readonly string[];
}

export const readings = ['classes', 'real'] as const;
export type Reading = (typeof readings)[number];

/** More whole numbers than this are no classes, where nobody says what they are. */
const mostWhole = 20;
const mostClasses = 1000;

/**
 * A column as classes, or as real numbers: these where it is asked for, or where there are more than two values, all of them numbers, and one is no whole number
 * or there are many.
 *
 * @param what the column in messages
 * @throws UserError where it cannot be read so
 */
export function probeLabel(what: string, column: readonly string[], asked: Reading | undefined): ProbeLabel {
  const { names, of } = groupsOf(column);
  const numbers = column.map(Number);
  const strange = numbers.findIndex((one) => !Number.isFinite(one));
  const looksReal =
    strange < 0 &&
    names.length > 2 &&
    (names.length > mostWhole || !numbers.every((one) => Number.isInteger(one)));
  if (names.length < 2)
    throw new UserError(`${what} has one value, ${quote(names[0])}, in all rows: there must be two.`);
  if (asked === 'real' || (asked === undefined && looksReal)) {
    if (strange >= 0)
      throw new UserError(`${what} has ${quote(column[strange])}, which is no number: it has classes.`);
    return { target: { kind: 'real', of: Float64Array.from(numbers) } };
  }
  if (names.length > mostClasses)
    throw new UserError(`${what} has ${names.length} classes: ${mostClasses} are told apart at most.`);
  return { target: { kind: 'classes', classes: names.length, of }, classes: names };
}

const usualFolds = 5;

/**
 * How many folds there are: five, or fewer where a class has fewer stimuli, each of which is in one fold.
 *
 * @throws UserError where a class has one stimulus only, or more folds are asked for than there can be
 */
export function foldCount(
  what: string,
  { target, classes }: ProbeLabel,
  stimuli: Stimuli,
  asked: number | undefined,
): number {
  let [most, who] = [stimuli.count, 'It'];
  if (target.kind === 'classes' && classes) {
    const counts = new Uint32Array(target.classes);
    for (const members of membersOf(stimuli)) counts[classOf(target, members)]++;
    const few = classes.filter((_, c) => counts[c] < 2);
    if (few.length > 0)
      throw new UserError(
        `${what}: ${few.length === 1 ? 'class' : 'classes'} ${quoteAll(few)} ${few.length === 1 ? 'has' : 'have'} fewer than two distinct stimuli, and each needs one to fit on and one to score: leave ${few.length === 1 ? 'it' : 'them'} empty, or merge ${few.length === 1 ? 'it' : 'them'} with another.`,
      );
    most = counts.reduce((a, b) => Math.min(a, b));
    who = `Class ${quote(classes[counts.indexOf(most)])}`;
  }
  if (most < 2) throw new UserError(`${what} is of one stimulus only: there must be two at least.`);
  if (asked !== undefined && asked > most)
    throw new UserError(`${who} has ${most} distinct stimuli: there can be ${most} folds at most.`);
  return asked ?? Math.min(usualFolds, most);
}
