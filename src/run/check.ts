import type { BroughtFiles } from '../experiment/brought';
import { Budget, BudgetError } from '../experiment/budget';
import type { Experiment } from '../experiment/experiment';
import type { Path } from '../experiment/document';
import type { Problem, Range } from '../experiment/problem';
import type { Reading } from '../experiment/read';
import { readExperiment } from '../sources/read-experiment';
import { isDrawnAsSaid } from '../stimuli/draw-part';
import { drawStimuli, type StimulusSets } from '../stimuli/draw-stimuli';
import { missedStatements } from '../stimuli/missed';
import { StimuliError } from '../stimuli/stimuli-error';

/** Steps that a check may take beyond reading the text: less than half a second. */
const CHECKING = 9_000_000;

/**
 * Reads an experiment file and, where it is valid so far, draws its stimuli, a part of them where that tells as much: some combinations of sizes, agreements and balance turn
 * out to be impossible only then, and stimuli are held against what the file says of them. Never throws for what a file says; what
 * would take long is left untried, with a word that says so.
 *
 * @param budget of the reading and the drawing together
 * @param files what it brings along; nothing by default
 */
export function checkExperiment(text: string, budget = new Budget(CHECKING), files?: BroughtFiles): Reading {
  return checked(text, budget, files, (experiment) =>
    budget.attempt((own) => isDrawnAsSaid(experiment, own) || null),
  ).reading;
}

/**
 * As `checkExperiment`, of all stimuli.
 *
 * @returns also the stimuli; null where they cannot be drawn, or where that, or holding them against the file, would take long
 */
export function checkDrawing(text: string, budget = new Budget(CHECKING), files?: BroughtFiles): Checked {
  return checked(text, budget, files, () => null);
}

interface Checked {
  readonly reading: Reading;
  readonly sets: StimulusSets | null;
}

/** @param isGood whether a part tells that stimuli are drawn as the file says; null where the whole sets have to tell */
function checked(
  text: string,
  budget: Budget,
  files: BroughtFiles | undefined,
  isGood: (experiment: Experiment) => true | null,
): Checked {
  const reading = readExperiment(text, budget, { files });
  let sets: StimulusSets | null = null;
  try {
    if (reading.experiment && !isGood(reading.experiment)) {
      const drawn = drawStimuli(reading.experiment, budget);
      const missed = missedStatements(reading.experiment, drawn, budget);
      for (const { message, path } of missed) reading.problems.push(missedProblem(reading, message, path));
      sets = drawn;
    }
  } catch (error) {
    if (error instanceof StimuliError) {
      const problem = stimuliProblem(reading, error.message, error.path);
      const problems = [...reading.problems, problem];
      return { reading: { ...reading, experiment: null, problems }, sets: null };
    }
    if (!(error instanceof BudgetError)) throw error;
    budget.untried.add('whether the stimuli can be drawn');
  }
  if (budget.untried.size === 0) return { reading, sets };
  return { reading: { ...reading, problems: [...reading.problems, untriedProblem(reading, budget)] }, sets };
}

/** A word about what was not tried, at the stimuli. */
function untriedProblem({ locate }: Pick<Reading, 'locate'>, { untried }: Budget): Problem {
  const message = `This check did not try ${[...untried].join(' and ')}, which would take long. The analysis tries it; with fewer stimuli, bits or units the check does.`;
  return {
    severity: 'info',
    code: 'untried',
    message,
    range: around(locate, ['stimuli']),
    structural: false,
  };
}

/** The problem of stimuli that cannot be drawn, at its place in the file or, where the file leaves that out, at the nearest one around it. */
export function stimuliProblem({ locate }: Pick<Reading, 'locate'>, message: string, path: Path): Problem {
  return { severity: 'error', code: 'stimuli', message, range: around(locate, path), structural: false };
}

/** The problem of stimuli that are not as the file says. */
export function missedProblem({ locate }: Pick<Reading, 'locate'>, message: string, path: Path): Problem {
  const range = around(locate, path);
  return { severity: 'warning', code: 'not-as-declared', message, range, structural: false };
}

function around(locate: Reading['locate'], path: Path): Range {
  for (let length = path.length; length >= 0; length--) {
    const range = locate(path.slice(0, length));
    if (range) return range;
  }
  const start = { line: 0, character: 0, offset: 0 };
  return { start, end: start };
}
