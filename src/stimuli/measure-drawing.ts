import { log } from '../core/elementary';
import { unlimited } from '../experiment/budget';
import type { Path } from '../experiment/document';
import { columnOf, type Column, type Columns } from '../experiment/evaluate';
import type { Draw, Experiment } from '../experiment/experiment';
import { fisherZ } from '../numerics/fisher-z';
import type { StatementResults, Value } from '../protocol/results';
import { expectedChances } from './expected-chances';
import { statementsOf, type Statement } from './statements';
import type { StimulusSet } from './stimulus-set';

/** A statement is called missed below this two-sided probability: so rarely that no honest draw is accused. */
const LEVEL = 1e-6;
/** The standard normal quantile of it. */
const QUANTILE = 4.89;

/** A statement that was measured, and where the file makes it. */
interface Measured extends StatementResults {
  readonly path: Path;
}

/** What the file says about how a set is drawn, held against the set; a budget pays for the looking. */
export function measureDrawing(
  experiment: Pick<Experiment, 'stimuli' | 'tasks'>,
  set: StimulusSet,
  budget = unlimited(),
): Measured[] {
  if (experiment.stimuli.enumerate !== 'none') return [];
  const columns = new Map(set.features.map(({ name, values, width }) => [name, { values, width }]));
  const statements = statementsOf(experiment.stimuli, set.name);
  const expected = expectedChances(experiment, set.name, statements, budget);
  budget.take(set.inputs.rows * statements.reduce((sum, { cost }) => sum + cost, 0));
  return statements.map((statement, at) => {
    const { feature, kind, of, declared, path } = statement;
    const own = { feature, kind, of, declared, path };
    const measured =
      kind === 'correlation'
        ? measureCorrelation(statement, expected[at], columns, experiment.stimuli.sets[set.name].draws)
        : measure(statement, expected[at], columns, set.inputs.rows);
    return { ...own, ...measured };
  });
}

type Outcome = Pick<StatementResults, 'expected' | 'drawn' | 'met'>;

function measure(
  { chances, look, declared }: Statement,
  expected: readonly number[] | null,
  columns: Columns,
  rows: number,
): Outcome {
  const { asked, held } = eventsOf(look, chances.length, columns, rows);
  const trials = sum(asked);
  return {
    expected: expected === chances ? declared : expected && sum(expected) / expected.length,
    drawn: trials > 0 ? sum(held) / trials : null,
    met: isMet(held, asked, expected),
  };
}

/** Correlations of binary features by the shares of one given the other, those of Gaussian ones by Fisher's z. */
function measureCorrelation(
  { chances, look, feature, of, declared }: Statement,
  expected: readonly number[] | null,
  columns: Columns,
  draws: readonly Draw[],
): Outcome {
  const [own, other] = [columnOf(columns, feature), columnOf(columns, of)];
  const drawn = meanCorrelation(own, other);
  const rows = own.values.length / own.width;
  const { asked, held } = eventsOf(look, chances.length, columns, rows);
  const met = isMet(held, asked, expected);
  // What correlation balance makes of it is not known.
  if (expected !== chances) return { expected: null, drawn, met };
  const wanted = isAsDeclared(of, draws) ? declared : spreadCorrelation(declared, chances, other);
  const isReal = chances.length === 0;
  return { expected: wanted, drawn, met: met && (!isReal || isNear(drawn, wanted, (rows - 3) * own.width)) };
}

/** How many stimuli each event is asked of, and how many show it. */
function eventsOf(
  look: Statement['look'],
  events: number,
  columns: Columns,
  rows: number,
): { asked: number[]; held: number[] } {
  const seen = look(columns, rows);
  const count = (event: number, least: number): number => {
    let counted = 0;
    for (let at = event; at < seen.length; at += events) if (seen[at] >= least) counted++;
    return counted;
  };
  const [asked, held] = [0, 1].map((least) =>
    Array.from({ length: events }, (_, event) => count(event, least)),
  );
  return { asked, held };
}

/** Whether a feature is distributed as its own draw says: what agrees with something, or correlates with what does, need not be. */
function isAsDeclared(name: string, draws: readonly Draw[]): boolean {
  const draw = draws.find(({ feature }) => feature === name);
  return !draw?.agrees && (!draw?.correlates || isAsDeclared(draw.correlates.with, draws));
}

/**
 * The correlation with a feature that is not distributed as its own draw says, from its variance in the set (mean over components), since
 * what is drawn given each of its values stays as it is.
 *
 * @param chances of the second value given each value of the other; none of Gaussians
 */
function spreadCorrelation(r: number, chances: readonly number[], { values, width }: Column): Value {
  let variance = 0;
  for (let at = 0; at < width; at++) variance += sumsOf(values, values, at, width).aa / values.length;
  if (chances.length === 0) return (r * Math.sqrt(variance)) / Math.sqrt(r * r * variance + 1 - r * r);
  const [low, high] = chances;
  const share = sum([...values]) / values.length;
  const own = low * (1 - share) + high * share;
  const spread = Math.sqrt(variance / (own * (1 - own)));
  return Number.isFinite(spread) ? (high - low) * spread : null;
}

/**
 * Whether counts are within sampling error of their probabilities: each event by itself and, where the probabilities are equal, all
 * together. P(|share − p| as large) ≤ 2 exp(−n·KL(share ‖ p)), for draws with and without replacement (W. Hoeffding 1963, theorems 1 and 4).
 */
function isMet(
  held: readonly number[],
  asked: readonly number[],
  expected: readonly number[] | null,
): boolean {
  if (!expected) return true;
  const isFar = (count: number, of: number, chance: number, tests: number): boolean =>
    of > 0 && of * divergence(count / of, chance) > log((2 * tests) / LEVEL);
  if (held.some((count, event) => isFar(count, asked[event], expected[event], held.length))) return false;
  const [first] = expected;
  const alike = expected.every((chance) => Math.abs(chance - first) < 1e-9);
  return !alike || !isFar(sum(held), sum(asked), first, 1);
}

/** Relative entropy of two probabilities. */
function divergence(share: number, chance: number): number {
  const part = (a: number, b: number): number => (a === 0 ? 0 : b <= 0 ? Infinity : a * log(a / b));
  return part(share, chance) + part(1 - share, 1 - chance);
}

/** Whether a correlation of Gaussians is within sampling error, by Fisher's z (normal with variance 1 / (n − 3)). */
function isNear(drawn: Value, wanted: Value, free: number): boolean {
  if (drawn === null || wanted === null || free < 10) return true;
  if (Math.abs(wanted) === 1) return Math.abs(drawn - wanted) < 1e-6;
  return Math.abs(fisherZ(drawn) - fisherZ(wanted)) * Math.sqrt(free) <= QUANTILE;
}

/** Pearson correlation of two features, mean over components; null where one never varies. */
function meanCorrelation(a: Column, b: Column): Value {
  let total = 0;
  for (let at = 0; at < a.width; at++) {
    const { ab, aa, bb } = sumsOf(a.values, b.values, at, a.width);
    total += ab / Math.sqrt(aa * bb);
  }
  return Number.isFinite(total) ? total / a.width : null;
}

/** Sums of squares and products about the means, of one component. */
function sumsOf(
  a: Float32Array,
  b: Float32Array,
  from: number,
  step: number,
): { ab: number; aa: number; bb: number } {
  const count = a.length / step;
  let [meanA, meanB] = [0, 0];
  for (let i = from; i < a.length; i += step) {
    meanA += a[i] / count;
    meanB += b[i] / count;
  }
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = from; i < a.length; i += step) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return { ab, aa, bb };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
