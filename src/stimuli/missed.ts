import type { Budget } from '../experiment/budget';
import type { Path } from '../experiment/document';
import { SET_NAMES } from '../experiment/counts';
import type { Experiment, SetName } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { decimals, minus } from '../formats/fixed';
import { percent } from '../formats/percent';
import type { StatementResults } from '../protocol/results';
import type { StimulusSets } from './draw-stimuli';
import { measureDrawing } from './measure-drawing';

/** Something that the file says about its stimuli and that they miss. */
interface Missed {
  /** One sentence with the mend. */
  readonly message: string;
  readonly path: Path;
}

/** What the stimuli miss of what the file says, beyond sampling error: one for each place in the file, of the set that misses it most. */
export function missedStatements(
  experiment: Pick<Experiment, 'stimuli' | 'tasks'>,
  sets: StimulusSets,
  budget?: Budget,
): Missed[] {
  const worst = new Map<string, Missed & { by: number }>();
  for (const set of SET_NAMES) {
    for (const statement of measureDrawing(experiment, sets[set], budget)) {
      if (statement.met) continue;
      const by = Math.abs((statement.drawn ?? 0) - (statement.expected ?? statement.declared));
      const key = JSON.stringify(statement.path);
      if (by < (worst.get(key)?.by ?? 0)) continue;
      const message = `${missedMessage(statement, set, sets[set].inputs.rows)} ${MEND}`;
      worst.set(key, { message, path: statement.path, by });
    }
  }
  return [...worst.values()].map(({ message, path }) => ({ message, path }));
}

const MEND =
  "The sets share no input row, and these features make too few: add noise bits or 'inputNoise', ask for fewer stimuli, or set \"repeats\": true in 'stimuli'.";

/** What a set misses, in a sentence. */
export function missedMessage(statement: StatementResults, set: SetName, count: number): string {
  const { feature, kind, of, declared, expected, drawn } = statement;
  const stimuli = `the ${count} ${set} stimuli`;
  const isShifted = expected !== null && Math.abs(expected - declared) > 1e-9;
  const wanted = isShifted ? 'as its balance and agreement make it' : 'as declared';
  const right = percent(expected ?? declared, 1);
  switch (kind) {
    case 'prevalence':
      return `${quote(feature)} is ${of} in ${percent(drawn, 1)} of ${stimuli}, not in ${right} ${wanted}.`;
    case 'agreement':
      return `${quote(feature)} agrees in ${percent(drawn, 1)} of ${stimuli}, not in ${right} ${wanted}.`;
    case 'correlation':
      return `${quote(feature)} correlates with ${quote(of)} by ${drawn === null ? 'nothing' : decimals(drawn)} over ${stimuli}, not by ${isShifted ? decimals(expected) : minus(String(declared))} ${wanted}.`;
  }
}
