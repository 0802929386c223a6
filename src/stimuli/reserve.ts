import { exp } from '../core/elementary';
import type { Budget } from '../experiment/budget';
import type { Distribution, Experiment, Feature, SetName } from '../experiment/experiment';
import { drawnBefore } from '../experiment/features-of';
import { stream, type Stream } from '../core/stream';
import { balancedTasks } from './balance';
import { Combinations } from './combinations';
import { designSize } from './design';
import { isCarried, isNoisy } from './encode';
import { expectedChances } from './expected-chances';
import { rake, type Margin } from './rake';
import { statementsOf } from './statements';

type Drawable = Pick<Experiment, 'stimuli' | 'tasks'>;

const SETS = ['train', 'fit', 'test'] as const;

/**
 * Rejection is left alone where it moves no probability by more than this share of the largest standard error of a share of
 * the set's stimuli, ½/√n.
 */
const NEGLIGIBLE = 0.1;
/** Weights are raked until all that the file says holds to this share of the same. */
const RAKED = 0.01;
/** Steps of a budget that dealing out and drawing a combination takes, beside its values. */
const STEPS = 16;

/** Input rows that belong to one set each. */
export interface Reservation {
  readonly space: Combinations;
  /** As many combinations as the set has stimuli, in random order, from its own rows; other ones in each round. */
  readonly candidates: (set: SetName, round: number) => Uint32Array;
}

/**
 * Sets share no input row. Where some rows are more common than others and there are few, to leave out the rows of earlier sets
 * would leave the later sets what is rare. So rows are reserved before anything is drawn: all rows, those of equal
 * probabilities side by side and in random order, are dealt out in proportion to how often each set needs them. Each set then draws
 * from its own rows by systematic sampling (each combination floor or ceil of its expected number of times), with weights
 * that make up for the rows it lacks: those that it has stand for all of equal probabilities, and then weights are raked
 * (Deming and Stephan 1940) until what the file says about the set holds.
 *
 * @param distinct whether drawing by rejection would repeat no row within a set either
 * @param budget pays for what is listed
 * @returns null where rejection distorts next to nothing, as in a uniform space, or where probabilities cannot be listed
 * @throws StimuliError where a feature cannot be drawn as asked
 */
export function reserve(experiment: Drawable, distinct: boolean, budget: Budget): Reservation | null {
  const { stimuli } = experiment;
  if (isNoisy(stimuli)) return null;
  const idle = idleFeatures(experiment);
  const busy = stimuli.features.filter((feature) => !idle.includes(feature));
  const core = Combinations.of(busy);
  const chances = core && chancesOfSets(only(experiment, busy), core, budget);
  if (!core || !chances) return null;
  const copies = designSize({ features: idle });
  const rows = chances.map((of) => rowSums(of, core));
  const counts = SETS.map((set) => stimuli.counts[set]);
  if (!isDistorted(rows, copies, counts, distinct)) return null;
  const space = Combinations.of([...busy, ...idle]);
  if (!space) return null;
  budget.take(space.count * (stimuli.features.reduce((sum, { width }) => sum + width, 0) + STEPS));
  const { owners, stands } = deal(rows, copies, counts, stream('stimuli', stimuli.seed, 'reserve'));
  const own = SETS.map((set, at) => {
    const { hidden } = space;
    const coreOf = (one: number): number => Math.floor(one / (hidden * copies)) * hidden + (one % hidden);
    const isOwn = (one: number): boolean =>
      owners[Math.floor(one / hidden)] === at && chances[at][coreOf(one)] > 0;
    const combinations = Uint32Array.from(filtered(space.count, isOwn));
    const weights = Float64Array.from(combinations, (one) => {
      return chances[at][coreOf(one)] * stands[at][Math.floor(one / (hidden * copies))];
    });
    const margins = marginsOf(experiment, set, space, combinations, budget);
    rake(weights, margins, (RAKED * 0.5) / Math.sqrt(counts[at]));
    return { combinations, weights };
  });
  return {
    space,
    candidates: (set, round) => {
      const { combinations, weights } = own[SETS.indexOf(set)];
      const random = stream('stimuli', stimuli.seed, set, 'reserved', round);
      return systematic(combinations, weights, stimuli.counts[set], random);
    },
  };
}

