import { unlimited, type Budget } from '../experiment/budget';
import type { Column } from '../experiment/evaluate';
import type { Experiment, SetName, Stimuli, StimulusTable } from '../experiment/experiment';
import { stream } from '../core/stream';
import { design, designSize } from './design';
import type { Corpus } from './documents/corpus';
import { isCarried, isNoisy } from './encode';
import { drawObservations } from './observations';
import { reserve, type Reservation } from './reserve';
import { RowTable } from './row-table';
import { sampler } from './sample';
import { SetBuilder, type Repeats } from './set-builder';
import { StimuliError } from './stimuli-error';
import type { StimulusSet } from './stimulus-set';

/** The stimuli of an experiment, drawn once for all networks and seeds. */
export interface StimulusSets extends Readonly<Record<SetName, StimulusSet>> {
  /** All three sets are the same rows (a design enumerated without noise): nothing is scored on fresh stimuli. */
  readonly coincide: boolean;
  /** The documents that networks are trained on and asked; absent where stimuli are none of their tokens. */
  readonly corpus?: Corpus;
}

const SETS = ['train', 'fit', 'test'] as const;

/**
 * Draws the three sets from `stimuli.seed`. The same experiment gives the same bits.
 *
 * Drawn sets: no input row occurs in two sets, unless `repeats` allows it, which makes every stimulus an independent draw. Where leaving
 * out the rows of other sets would distort how a set is distributed, rows are reserved for each set (`reserve`). Else, where the inputs
 * are discrete and have fewer than four times as many different rows as stimuli are wanted, no row is repeated at all, and
 * where they are more, stimuli of a set are independent draws. Each feature of each set, each noise, each random
 * matrix, each balance and each order has a random stream of its own: the size of a set or the noise of a feature changes
 * the draws of others only where rows then collide.
 *
 * Enumerated designs ignore how features are drawn. `all`: each set is every combination once, in lexicographic order, whatever `balance` says;
 * noise, where there is some, is fresh in each set. `split`: the design in random order is divided among the sets, balanced where that is asked for.
 *
 * The stimuli of a table are divided among the sets in random order, balanced where that is asked for: they are stimuli of their own, whatever they
 * have in common.
 *
 * Tokens of documents are divided by document (`drawObservations`).
 *
 * @param budget pays for every candidate; as much as it takes by default
 * @throws StimuliError where the sets cannot be drawn as asked; BudgetError where that was not found out
 */
export function drawStimuli(
  experiment: Pick<Experiment, 'stimuli' | 'tasks'>,
  budget = unlimited(),
): StimulusSets {
  const { stimuli } = experiment;
  if (stimuli.documents) return drawObservations({ ...experiment, documents: stimuli.documents }, budget);
  if (stimuli.enumerate === 'all') return enumerated(experiment, budget);
  return stimuli.enumerate === 'split' ? divided(experiment, budget) : drawn(experiment, budget);
}

function drawn({ stimuli, tasks }: Pick<Experiment, 'stimuli' | 'tasks'>, budget: Budget): StimulusSets {
  if (stimuli.repeats) return rejecting({ stimuli, tasks }, 'any', PATIENCE, budget);
  const total = totalCount(stimuli);
  const rows = distinctInputs(stimuli);
  if (rows < total) {
    throw new StimuliError(
      `The features make only ${rows} different input rows, but the sets need ${total} together. ` +
        "Show every combination once with 'enumerate' and no set sizes, ask for fewer stimuli, add features or 'inputNoise', or set \"repeats\": true.",
      ['stimuli'],
    );
  }
  budget.take(total);
  const table = new RowTable(stimuli.inputUnits, total);
  const distinct = rows < 4 * total;
  const reservation = reserve({ stimuli, tasks }, distinct, budget);
  if (reservation) return reserved({ stimuli, tasks }, reservation, { table, distinct: false }, budget);
  // The last free row of a small space turns up once in as many draws as the space has rows.
  const patience = PATIENCE + (distinct ? 32 * rows : 0);
  return rejecting({ stimuli, tasks }, { table, distinct }, patience, budget);
}

/** Rounds of candidates in which a set must find what its balance wants. */
const ROUNDS = 256;

