import type { Budget } from '../experiment/budget';
import { costOf as costOfTask } from '../experiment/checks/constant-tasks';
import { columnOf, type Column, type Columns } from '../experiment/evaluate';
import type { SetName, Stimuli, Task } from '../experiment/experiment';
import type { Label } from '../core/label';
import { stream } from '../core/stream';
import { Balance, balancedTasks } from './balance';
import { Encoder, encodingCost } from './encode';
import type { RowTable } from './row-table';
import { BLOCK } from './sample';
import { StimuliError } from './stimuli-error';
import type { StimulusSet } from './stimulus-set';
import { taskLabels } from './task-label';

/** Which repeats of an input row a set allows. */
export interface Repeats {
  readonly table: RowTable;
  /** No row occurs twice at all; else a row may occur again within its set, never in another. */
  readonly distinct: boolean;
}

/** Fills one set from candidates, which it takes or leaves. */
export class SetBuilder {
  /** Stimuli taken so far. */
  taken = 0;
  readonly count: number;
  private candidates = 0;
  /** Candidates since the last one that was taken, and how many of them were left for their input row. */
  private stalled = 0;
  private repeated = 0;
  /** Candidates that were left for their input row. */
  private refused = 0;
  private readonly inputs: Float32Array;
  private readonly width: number;
  private readonly columns: ReadonlyMap<string, Column>;
  private readonly encode: Encoder;
  private readonly balance: Balance | null;
  private readonly order: Uint32Array | null;
  /** Rows of the columns that were taken, where they are a table's. */
  private readonly rows: Uint32Array | null;
  private readonly owner: number;
  /** Of the columns that candidates are in: where their rows go, and the balanced combination of each. */
  private copies: readonly Copy[] = [];
  private combinations: Uint32Array = new Uint32Array(0);
  /** Steps of a candidate, and of its input row. */
  private readonly candidateCost: number;
  private readonly encodeCost: number;

  /**
   * @param repeats `any` where an input row may be in every set; `all` to take every candidate, balanced or not, in its place
   * @param budget pays for the whole set at once, and then for what is left
   * @throws StimuliError where the balance has too many combinations
   */
  constructor(
    private readonly stimuli: Stimuli,
    private readonly tasks: readonly Task[],
    private readonly set: SetName,
    private readonly repeats: Repeats | 'any' | 'all',
    private readonly budget: Budget,
  ) {
    this.count = stimuli.counts[set];
    const chooses = repeats !== 'all';
    const balanced = balancedTasks({ stimuli, tasks }, set);
    this.encodeCost = encodingCost(stimuli);
    this.candidateCost = 1 + (chooses ? costOf(balanced) : 0);
    budget.take(this.count * (this.encodeCost + costOf(tasks) + widthOf(stimuli)));
    this.width = stimuli.inputUnits;
    this.inputs = new Float32Array(this.count * this.width);
    this.columns = new Map(
      stimuli.features.map(({ name, width }) => [
        name,
        { width, values: new Float32Array(this.count * width) },
      ]),
    );
    this.encode = new Encoder(stimuli, set, budget);
    this.balance = chooses && balanced.length > 0 ? new Balance(balanced, stimuli, set) : null;
    // Rare combinations come late among the candidates, so balanced stimuli take their places in random order.
    this.order = this.balance ? stream('stimuli', stimuli.seed, set, 'order').permutation(this.count) : null;
    this.rows = stimuli.table ? new Uint32Array(this.count) : null;
    this.owner = typeof repeats === 'string' ? 0 : repeats.table.addSet(this.inputs, this.count);
  }

  get isFull(): boolean {
    return this.taken === this.count;
  }

  /** Says which columns candidates are in from now on: in the first rows of them. */
  read(from: Columns, rows: number): void {
    this.encode.read(from);
    this.copies = [...this.columns].map(([name, to]) => ({ from: columnOf(from, name), to }));
    if (this.balance) this.combinations = this.balance.combinations(from, rows);
  }

  /** Takes the stimulus in a row of the columns, unless its combination is complete or its input row is not allowed. */
  offer(row: number): boolean {
    this.candidates++;
    this.stalled++;
    this.budget.take(this.candidateCost);
    const { balance } = this;
    const combination = this.combinations[row];
    if (balance && !balance.wants(combination)) return false;
    const place = this.order ? this.order[this.taken] : this.taken;
    this.encode.write(row, this.inputs, place * this.width);
    if (!this.isAllowed(place)) return false;
    for (let i = 0; i < this.copies.length; i++) copyRow(this.copies[i], row, place);
    if (this.rows) this.rows[place] = row;
    balance?.take(combination);
    this.taken++;
    this.stalled = 0;
    this.repeated = 0;
    return true;
  }

  /** Whether the input row at a place may be there. */
  private isAllowed(place: number): boolean {
    if (typeof this.repeats === 'string') return true;
    const owner = this.repeats.table.place(this.owner, place);
    if (owner < 0 || (owner === this.owner && !this.repeats.distinct)) return true;
    this.repeated++;
    this.refused++;
    this.budget.take(this.encodeCost);
    return false;
  }

  /** Whether no input row was in the way, and few candidates are of a combination that is complete. */
  get isEasy(): boolean {
    return this.refused === 0 && this.candidates <= 4 * this.count + BLOCK;
  }

  /** Whether drawing on is without hope: too long without, or too many for, what was taken. */
  isHopeless(patience: number): boolean {
    const most = Math.min(1000 * this.count + 100_000, 20 * this.count + 20_000_000);
    return this.stalled >= patience || this.candidates >= most;
  }

  /** Why the set cannot be filled. */
  failure(): StimuliError {
    if (this.balance && this.repeated === 0) return this.balance.failure(this.set, this.candidates);
    const mend =
      "Ask for fewer stimuli, add features or 'inputNoise', set \"repeats\": true, or show every combination once with 'enumerate'";
    return new StimuliError(
      `The ${this.set} set needs ${this.count} stimuli, but only ${this.taken} were found whose input rows are not in another set` +
        `${typeof this.repeats !== 'string' && this.repeats.distinct ? ' and not repeated' : ''}. ${mend}.`,
      ['stimuli', this.set],
    );
  }

  finish(): StimulusSet {
    const features = this.stimuli.features.map((feature): Label => {
      const values = this.columns.get(feature.name)?.values ?? new Float32Array(0);
      return {
        name: feature.name,
        source: 'feature',
        kind: feature.kind,
        classes: feature.values,
        width: feature.width,
        values,
      };
    });
    return {
      name: this.set,
      inputs: { rows: this.count, cols: this.width, data: this.inputs },
      features,
      tasks: this.tasks.map((task) => taskColumn(task, this.columns, this.count)),
      ...(this.rows ? { rows: this.rows } : {}),
    };
  }
}

/** Values of a stimulus. */
function widthOf({ features }: Stimuli): number {
  return features.reduce((sum, { width }) => sum + width, 0);
}

/** Steps of the labels of a stimulus. */
function costOf(tasks: readonly Task[]): number {
  return tasks.reduce((sum, task) => sum + costOfTask(task), 0);
}

export function taskColumn(task: Task, columns: Columns, count: number): Label {
  const values = Float32Array.from(taskLabels(task, columns, count));
  return { name: task.name, source: 'task', kind: task.label.kind, classes: task.classes, width: 1, values };
}

interface Copy {
  readonly from: Column;
  readonly to: Column;
}

/** Copies a row of one column to a place of another of the same width. */
function copyRow({ from, to }: Copy, row: number, place: number): void {
  const { width } = to;
  for (let i = 0; i < width; i++) to.values[place * width + i] = from.values[row * width + i];
}
