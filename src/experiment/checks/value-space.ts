import type { Budget } from '../budget';
import type { FeatureLookup } from '../evaluate';
import type { Experiment, Feature, SetName, Task } from '../experiment';
import { lookupsOf } from '../features-of';
import { stream } from '../../core/stream';

/** One value that formulas look up, and what it can be. */
interface Axis {
  readonly feature: string;
  readonly index: number;
  /** Values that occur, with their probabilities; null for Gaussians. */
  readonly values: readonly { readonly value: number; readonly probability: number }[] | null;
}

const MAX_ENUMERATED = 2 ** 16;
const SAMPLES = 4096;

/** The combinations of what some tasks look up, as one set draws it (agreements and correlations left aside). */
export class ValueSpace {
  private readonly axes: readonly Axis[];
  /** Number of combinations; infinite with Gaussians. */
  readonly size: number;

  constructor({ stimuli }: Pick<Experiment, 'stimuli'>, tasks: readonly Task[], set: SetName) {
    const features = new Map(stimuli.features.map((feature) => [feature.name, feature]));
    const supports = new Map<string, Axis['values']>();
    const seen = new Map<string, Axis>();
    for (const task of tasks) {
      const { label } = task;
      const lookups =
        label.kind === 'binary' ? lookupsOf(label.expression) : [{ feature: label.feature, index: 0 }];
      for (const { feature: name, index } of lookups) {
        const feature = features.get(name);
        const key = `${index} ${name}`;
        if (!feature || seen.has(key)) continue;
        const values = supports.get(name) ?? support(stimuli, feature, set);
        seen.set(key, { feature: name, index, values });
        supports.set(name, values);
      }
    }
    this.axes = [...seen.values()];
    this.size = this.axes.reduce((product, axis) => product * (axis.values?.length ?? Infinity), 1);
  }

  /** Whether `visit` meets every combination, or a sample of them. */
  get isEnumerable(): boolean {
    return this.size <= MAX_ENUMERATED;
  }

  /**
   * Visits combinations until the visitor returns true.
   *
   * @param name of the random stream, where combinations are sampled
   * @param cost steps of the visitor, which are spent beside those of a combination
   * @returns whether the visitor stopped it; null where the steps did not suffice to tell
   */
  visit(
    name: string,
    { budget, cost }: { readonly budget: Budget; readonly cost: number },
    visitor: (valueOf: FeatureLookup) => boolean,
  ): boolean | null {
    const steps = cost + this.axes.length;
    const rows = new Map<string, Map<number, number>>();
    for (const { feature } of this.axes) rows.set(feature, new Map());
    const valueOf: FeatureLookup = (feature, index) => rows.get(feature)?.get(index) ?? 0;
    const set = (axis: Axis, value: number): void => {
      rows.get(axis.feature)?.set(axis.index, value);
    };
    if (this.isEnumerable) {
      for (let row = 0; row < this.size; row++) {
        if (!budget.spend(steps)) return null;
        let rest = row;
        for (const axis of this.axes) {
          const values = axis.values ?? [];
          set(axis, values[rest % values.length].value);
          rest = Math.floor(rest / values.length);
        }
        if (visitor(valueOf)) return true;
      }
      return false;
    }
    const random = stream('check', name);
    for (let row = 0; row < SAMPLES; row++) {
      if (!budget.spend(steps)) return null;
      for (const axis of this.axes)
        set(axis, axis.values ? pick(axis.values, random.uniform()) : random.normal());
      if (visitor(valueOf)) return true;
    }
    return false;
  }
}

/** The values of every stimulus of a table, one after the other. */
export function* tableLookups({ features, table }: Experiment['stimuli']): Generator<FeatureLookup> {
  const columns = new Map(features.map(({ name }, at) => [name, table?.columns[at] ?? []]));
  for (let row = 0; row < (table?.ids.length ?? 0); row++)
    yield (feature) => columns.get(feature)?.[row] ?? 0;
}

/** Values that a feature can take in a set, 0 and 1 for bits; null for Gaussians. */
export function support(stimuli: Experiment['stimuli'], feature: Feature, set: SetName): Axis['values'] {
  if (feature.kind === 'real') return null;
  const draw = stimuli.sets[set].draws.find((one) => one.feature === feature.name);
  const count = feature.kind === 'bits' ? 2 : feature.values.length;
  const uniform = Array.from({ length: count }, () => 1 / count);
  const prevalence = stimuli.enumerate === 'none' ? (draw?.prevalence ?? uniform) : uniform;
  const values = prevalence.map((probability, value) => ({ value, probability }));
  // What agrees with something else has the values that this gives it.
  return draw?.agrees || draw?.correlates ? values : values.filter((one) => one.probability > 0);
}

function pick(values: NonNullable<Axis['values']>, uniform: number): number {
  let rest = uniform;
  for (const { value, probability } of values) {
    rest -= probability;
    if (rest < 0) return value;
  }
  return values[values.length - 1].value;
}
