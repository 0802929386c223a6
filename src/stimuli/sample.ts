import type { Budget } from '../experiment/budget';
import { sizeOf } from '../experiment/checks/task-class';
import { columnOf, truths, type Column, type Columns } from '../experiment/evaluate';
import type { Distribution, Draw, Feature, SetName, Stimuli } from '../experiment/experiment';
import type { Expression } from '../experiment/expression';
import { quote } from '../experiment/names';
import { decimals, minus } from '../formats/fixed';
import { stream, type Stream } from '../core/stream';
import { conditionalSampler } from './conditional-sample';
import { normalQuantile } from '../numerics/normal-quantile';
import { StimuliError } from './stimuli-error';

/** Candidates that are drawn at once, and values that they have together, at most; neither changes a number. */
export const BLOCK = 1024;
const BLOCK_VALUES = 2 ** 20;

/**
 * Draws blocks of candidate stimuli of one set, without end. Every feature of every set has a random stream of its own:
 * how one feature is drawn, or how many stimuli a set needs, shifts no draw of another.
 *
 * - Values and bits: by prevalence. Gaussians: standard normal.
 * - Agreement with a formula: with probability p a binary value, each bit by itself, or the sign of each Gaussian
 *   component equals the formula's truth. A Gaussian component is then normal with mean ±Φ⁻¹(p) and variance 1 within
 *   each truth value (p of 0 or 1: a standard normal with the sign that it must have), so that its sign agrees with
 *   probability p. With `as` it is the truth of that formula that agrees, and the feature is drawn from its own
 *   distribution given that truth.
 * - Agreement with a value: the same value with probability p, else each other value equally often.
 * - Correlation r of binary features: the joint distribution with both prevalences and Pearson correlation r. Of
 *   Gaussians: r·z + √(1 − r²)·n, component by component. The prevalence (variance) of the other feature is taken to be
 *   what its own draw states, which an agreement of that feature may change.
 *
 * @param budget pays for every block; a BudgetError ends the drawing where it is spent
 * @returns a function that overwrites the rows of the columns: BLOCK of them, fewer where they are very wide
 * @throws StimuliError where a feature cannot be drawn as asked
 */
export function sampler(
  stimuli: Stimuli,
  set: SetName,
  budget: Budget,
): { columns: Columns; rows: number; next: () => void } {
  const values = stimuli.features.reduce((sum, { width }) => sum + width, 0);
  const rows = Math.max(1, Math.min(BLOCK, Math.floor(BLOCK_VALUES / Math.max(1, values))));
  const columns = columnsOf(stimuli.features, rows);
  const rules = rulesOf(stimuli, set, columns, budget);
  const next = (): void => {
    for (const { sample, cost } of rules) {
      budget.take(rows * cost);
      sample(rows);
    }
  };
  return { columns, rows, next };
}

/**
 * How probable rows of the columns are as draws of one set.
 *
 * @param budget pays for what is listed to know it
 * @returns a function that multiplies numbers, one for each of the first rows, by the rows' probabilities; null where a feature is Gaussian,
 *   or where a condition has too many values to be listed
 * @throws StimuliError where a feature cannot be drawn as asked
 */
export function rowChances(
  stimuli: Stimuli,
  set: SetName,
  columns: ReadonlyMap<string, Column>,
  budget: Budget,
): Multiply | null {
  const rules: Multiply[] = [];
  for (const { multiply } of rulesOf(stimuli, set, columns, budget)) {
    if (!multiply) return null;
    rules.push(multiply);
  }
  return (numbers) => {
    for (const multiply of rules) multiply(numbers);
  };
}

/** Columns of the features, of so many rows. */
export function columnsOf(features: readonly Feature[], rows: number): Map<string, Column> {
  return new Map(
    features.map(({ name, width }) => [name, { width, values: new Float32Array(rows * width) }]),
  );
}

function rulesOf(
  stimuli: Stimuli,
  set: SetName,
  columns: ReadonlyMap<string, Column>,
  budget: Budget,
): (Rule & { cost: number })[] {
  const features = new Map(stimuli.features.map((feature) => [feature.name, feature]));
  const distribution = stimuli.sets[set];
  return distribution.draws.map((draw) => {
    const feature = features.get(draw.feature);
    const column = columns.get(draw.feature);
    if (!feature || !column) throw new Error(`There is no feature ${quote(draw.feature)} to draw.`);
    const random = stream('stimuli', stimuli.seed, set, 'draw', draw.feature);
    const path = drawPath(stimuli, set, draw);
    const context = { feature, draw, distribution, columns, column, random, path, budget };
    return { ...featureRule(context), cost: costOf(draw, feature) };
  });
}

/** Steps of one value of a feature. */
function costOf({ prevalence, agrees }: Draw, { width }: Feature): number {
  return width * Math.max(1, prevalence.length - 1) + (agrees?.by === 'formula' ? sizeOf(agrees.with) : 0);
}

