import type { Columns } from '../experiment/evaluate';
import type { Experiment, SetName, Stimuli, Task } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { stream } from '../core/stream';
import { StimuliError } from './stimuli-error';
import { combinedLabels } from './task-label';

const MOST_COMBINATIONS = 2 ** 20;

/**
 * How many stimuli of a set are still wanted for each combination of the balanced tasks' values. All combinations get
 * the same number; where the count does not divide, randomly chosen ones get one more.
 */
export class Balance {
  /** Stimuli still wanted, by combination. */
  private readonly wanted: Uint32Array;
  private readonly offered: Uint32Array;
  readonly path: readonly string[];

  /** @throws StimuliError with more than 2²⁰ combinations */
  constructor(
    private readonly tasks: readonly Task[],
    stimuli: Stimuli,
    set: SetName,
  ) {
    this.path = balancePath(stimuli, set);
    const combinations = tasks.reduce((product, task) => product * task.classes.length, 1);
    if (combinations > MOST_COMBINATIONS) {
      throw new StimuliError(
        `The balanced tasks have ${combinations} combinations of values, more than can be crossed. Balance fewer tasks.`,
        this.path,
      );
    }
    const count = stimuli.counts[set];
    this.wanted = new Uint32Array(combinations).fill(Math.floor(count / combinations));
    this.offered = new Uint32Array(combinations);
    const order = stream('stimuli', stimuli.seed, set, 'balance').permutation(combinations);
    for (const combination of order.subarray(0, count % combinations)) this.wanted[combination]++;
  }

  /** The combinations of the stimuli in the first rows of some columns, as numbers. */
  combinations(columns: Columns, rows: number): Uint32Array {
    return combinedLabels(this.tasks, columns, rows);
  }

  /** Whether a candidate's combination is wanted; each candidate is asked of once. */
  wants(combination: number): boolean {
    this.offered[combination]++;
    return this.wanted[combination] > 0;
  }

  take(combination: number): void {
    this.wanted[combination]--;
  }

  /** Why the balance cannot be met: the unmet combination that was met least often among the candidates. */
  failure(set: SetName, candidates: number): StimuliError {
    let worst = -1;
    this.wanted.forEach((wanted, i) => {
      if (wanted > 0 && (worst < 0 || this.offered[i] < this.offered[worst])) worst = i;
    });
    const occurred = this.offered[worst];
    const [only] = this.tasks;
    const mend =
      this.tasks.length === 1
        ? `Leave ${quote(only.name)} out of 'balance' or change how its features are drawn`
        : 'Balance fewer tasks or change how their features are drawn';
    const what =
      occurred === 0
        ? `no stimulus with ${this.describe(worst)} occurs`
        : `stimuli with ${this.describe(worst)} are too few or too rare (${occurred} in ${candidates} draws)`;
    return new StimuliError(`The ${set} set cannot be balanced: ${what}. ${mend}.`, this.path);
  }

  private describe(combination: number): string {
    const parts: string[] = [];
    let rest = combination;
    for (const task of [...this.tasks].reverse()) {
      parts.unshift(`${quote(task.name)} = ${task.classes[rest % task.classes.length]}`);
      rest = Math.floor(rest / task.classes.length);
    }
    return parts.join(' and ');
  }
}

/** The tasks that a set balances, in the file's order. */
export function balancedTasks(
  { stimuli, tasks }: Pick<Experiment, 'stimuli' | 'tasks'>,
  set: SetName,
): Task[] {
  return tasks.filter((task) => stimuli.sets[set].balance.includes(task.name));
}

/** Where the file says it: in `sets` where this set alone differs, else in `stimuli`. */
function balancePath(stimuli: Stimuli, set: SetName): string[] {
  const text = (name: SetName): string => JSON.stringify(stimuli.sets[name].balance);
  const others = (['train', 'fit', 'test'] as const).filter((name) => name !== set);
  return others.some((name) => text(name) === text(set))
    ? ['stimuli', 'balance']
    : ['stimuli', 'sets', set, 'balance'];
}