function reserved(
  { stimuli, tasks }: Pick<Experiment, 'stimuli' | 'tasks'>,
  { space, candidates }: Reservation,
  repeats: Repeats,
  budget: Budget,
): StimulusSets {
  const draw = (set: SetName): StimulusSet => {
    const builder = new SetBuilder(stimuli, tasks, set, repeats, budget);
    for (let round = 0; !builder.isFull; round++) {
      if (round === ROUNDS) throw builder.failure();
      budget.take(space.rows);
      space.visit(
        (rows) => {
          builder.read(space.columns, rows);
          for (let row = 0; row < rows && !builder.isFull; row++) builder.offer(row);
        },
        candidates(set, round),
      );
    }
    return builder.finish();
  };
  return { train: draw('train'), fit: draw('fit'), test: draw('test'), coincide: false };
}

/** Candidates without one that is taken, after which a set is given up. */
const PATIENCE = 50_000;

function rejecting(
  { stimuli, tasks }: Pick<Experiment, 'stimuli' | 'tasks'>,
  repeats: Repeats | 'any',
  patience: number,
  budget: Budget,
): StimulusSets {
  const draw = (set: SetName): StimulusSet => {
    const builder = new SetBuilder(stimuli, tasks, set, repeats, budget);
    const block = sampler(stimuli, set, budget);
    while (!builder.isFull) {
      if (builder.isHopeless(patience)) throw builder.failure();
      offerBlock(builder, block);
    }
    return builder.finish();
  };
  return { train: draw('train'), fit: draw('fit'), test: draw('test'), coincide: false };
}

/** Draws candidates, and offers them until the set is full. */
export function offerBlock(builder: SetBuilder, { columns, rows, next }: ReturnType<typeof sampler>): void {
  next();
  builder.read(columns, rows);
  for (let row = 0; row < rows && !builder.isFull; row++) builder.offer(row);
}

function enumerated({ stimuli, tasks }: Pick<Experiment, 'stimuli' | 'tasks'>, budget: Budget): StimulusSets {
  const { count, columns } = design(stimuli, budget);
  const whole = { ...stimuli, counts: { train: count, fit: count, test: count } };
  const draw = (set: SetName): StimulusSet => {
    const builder = new SetBuilder(whole, tasks, set, 'all', budget);
    builder.read(columns, count);
    for (let row = 0; row < count; row++) builder.offer(row);
    return builder.finish();
  };
  return { train: draw('train'), fit: draw('fit'), test: draw('test'), coincide: !isNoisy(stimuli) };
}

function divided({ stimuli, tasks }: Pick<Experiment, 'stimuli' | 'tasks'>, budget: Budget): StimulusSets {
  const total = totalCount(stimuli);
  const { table } = stimuli;
  const { count, columns } = table ? tableRows(stimuli, table) : design(stimuli, budget);
  if (count < total) {
    throw new StimuliError(
      `The design has ${count} combinations, but the sets need ${total} together. Ask for fewer stimuli, or leave out the set sizes ` +
        'so that each set is the whole design.',
      ['stimuli', 'enumerate'],
    );
  }
  const repeats = table ? 'any' : { table: new RowTable(stimuli.inputUnits, total), distinct: false };
  let rest = stream('stimuli', stimuli.seed, table ? 'table' : 'design').permutation(count);
  const draw = (set: SetName): StimulusSet => {
    const builder = new SetBuilder(stimuli, tasks, set, repeats, budget);
    builder.read(columns, count);
    rest = rest.filter((row) => builder.isFull || !builder.offer(row));
    if (!builder.isFull) throw builder.failure();
    return builder.finish();
  };
  return { train: draw('train'), fit: draw('fit'), test: draw('test'), coincide: false };
}

/** The columns of a table, as those of a design. */
function tableRows(
  { features }: Stimuli,
  { ids, columns }: StimulusTable,
): { count: number; columns: ReadonlyMap<string, Column> } {
  const made = features.map(({ name }, at): [string, Column] => [
    name,
    { width: 1, values: Float32Array.from(columns[at]) },
  ]);
  return { count: ids.length, columns: new Map(made) };
}

export function totalCount({ counts }: Stimuli): number {
  return SETS.reduce((sum, set) => sum + counts[set], 0);
}

/** How many different input rows the features can make. */
export function distinctInputs(stimuli: Stimuli): number {
  const carried = stimuli.features.filter(isCarried);
  if (isNoisy(stimuli) || carried.some((feature) => feature.kind === 'real')) return Infinity;
  return designSize({ features: carried });
}
