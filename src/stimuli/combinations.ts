import type { Budget } from '../experiment/budget';
import { costOf } from '../experiment/checks/constant-tasks';
import { sizeOf } from '../experiment/checks/task-class';
import type { Column } from '../experiment/evaluate';
import type { Draw, Experiment, Feature, SetName, Task } from '../experiment/experiment';
import { balancedTasks } from './balance';
import { designSize } from './design';
import { isCarried } from './encode';
import { BLOCK, columnsOf, rowChances } from './sample';
import { combinedLabels } from './task-label';

/** Steps of a budget beyond which probabilities are not worked out: a fraction of a second. */
const MOST_WORK = 2 ** 22;

/**
 * All combinations of the values of discrete features, numbered so that those with the same input row are neighbours: of
 * the input row `n` they are `n * hidden` to `n * hidden + hidden - 1`.
 */
export class Combinations {
  /** How many are listed. */
  static readonly most = 2 ** 20;
  readonly count: number;
  /** Different input rows. */
  readonly rows: number;
  /** Combinations of what the inputs do not show, per input row. */
  readonly hidden: number;
  /** Combinations are written to them as they are visited. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Every value or bit, the slowest first. */
  private readonly axes: {
    readonly values: Float32Array;
    readonly width: number;
    readonly at: number;
    readonly levels: number;
  }[];

  /**
   * @param features those that change slowest first, among those that the inputs show and among the others
   * @returns null with Gaussian features, or with more than 2²⁰ combinations
   */
  static of(features: readonly Feature[]): Combinations | null {
    return features.every(({ kind }) => kind !== 'real') && designSize({ features }) <= Combinations.most
      ? new Combinations(features)
      : null;
  }

  private constructor(features: readonly Feature[]) {
    this.columns = columnsOf(features, BLOCK);
    const carried = features.filter(isCarried);
    const hidden = features.filter((feature) => !isCarried(feature));
    this.axes = [...carried, ...hidden].flatMap((feature) => {
      const { name, width } = feature;
      const values = this.columns.get(name)?.values ?? new Float32Array(0);
      return Array.from({ length: width }, (_, at) => ({ values, width, at, levels: levelsOf(feature) }));
    });
    this.rows = designSize({ features: carried });
    this.hidden = designSize({ features: hidden });
    this.count = this.rows * this.hidden;
  }

  /**
   * Visits all combinations in order, or some of them, block by block: so many are in the first rows of the columns, of which the
   * first is at this place of the list.
   */
  visit(visitor: (rows: number, first: number) => void, some?: ArrayLike<number>): void {
    const count = some?.length ?? this.count;
    for (let first = 0; first < count; first += BLOCK) {
      const rows = Math.min(BLOCK, count - first);
      for (let i = 0; i < rows; i++) this.write(some ? some[first + i] : first + i, i);
      visitor(rows, first);
    }
  }

  private write(combination: number, row: number): void {
    let rest = combination;
    for (let axis = this.axes.length - 1; axis >= 0; axis--) {
      const { values, width, at, levels } = this.axes[axis];
      // Whole numbers below 2³¹.
      const above = (rest / levels) | 0;
      values[row * width + at] = rest - above * levels;
      rest = above;
    }
  }

  /**
   * The exact probability of every combination as one set draws it, in float64. Where tasks are balanced each combination of their
   * values has the same probability, and the features their own distribution given these values.
   *
   * @param budget pays for it
   * @returns null where it cannot be told, or not in a fraction of a second
   * @throws StimuliError where a feature cannot be drawn as asked
   */
  chances(
    { stimuli, tasks }: Pick<Experiment, 'stimuli' | 'tasks'>,
    set: SetName,
    budget: Budget,
  ): Float64Array | null {
    const balanced = balancedTasks({ stimuli, tasks }, set);
    const work = this.count * stepsOf(stimuli.sets[set].draws, this.axes.length, balanced);
    if (work > MOST_WORK) return null;
    budget.take(work);
    const multiply = rowChances(stimuli, set, this.columns, budget);
    if (!multiply) return null;
    const chances = new Float64Array(this.count).fill(1);
    this.visit((rows, first) => multiply(chances.subarray(first, first + rows)));
    const total = chances.reduce((sum, chance) => sum + chance, 0);
    // What an 'as' formula cannot give is refused where it is drawn.
    if (Math.abs(total - 1) > 1e-9) return null;
    return balanced.length === 0 || this.balance(chances, balanced) ? chances : null;
  }

  /** Makes every combination of the tasks' values equally probable; false where one never occurs. */
  private balance(chances: Float64Array, tasks: readonly Task[]): boolean {
    const groups = this.groups(tasks);
    const sums = new Float64Array(tasks.reduce((product, { classes }) => product * classes.length, 1));
    groups.forEach((group, combination) => (sums[group] += chances[combination]));
    if (sums.some((sum) => sum === 0)) return false;
    groups.forEach((group, combination) => (chances[combination] /= sums[group] * sums.length));
    return true;
  }

  /** The values of tasks together, as one number, of every combination or of some. */
  groups(tasks: readonly Task[], some?: ArrayLike<number>): Uint32Array {
    const groups = new Uint32Array(some?.length ?? this.count);
    this.visit((rows, first) => groups.set(combinedLabels(tasks, this.columns, rows), first), some);
    return groups;
  }
}

function levelsOf({ kind, values }: Feature): number {
  return kind === 'bits' ? 2 : values.length;
}

/** Steps of one combination. */
function stepsOf(draws: readonly Draw[], values: number, tasks: readonly Task[]): number {
  const formulas = draws.flatMap(({ agrees }) => (agrees?.by === 'formula' ? [agrees.with, agrees.as] : []));
  return (
    formulas.reduce((sum, formula) => sum + (formula ? sizeOf(formula) : 0), 2 * values) +
    tasks.reduce((sum, task) => sum + costOf(task), 0)
  );
}
