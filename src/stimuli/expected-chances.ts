import type { Budget } from '../experiment/budget';
import type { Experiment, SetName } from '../experiment/experiment';
import { reach } from '../experiment/features-of';
import { balancedTasks } from './balance';
import { Combinations } from './combinations';
import type { Statement } from './statements';

/**
 * The probabilities of a set's statements' events as the set is drawn: as declared, but for features that a balanced task depends on, which
 * balance shifts (half of the stimuli have an odd parity, whatever the prevalence of the bits), and for values of which a formula
 * agrees with something. Those are worked out from the combinations of all features that they depend on.
 *
 * @param budget pays for what is listed
 * @returns one list a statement; null where the combinations are too many to list
 */
export function expectedChances(
  experiment: Pick<Experiment, 'stimuli' | 'tasks'>,
  set: SetName,
  statements: readonly Statement[],
  budget: Budget,
): (readonly number[] | null)[] {
  const { stimuli } = experiment;
  const { draws, balance } = stimuli.sets[set];
  const tasks = balancedTasks(experiment, set);
  const byBalance = reach(
    tasks.flatMap((task) => task.features),
    draws,
  );
  const isShifted = ({ feature, isShifted: byFormula }: Statement): boolean =>
    byFormula || byBalance.has(feature);
  const changed = statements.filter(isShifted).map(({ feature }) => feature);
  if (changed.length === 0) return statements.map(({ chances }) => chances);
  const shifted = reach([...byBalance, ...changed], draws);
  const part = {
    ...stimuli,
    features: stimuli.features.filter(({ name }) => shifted.has(name)),
    sets: { ...stimuli.sets, [set]: { balance, draws: draws.filter(({ feature }) => shifted.has(feature)) } },
  };
  const space = Combinations.of(part.features);
  const chances = space?.chances({ stimuli: part, tasks: experiment.tasks }, set, budget);
  return statements.map((statement) => {
    if (!isShifted(statement)) return statement.chances;
    return space && chances ? sharesOf(statement, space, chances) : null;
  });
}

/** The probability of each event among the combinations that it is asked of. */
function sharesOf(
  { chances: declared, look }: Statement,
  space: Combinations,
  chances: Float64Array,
): number[] {
  const asked = declared.map(() => 0);
  const held = declared.map(() => 0);
  space.visit((rows, first) => {
    const seen = look(space.columns, rows);
    for (let at = 0; at < seen.length; at++) {
      const event = at % declared.length;
      const chance = chances[first + (at - event) / declared.length];
      if (seen[at] >= 0) asked[event] += chance;
      if (seen[at] > 0) held[event] += chance;
    }
  });
  return held.map((sum, event) => (asked[event] > 0 ? Math.min(1, sum / asked[event]) : declared[event]));
}