/** How one feature is drawn: both sides of it, so that what is listed cannot differ from what is drawn. */
interface Rule {
  /** Draws the feature's values of the first rows. */
  readonly sample: (rows: number) => void;
  /** Multiplies numbers by the probabilities of the values, given what was drawn before them; null where these cannot be told. */
  readonly multiply: Multiply | null;
}

/** Multiplies numbers, one for each of the first rows of some columns. */
type Multiply = (numbers: Float64Array) => void;

interface Context {
  readonly feature: Feature;
  readonly draw: Draw;
  readonly distribution: Distribution;
  readonly columns: Columns;
  readonly column: Column;
  readonly random: Stream;
  readonly path: readonly string[];
  readonly budget: Budget;
}

function featureRule(context: Context): Rule {
  const { draw } = context;
  if (draw.agrees?.by === 'value') return matchingRule(context, draw.agrees);
  if (draw.agrees) return agreeingRule(context, draw.agrees);
  if (draw.correlates) return correlatedRule(context, draw.correlates);
  return plainRule(context);
}

function plainRule(context: Context): Rule {
  const { feature, draw, column } = context;
  const { width } = column;
  return {
    sample: (rows) => drawPlainly(context, 0, rows * width),
    multiply: feature.kind === 'real' ? null : (numbers) => multiplyPlainly(numbers, column, draw.prevalence),
  };
}

/** Draws values of a feature from its own distribution, of the column from `first` up to, without, `end`. */
function drawPlainly(
  { feature, draw, column: { values }, random }: Context,
  first: number,
  end: number,
): void {
  if (feature.kind === 'real') {
    for (let i = first; i < end; i++) values[i] = random.normal();
    return;
  }
  const cumulative = cumulate(draw.prevalence);
  for (let i = first; i < end; i++) {
    const uniform = random.uniform();
    let value = 0;
    while (value < cumulative.length && uniform >= cumulative[value]) value++;
    values[i] = value;
  }
}

function multiplyPlainly(
  numbers: Float64Array,
  { values, width }: Column,
  prevalence: readonly number[],
): void {
  for (let row = 0; row < numbers.length; row++) {
    let product = 1;
    for (let i = row * width; i < (row + 1) * width; i++) product *= prevalence[values[i]];
    numbers[row] *= product;
  }
}

type Agreement = NonNullable<Draw['agrees']>;

function agreeingRule(context: Context, agrees: Agreement & { by: 'formula' }): Rule {
  const { feature, path } = context;
  if (agrees.as) return conditionalRule(context, agrees, agrees.as);
  if (feature.kind === 'real') return signRule(context, agrees);
  if (feature.kind === 'categorical') {
    throw new StimuliError(
      `${quote(feature.name)} has more than two values, so it cannot agree with a formula by itself. Say what of it agrees with 'as'.`,
      path,
    );
  }
  return bitRule(context, agrees);
}

function conditionalRule(
  context: Context,
  { with: other, probability }: Agreement & { by: 'formula' },
  as: Expression,
): Rule {
  const { columns, column, random } = context;
  const { width } = column;
  const cost = width + sizeOf(as);
  const plain = (row: number): void => drawPlainly(context, row * width, (row + 1) * width);
  const { sample, chance } = conditionalSampler({ ...context, as, plain, cost });
  return {
    sample: (rows) => {
      const targets = truths(other, columns, rows);
      for (let row = 0; row < rows; row++)
        sample(row, random.uniform() < probability === (targets[row] === 1));
    },
    multiply:
      chance &&
      ((numbers) => {
        const own = truths(as, columns, numbers.length);
        const targets = truths(other, columns, numbers.length);
        for (let row = 0; row < numbers.length; row++) {
          const agreement = own[row] === targets[row] ? probability : 1 - probability;
          numbers[row] *= agreement * chance(row, own[row] === 1);
        }
      }),
  };
}

function bitRule(
  { columns, column: { values, width }, random }: Context,
  { with: other, probability }: Agreement & { by: 'formula' },
): Rule {
  return {
    sample: (rows) => {
      const targets = truths(other, columns, rows);
      for (let row = 0; row < rows; row++) {
        const target = targets[row] === 1;
        for (let i = row * width; i < (row + 1) * width; i++) {
          values[i] = random.uniform() < probability === target ? 1 : 0;
        }
      }
    },
    multiply: (numbers) => {
      const targets = truths(other, columns, numbers.length);
      for (let row = 0; row < numbers.length; row++) {
        let product = 1;
        for (let i = row * width; i < (row + 1) * width; i++)
          product *= values[i] === targets[row] ? probability : 1 - probability;
        numbers[row] *= product;
      }
    },
  };
}

function signRule(
  { columns, column: { values, width }, random }: Context,
  { with: other, probability }: Agreement & { by: 'formula' },
): Rule {
  const certain = probability === 0 || probability === 1;
  const mean = certain ? 0 : normalQuantile(probability);
  return {
    sample: (rows) => {
      const targets = truths(other, columns, rows);
      for (let row = 0; row < rows; row++) {
        const sign = targets[row] === 1 ? 1 : -1;
        for (let i = row * width; i < (row + 1) * width; i++) {
          const z = random.normal();
          values[i] = sign * (certain ? Math.abs(z) * (probability === 1 ? 1 : -1) : mean + z);
        }
      }
    },
    multiply: null,
  };
}

