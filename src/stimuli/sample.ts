import type { Budget } from '../experiment/budget';
import { sizeOf } from '../experiment/checks/task-class';
import { compile, type Columns } from '../experiment/evaluate';
import type { Distribution, Draw, Feature, SetName, Stimuli } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { fixed } from '../formats/fixed';
import { stream, type Stream } from '../random/stream';
import type { Column } from './column';
import { conditionalSampler } from './conditional-sample';
import { normalQuantile } from './normal-quantile';
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
  const features = new Map(stimuli.features.map((feature) => [feature.name, feature]));
  const columns = new Map<string, Column>();
  const values = stimuli.features.reduce((sum, { width }) => sum + width, 0);
  const rows = Math.max(1, Math.min(BLOCK, Math.floor(BLOCK_VALUES / Math.max(1, values))));
  for (const { name, width } of stimuli.features) {
    columns.set(name, { width, values: new Float32Array(rows * width) });
  }
  const distribution = stimuli.sets[set];
  const steps = distribution.draws.map((draw) => {
    const feature = features.get(draw.feature);
    const column = columns.get(draw.feature);
    if (!feature || !column) throw new Error(`There is no feature ${quote(draw.feature)} to draw.`);
    const random = stream('stimuli', stimuli.seed, set, 'draw', draw.feature);
    const path = drawPath(stimuli, set, draw);
    const sample = featureSampler({ feature, draw, distribution, columns, column, random, path, budget });
    const cost = rows * costOf(draw, feature);
    return () => {
      budget.take(cost);
      for (let row = 0; row < rows; row++) sample(row);
    };
  });
  return { columns, rows, next: () => steps.forEach((step) => step()) };
}

/** Steps of one value of a feature. */
function costOf({ prevalence, agrees }: Draw, { width }: Feature): number {
  return width * Math.max(1, prevalence.length - 1) + (agrees?.by === 'formula' ? sizeOf(agrees.with) : 0);
}

/** Draws the feature's value of one row of the block. */
type Sample = (row: number) => void;

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

function featureSampler(context: Context): Sample {
  const { draw } = context;
  if (draw.agrees?.by === 'value') return matchingSampler(context, draw.agrees);
  if (draw.agrees) return agreeingSampler(context, draw.agrees);
  if (draw.correlates) return correlatedSampler(context, draw.correlates);
  return plainSampler(context);
}

function plainSampler({ feature, draw, column: { values, width }, random }: Context): Sample {
  if (feature.kind === 'real') {
    return (row) => {
      for (let i = row * width; i < (row + 1) * width; i++) values[i] = random.normal();
    };
  }
  const cumulative = cumulate(draw.prevalence);
  return (row) => {
    for (let i = row * width; i < (row + 1) * width; i++) values[i] = pick(cumulative, random.uniform());
  };
}

type Agreement = NonNullable<Draw['agrees']>;

function agreeingSampler(context: Context, agrees: Agreement & { by: 'formula' }): Sample {
  const { feature, columns, column, random, path } = context;
  const { values, width } = column;
  const { probability } = agrees;
  const truth = compile(agrees.with);
  if (agrees.as) {
    const plain = plainSampler(context);
    const cost = width + sizeOf(agrees.as);
    const given = conditionalSampler({ ...context, as: compile(agrees.as), plain, cost });
    return (row) => given(row, random.uniform() < probability === truth(columns, row));
  }
  if (feature.kind === 'real') {
    const certain = probability === 0 || probability === 1;
    const mean = certain ? 0 : normalQuantile(probability);
    return (row) => {
      const sign = truth(columns, row) ? 1 : -1;
      for (let i = row * width; i < (row + 1) * width; i++) {
        const z = random.normal();
        values[i] = sign * (certain ? Math.abs(z) * (probability === 1 ? 1 : -1) : mean + z);
      }
    };
  }
  if (feature.kind === 'categorical') {
    throw new StimuliError(
      `${quote(feature.name)} has more than two values, so it cannot agree with a formula by itself. Say what of it agrees with 'as'.`,
      path,
    );
  }
  return (row) => {
    const target = truth(columns, row);
    for (let i = row * width; i < (row + 1) * width; i++) {
      values[i] = random.uniform() < probability === target ? 1 : 0;
    }
  };
}

function matchingSampler(
  { feature, columns, column: { values }, random }: Context,
  agrees: Agreement & { by: 'value' },
): Sample {
  const other = columnOf(columns, agrees.with);
  const same = new Map(agrees.pairs.map(([own, others]) => [others, own]));
  const count = feature.values.length;
  return (row) => {
    const match = same.get(other.values[row]);
    if (match === undefined)
      throw new Error(`${quote(feature.name)} has no value that matches ${quote(agrees.with)}.`);
    if (random.uniform() < agrees.probability) values[row] = match;
    else {
      const rest = random.below(count - 1);
      values[row] = rest < match ? rest : rest + 1;
    }
  };
}

function correlatedSampler(context: Context, { with: name, r }: NonNullable<Draw['correlates']>): Sample {
  const { feature, draw, distribution, columns, column, random, path } = context;
  const { values, width } = column;
  const other = columnOf(columns, name);
  if (feature.kind === 'real') {
    const rest = Math.sqrt(1 - r * r);
    return (row) => {
      for (let i = 0; i < width; i++) {
        values[row * width + i] = r * other.values[row * width + i] + rest * random.normal();
      }
    };
  }
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
        : `with these prevalences r is between ${fixed((low - p * q) / spread, 3)} and ${fixed((high - p * q) / spread, 3)}`;
    throw new StimuliError(
      `${quote(feature.name)} cannot correlate with ${quote(name)} by ${r}: ${range}. Change 'r' or the prevalences.`,
      [...path, 'correlates'],
    );
  }
  const joint = Math.min(high, Math.max(low, both));
  const given1 = q > 0 ? joint / q : p;
  const given0 = q < 1 ? (p - joint) / (1 - q) : p;
  return (row) => {
    values[row] = random.uniform() < (other.values[row] === 0 ? given0 : given1) ? 1 : 0;
  };
}

function columnOf(columns: Columns, name: string): Column {
  const column = columns.get(name);
  if (!column) throw new Error(`There is no feature ${quote(name)}.`);
  return column;
}

/** Running sums of the probabilities, up to the last value that can occur, which takes what is left. */
function cumulate(prevalence: readonly number[]): Float64Array {
  let last = prevalence.length - 1;
  while (last > 0 && prevalence[last] === 0) last--;
  let sum = 0;
  return Float64Array.from(prevalence.slice(0, last), (share) => (sum += share));
}

function pick(cumulative: Float64Array, uniform: number): number {
  let value = 0;
  while (value < cumulative.length && uniform >= cumulative[value]) value++;
  return value;
}

/** Where the file says how the feature is drawn: in `sets` where this set alone differs, else at the feature. */
function drawPath(stimuli: Stimuli, set: SetName, draw: Draw): string[] {
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