/** Numbers below `count` that fulfil a condition. */
function* filtered(count: number, condition: (at: number) => boolean): Generator<number> {
  for (let at = 0; at < count; at++) if (condition(at)) yield at;
}

/**
 * Features that the inputs show, that are drawn uniformly in every set, and on which nothing depends: they only multiply
 * input rows by as many as they have values.
 */
function idleFeatures({ stimuli, tasks }: Drawable): Feature[] {
  const draws = SETS.flatMap((set) => stimuli.sets[set].draws);
  const needed = new Set(draws.flatMap((draw) => [...drawnBefore(draw)]));
  for (const set of SETS)
    for (const task of balancedTasks({ stimuli, tasks }, set))
      task.features.forEach((name) => needed.add(name));
  const bound = draws.filter(
    ({ agrees, correlates, prevalence }) =>
      agrees || correlates || prevalence.some((chance) => chance !== prevalence[0]),
  );
  for (const { feature } of bound) needed.add(feature);
  return stimuli.features.filter(
    (feature) => feature.kind !== 'real' && isCarried(feature) && !needed.has(feature.name),
  );
}

/** The experiment as far as some of its features go. */
function only({ stimuli, tasks }: Drawable, features: readonly Feature[]): Drawable {
  const names = new Set(features.map(({ name }) => name));
  const part = (set: SetName): Distribution => ({
    ...stimuli.sets[set],
    draws: stimuli.sets[set].draws.filter(({ feature }) => names.has(feature)),
  });
  const sets = { train: part('train'), fit: part('fit'), test: part('test') };
  return { stimuli: { ...stimuli, features, sets }, tasks };
}

/** The probability of every combination, by set. */
function chancesOfSets(experiment: Drawable, space: Combinations, budget: Budget): Float64Array[] | null {
  const known = new Map<string, Float64Array>();
  const keyOf = (set: SetName): string => JSON.stringify(experiment.stimuli.sets[set]);
  for (const set of SETS) {
    const chances = known.get(keyOf(set)) ?? space.chances(experiment, set, budget);
    if (!chances) return null;
    known.set(keyOf(set), chances);
  }
  return SETS.flatMap((set) => known.get(keyOf(set)) ?? []);
}

/** Probabilities of input rows. */
function rowSums(chances: Float64Array, { rows, hidden }: Combinations): Float64Array {
  const sums = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let at = row * hidden; at < (row + 1) * hidden; at++) sums[row] += chances[at];
  return sums;
}

/**
 * Whether rejection would change how a set is distributed: the total variation between its rows' probabilities with and without those that
 * an earlier set (and, where no row is repeated at all, itself) is likely to have.
 */
function isDistorted(
  rows: readonly Float64Array[],
  copies: number,
  counts: readonly number[],
  distinct: boolean,
): boolean {
  return rows.some((own, set) => {
    let left = 0;
    const free = own.map((chance, row) => {
      let expected = distinct ? counts[set] * chance : 0;
      for (let other = 0; other < set; other++) expected += counts[other] * rows[other][row];
      const share = chance * exp(-expected / copies);
      left += share;
      return share;
    });
    let variation = 0;
    for (let row = 0; row < own.length; row++) variation += Math.abs(free[row] / left - own[row]) / 2;
    return !(variation <= (NEGLIGIBLE * 0.5) / Math.sqrt(counts[set]));
  });
}

/**
 * Deals rows out to the sets.
 *
 * @param rows probabilities, by set; each row stands for as many as there are copies
 * @returns the set of each row (−1: no set draws it), and by set for each row before copies, how many rows of these probabilities one that it has stands for
 */