function matchingRule(
  { feature, columns, column: { values }, random }: Context,
  agrees: Agreement & { by: 'value' },
): Rule {
  const other = columnOf(columns, agrees.with);
  const same = new Map(agrees.pairs.map(([own, others]) => [others, own]));
  const count = feature.values.length;
  const matchOf = (row: number): number => {
    const match = same.get(other.values[row]);
    if (match === undefined)
      throw new Error(`${quote(feature.name)} has no value that matches ${quote(agrees.with)}.`);
    return match;
  };
  return {
    sample: (rows) => {
      for (let row = 0; row < rows; row++) {
        const match = matchOf(row);
        if (random.uniform() < agrees.probability) values[row] = match;
        else {
          const rest = random.below(count - 1);
          values[row] = rest < match ? rest : rest + 1;
        }
      }
    },
    multiply: (numbers) => {
      const miss = (1 - agrees.probability) / (count - 1);
      for (let row = 0; row < numbers.length; row++)
        numbers[row] *= values[row] === matchOf(row) ? agrees.probability : miss;
    },
  };
}

function correlatedRule(context: Context, correlates: NonNullable<Draw['correlates']>): Rule {
  const { feature, draw, distribution, columns, column, random, path } = context;
  const { values, width } = column;
  const { with: name, r } = correlates;
  const other = columnOf(columns, name);
  if (feature.kind === 'real') {
    const rest = Math.sqrt(1 - r * r);
    return {
      sample: (rows) => {
        for (let i = 0; i < rows * width; i++) values[i] = r * other.values[i] + rest * random.normal();
      },
      multiply: null,
    };
  }
  const given = chancesGiven(draw, correlates, distribution, path);
  return {
    sample: (rows) => {
      for (let row = 0; row < rows; row++)
        values[row] = random.uniform() < given[other.values[row] === 0 ? 0 : 1] ? 1 : 0;
    },
    multiply: (numbers) => {
      for (let row = 0; row < numbers.length; row++) {
        const one = given[other.values[row] === 0 ? 0 : 1];
        numbers[row] *= values[row] === 1 ? one : 1 - one;
      }
    },
  };
}

/**
 * The probability of a binary feature's second value given the first and given the second value of the one that it correlates with.
 *
 * @throws StimuliError where the prevalences forbid the correlation
 */
export function chancesGiven(
  draw: Draw,
  { with: name, r }: NonNullable<Draw['correlates']>,
  distribution: Distribution,
  path: readonly string[],
): readonly [number, number] {
  const p = draw.prevalence[1];
  const q = distribution.draws.find((candidate) => candidate.feature === name)?.prevalence[1] ?? 0.5;
  const spread = Math.sqrt(p * (1 - p) * q * (1 - q));
  const low = Math.max(0, p + q - 1);
  const high = Math.min(p, q);
  const both = p * q + r * spread;
  // Rounding may put an extreme correlation just outside what is possible.
  const tolerance = 1e-9;
  if ((spread === 0 && r !== 0) || both < low - tolerance || both > high + tolerance) {
    const range =
      spread === 0
        ? 'a feature that never varies correlates with nothing'
        : `with these prevalences r is between ${decimals((low - p * q) / spread, 3)} and ${decimals((high - p * q) / spread, 3)}`;
    throw new StimuliError(
      `${quote(draw.feature)} cannot correlate with ${quote(name)} by ${minus(String(r))}: ${range}. Change 'r' or the prevalences.`,
      [...path, 'correlates'],
    );
  }
  const joint = Math.min(high, Math.max(low, both));
  return [q < 1 ? (p - joint) / (1 - q) : p, q > 0 ? joint / q : p];
}

/** Running sums of the probabilities, up to the last value that can occur, which takes what is left. */
function cumulate(prevalence: readonly number[]): Float64Array {
  let last = prevalence.length - 1;
  while (last > 0 && prevalence[last] === 0) last--;
  let sum = 0;
  return Float64Array.from(prevalence.slice(0, last), (share) => (sum += share));
}

/** Where the file says how the feature is drawn: in `sets` where this set alone differs, else at the feature. */
export function drawPath(stimuli: Stimuli, set: SetName, draw: Draw): string[] {
  const text = JSON.stringify(draw);
  const sets: SetName[] = ['train', 'fit', 'test'];
  const shared = sets.some(
    (name) =>
      name !== set &&
      stimuli.sets[name].draws.some(
        (other) => other.feature === draw.feature && JSON.stringify(other) === text,
      ),
  );
  return shared ? ['stimuli', 'features', draw.feature] : ['stimuli', 'sets', set, 'draw', draw.feature];
}
