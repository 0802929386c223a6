import { log } from '../../core/elementary';
import { lempelZivComplexity } from './lempel-ziv';

/** Functions that are equally complex and were found equally often. */
interface FunctionClass {
  /** In bits. */
  readonly complexity: number;
  /** How often each was found. */
  readonly count: number;
  /** How many these are. */
  readonly functions: number;
}

/** The functions of an ensemble of random networks. */
export interface FoundFunctions {
  /** As `FunctionCounts` has them. */
  readonly classes: readonly FunctionClass[];
  /** Mean complexity of random answers, in bits. */
  readonly coins: number;
}

/** Counts functions of the same inputs, each a row of zeros and ones. */
export class FunctionCounts {
  /** By the row's bytes, as a text. */
  readonly #counts = new Map<string, number>();

  add(bits: Uint8Array): void {
    const key = String.fromCharCode(...bits);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** By complexity, then count. */
  classes(): FunctionClass[] {
    const found = new Map<string, { complexity: number; count: number; functions: number }>();
    for (const [key, count] of this.#counts) {
      const complexity = lempelZivComplexity(Uint8Array.from(key, (one) => one.charCodeAt(0)));
      const at = `${complexity} ${count}`;
      const known = found.get(at);
      if (known) known.functions++;
      else found.set(at, { complexity, count, functions: 1 });
    }
    return [...found.values()].sort((a, b) => a.complexity - b.complexity || a.count - b.count);
  }
}

/** How the probability of functions falls with their complexity. */
interface SimplicityBias {
  /** Distinct functions. */
  readonly distinct: number;
  /** Mean complexity of what was drawn, each time that it was, in bits. */
  readonly meanComplexity: number;
  /** Pearson correlation of log₂ of the probability with complexity, over distinct functions; null where one of them does not vary. */
  readonly correlation: number | null;
  /** Of the upper bound: log₂ of the probability that is lost with each bit; null of fewer than two complexities. */
  readonly slope: number | null;
  /** Of the upper bound: log₂ of the probability at a complexity of 0. */
  readonly intercept: number | null;
}

const log2 = (value: number): number => log(value) / log(2);

/** @param classes as `FunctionCounts` has them */
export function simplicityBias(classes: readonly FunctionClass[]): SimplicityBias {
  const sum = (of: (one: FunctionClass) => number): number => classes.reduce((so, one) => so + of(one), 0);
  const distinct = sum(({ functions }) => functions);
  const drawn = sum(({ functions, count }) => functions * count);
  const points = classes.map(({ complexity, count, functions }) => ({
    x: complexity,
    y: log2(count / drawn),
    weight: functions,
  }));
  const { slope, intercept } = upperBound(classes, drawn);
  return {
    distinct,
    meanComplexity: sum(({ complexity, count, functions }) => complexity * count * functions) / drawn,
    correlation: line(points).correlation,
    slope,
    intercept,
  };
}

/**
 * The line through the most probable function of each complexity that was found more than once (least squares), moved up until none is above it: a fit of
 * P ≤ 2^(−aK − b), which Dingle, Camargo and Louis 2018 (doi 10.1038/s41467-018-03101-6) derive. What was found once says only that it is rarer.
 */
function upperBound(
  classes: readonly FunctionClass[],
  drawn: number,
): Pick<SimplicityBias, 'slope' | 'intercept'> {
  const most = new Map<number, number>();
  for (const { complexity, count } of classes)
    if (count > 1) most.set(complexity, Math.max(count, most.get(complexity) ?? 0));
  const points = [...most].map(([x, count]) => ({ x, y: log2(count / drawn), weight: 1 }));
  const { slope } = line(points);
  if (slope === null) return { slope, intercept: null };
  return { slope, intercept: Math.max(...points.map(({ x, y }) => y - slope * x)) };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

function line(points: readonly Point[]): { slope: number | null; correlation: number | null } {
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + point.weight * of(point), 0) / total;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const product = (a: (point: Point) => number, b: (point: Point) => number): number =>
    mean((point) => a(point) * b(point));
  const [dx, dy] = [(point: Point) => point.x - x, (point: Point) => point.y - y];
  const [xx, xy, yy] = [product(dx, dx), product(dx, dy), product(dy, dy)];
  return {
    slope: xx > 0 ? xy / xx : null,
    correlation: xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null,
  };
}
