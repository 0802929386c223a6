import type { Budget } from '../experiment/budget';
import { evaluate, truths, type Column, type FeatureLookup } from '../experiment/evaluate';
import type { Draw, Feature } from '../experiment/experiment';
import type { Expression } from '../experiment/expression';
import { quote } from '../experiment/names';
import type { Stream } from '../core/stream';
import { StimuliError } from './stimuli-error';

/** Up to this many values the distribution is listed; beyond, it is drawn from until the formula is as it should be. */
const LISTED = 2 ** 16;
const ATTEMPTS = 100_000;

interface Condition {
  readonly feature: Feature;
  readonly draw: Draw;
  readonly column: Column;
  readonly random: Stream;
  readonly path: readonly string[];
  /** The formula over this feature. */
  readonly as: Expression;
  /** Draws the feature of a row from its own distribution. */
  readonly plain: (row: number) => void;
  /** Steps of drawing one value and of the formula over it. */
  readonly cost: number;
  readonly budget: Budget;
}

interface ConditionalSampler {
  /** Draws the value of a row; it throws a StimuliError where no value has the wanted truth. */
  readonly sample: (row: number, target: boolean) => void;
  /** The probability of the value that the row has among those of this truth, which is its own; null where they are not listed. */
  readonly chance: ((row: number, truth: boolean) => number) | null;
}

/**
 * Draws a feature from its own distribution given that a formula over it is true, or given that it is false: exactly,
 * by listing all values where there are few, else by rejection.
 */
export function conditionalSampler(condition: Condition): ConditionalSampler {
  const { feature } = condition;
  const values = feature.kind === 'bits' ? 2 ** feature.width : feature.values.length;
  return feature.kind !== 'real' && values <= LISTED
    ? listed(condition, values)
    : { sample: rejecting(condition), chance: null };
}

function listed(
  { feature, draw, column, random, path, as, cost, budget }: Condition,
  count: number,
): ConditionalSampler {
  const { width } = column;
  budget.take(count * cost);
  const patterns = new Float32Array(count * width);
  const weights = new Float64Array(count).fill(1);
  for (let code = 0; code < count; code++) {
    for (let i = 0; i < width; i++) {
      const value = feature.kind === 'bits' ? (code >> i) & 1 : code;
      patterns[code * width + i] = value;
      weights[code] *= draw.prevalence[value];
    }
  }
  const lists = { true: new List(), false: new List() };
  truths(as, new Map([[feature.name, { values: patterns, width }]]), count).forEach((truth, code) => {
    if (weights[code] > 0) lists[truth === 1 ? 'true' : 'false'].add(code, weights[code]);
  });
  return {
    sample: (row, target) => {
      const list = lists[target ? 'true' : 'false'];
      if (list.total === 0) throw impossible(feature.name, target, path);
      const code = list.at(random.uniform());
      for (let i = 0; i < width; i++) column.values[row * width + i] = patterns[code * width + i];
    },
    chance: (row, truth) => {
      let weight = 1;
      for (let i = row * width; i < (row + 1) * width; i++) weight *= draw.prevalence[column.values[i]];
      return weight === 0 ? 0 : weight / lists[truth ? 'true' : 'false'].total;
    },
  };
}

function rejecting({ feature, column: { values, width }, path, as, plain, cost, budget }: Condition) {
  return (row: number, target: boolean): void => {
    const valueOf: FeatureLookup = (_, index) => values[row * width + index];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      budget.take(cost);
      plain(row);
      if (evaluate(as, valueOf) === target) return;
    }
    throw impossible(feature.name, target, path);
  };
}

function impossible(name: string, target: boolean, path: readonly string[]): StimuliError {
  return new StimuliError(
    `No value of ${quote(name)} makes its 'as' formula ${target} often enough to be drawn. Change the formula or the prevalence.`,
    [...path, 'agrees', 'as'],
  );
}

/** Numbers with weights, to draw from. */
class List {
  private readonly codes: number[] = [];
  private readonly sums: number[] = [];
  total = 0;

  add(code: number, weight: number): void {
    this.codes.push(code);
    this.sums.push((this.total += weight));
  }

  /** The number at this share of the total weight. */
  at(share: number): number {
    const wanted = share * this.total;
    let low = 0;
    let high = this.codes.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return this.codes[low];
  }
}
