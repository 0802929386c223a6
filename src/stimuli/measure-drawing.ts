import { log } from '../core/elementary';
import { unlimited } from '../experiment/budget';
import type { Path } from '../experiment/document';
import type { Columns } from '../experiment/evaluate';
import type { Experiment } from '../experiment/experiment';
import { quote } from '../experiment/names';
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
    const measured = measure(statement, expected[at], columns, set.inputs.rows);
    return { ...own, ...measured };
  });
}

type Outcome = Pick<StatementResults, 'expected' | 'drawn' | 'met'>;

function measure(
  statement: Statement,
  expected: readonly number[] | null,
  columns: Columns,
  rows: number,
): Outcome {
  const { chances, look, kind, feature, of, declared } = statement;
  const asked = chances.map(() => 0);
  const held = chances.map(() => 0);
  for (let row = 0; row < rows; row++) {
    look(columns, row, (event, holds) => {
      asked[event]++;
      if (holds) held[event]++;
    });
  }
  const isShifted = expected !== chances;
  if (kind === 'correlation') {
    const drawn = meanCorrelation(columns, feature, of);
    const isFree = chances.length > 0 || isShifted;
    const met = isMet(held, asked, expected) && (isFree || isNear(drawn, declared, columns, feature));
    return { expected: isShifted ? null : declared, drawn, met };
  }
  const trials = sum(asked);
  return {
    expected: isShifted ? expected && sum(expected) / expected.length : declared,
    drawn: trials > 0 ? sum(held) / trials : null,
    met: isMet(held, asked, expected),
  };
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
function isNear(drawn: Value, declared: number, columns: Columns, feature: string): boolean {
  const { values, width } = columns.get(feature) ?? { values: [], width: 1 };
  const free = (values.length / width - 3) * width;
  if (drawn === null || free < 10) return true;
  if (Math.abs(declared) === 1) return Math.abs(drawn - declared) < 1e-6;
  return Math.abs(fisherZ(drawn) - fisherZ(declared)) * Math.sqrt(free) <= QUANTILE;
}

/** Pearson correlation of two features, mean over components; null where one never varies. */
function meanCorrelation(columns: Columns, one: string, other: string): Value {
  const a = columns.get(one);
  const b = columns.get(other);
  if (!a || !b) throw new Error(`No columns of ${quote(one)} and ${quote(other)} were given.`);
  let total = 0;
  for (let at = 0; at < a.width; at++) total += correlation(a.values, b.values, at, a.width);
  return Number.isFinite(total) ? total / a.width : null;
}

function correlation(a: Float32Array, b: Float32Array, from: number, step: number): number {
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
  return ab / Math.sqrt(aa * bb);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