function deal(
  rows: readonly Float64Array[],
  copies: number,
  counts: readonly number[],
  random: Stream,
): { owners: Int8Array; stands: Float64Array[] } {
  const owners = new Int8Array(rows[0].length * copies).fill(-1);
  const stands = rows.map(() => new Float64Array(rows[0].length));
  const owed = rows.map(() => random.uniform());
  for (const { members, chances } of strataOf(rows)) {
    const needs = chances.map((chance, set) => counts[set] * chance);
    const need = needs.reduce((sum, one) => sum + one, 0);
    if (need === 0) continue;
    const dealt = rows.map(() => 0);
    for (const place of random.permutation(members.length * copies)) {
      needs.forEach((one, set) => (owed[set] += one / need));
      const owner = owed.indexOf(Math.max(...owed));
      owed[owner]--;
      dealt[owner]++;
      owners[members[Math.floor(place / copies)] * copies + (place % copies)] = owner;
    }
    for (const row of members)
      dealt.forEach((count, set) => (stands[set][row] = count > 0 ? (members.length * copies) / count : 0));
  }
  return { owners, stands };
}

interface Stratum {
  readonly members: number[];
  /** By set. */
  readonly chances: readonly number[];
}

/** By a set's probability: strata of the last set, or branches of the next. */
type Branch = Map<number, Branch | Stratum>;

/** Rows of equal probabilities in every set together, in order of these. */
function strataOf(rows: readonly Float64Array[]): Stratum[] {
  const strata: Stratum[] = [];
  const first: Branch = new Map();
  for (let row = 0; row < rows[0].length; row++) {
    let place: Branch | Stratum = first;
    for (let set = 0; place instanceof Map; set++) {
      // Rounding must not tell rows of equal probabilities apart.
      const chance = Math.fround(rows[set][row]);
      let next: Branch | Stratum | undefined = place.get(chance);
      if (!next) {
        if (set + 1 < rows.length) next = new Map();
        else strata.push((next = { members: [], chances: rows.map((of) => Math.fround(of[row])) }));
        place.set(chance, next);
      }
      place = next;
    }
    place.members.push(row);
  }
  const compare = (a: Stratum, b: Stratum): number => {
    const at = a.chances.findIndex((chance, set) => chance !== b.chances[set]);
    return at < 0 ? 0 : a.chances[at] - b.chances[at];
  };
  return strata.sort(compare);
}

/** What the weights of some combinations are raked to: the values of balanced tasks, and the statements of the file. */
function marginsOf(
  { stimuli, tasks }: Drawable,
  set: SetName,
  space: Combinations,
  combinations: Uint32Array,
  budget: Budget,
): Margin[] {
  const statements = statementsOf(stimuli, set);
  const expected = expectedChances({ stimuli, tasks }, set, statements, budget);
  const margins: Margin[] = [];
  statements.forEach(({ look }, at) => {
    const chances = expected[at];
    if (!chances) return;
    const own = chances.map((chance): Margin => {
      return { part: new Int32Array(combinations.length), shares: [1 - chance, chance] };
    });
    space.visit((rows, first) => {
      const seen = look(space.columns, rows);
      own.forEach(({ part }, event) => {
        for (let row = 0; row < rows; row++) part[first + row] = seen[row * own.length + event];
      });
    }, combinations);
    margins.push(...own);
  });
  const balanced = balancedTasks({ stimuli, tasks }, set);
  if (balanced.length > 0) {
    const count = balanced.reduce((product, { classes }) => product * classes.length, 1);
    const shares = new Array<number>(count).fill(1 / count);
    margins.push({ part: Int32Array.from(space.groups(balanced, combinations)), shares });
  }
  return margins;
}

/** A sample of `count` by weight: each occurs floor or ceil of its expected number of times. */
function systematic(
  combinations: Uint32Array,
  weights: Float64Array,
  count: number,
  random: Stream,
): Uint32Array {
  const step = weights.reduce((sum, weight) => sum + weight, 0) / count;
  const sample = new Uint32Array(count);
  let taken = 0;
  let mark = random.uniform() * step;
  let sum = 0;
  for (const at of random.permutation(combinations.length)) {
    sum += weights[at];
    for (; taken < count && mark < sum; mark += step) sample[taken++] = combinations[at];
  }
  const order = random.permutation(taken);
  return Uint32Array.from(order, (at) => sample[at]);
}
