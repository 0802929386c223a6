import { support } from '../../experiment/checks/value-space';
import type { FeatureLookup } from '../../experiment/evaluate';
import type { Experiment, Feature, SetName, Task } from '../../experiment/experiment';
import { lookupsOf } from '../../experiment/features-of';

/** One thing that a formula looks up, and what it can be. */
export interface Variable {
  readonly feature: Feature;
  /** Bit or component. */
  readonly index: number;
  /** As a formula names it, without quotes: `h[0]`, `shape`. */
  readonly name: string;
  /** Values that occur with their probabilities; null for Gaussians. */
  readonly values: readonly { readonly value: number; readonly probability: number }[] | null;
}

/** More combinations than this are not listed. */
export const MOST_COMBINATIONS = 2 ** 12;

/** What some tasks look up, each once, as a set draws it (agreements and correlations left aside). */
export function variablesOf({ stimuli }: Experiment, tasks: readonly Task[], set: SetName): Variable[] {
  const features = new Map(stimuli.features.map((feature) => [feature.name, feature]));
  const found = new Map<string, Variable>();
  for (const { label } of tasks) {
    const lookups =
      label.kind === 'binary' ? lookupsOf(label.expression) : [{ feature: label.feature, index: 0 }];
    for (const { feature: name, index } of lookups) {
      const feature = features.get(name);
      const key = JSON.stringify([name, index]);
      if (!feature || found.has(key)) continue;
      const isIndexed = feature.kind === 'bits' || feature.width > 1;
      found.set(key, {
        feature,
        index,
        name: isIndexed ? `${name}[${index}]` : name,
        values: support(stimuli, feature, set),
      });
    }
  }
  return [...found.values()];
}

/** How many combinations of values there are; infinite with Gaussians. */
export function combinationsOf(variables: readonly Variable[]): number {
  return variables.reduce((product, { values }) => product * (values?.length ?? Infinity), 1);
}

/**
 * Visits every combination, the last variable changing fastest; none where there are Gaussians.
 *
 * @param visitor gets the combination as a lookup, as places in each variable's list of values, and with its probability
 */
export function visitCombinations(
  variables: readonly Variable[],
  visitor: (valueOf: FeatureLookup, choice: readonly number[], probability: number) => void,
): void {
  const rows = new Map<string, Map<number, number>>();
  for (const { feature } of variables) rows.set(feature.name, new Map());
  const valueOf: FeatureLookup = (feature, index) => rows.get(feature)?.get(index) ?? 0;
  const choice = variables.map(() => 0);
  const visit = (at: number, probability: number): void => {
    if (at === variables.length) return visitor(valueOf, choice, probability);
    const { feature, index, values } = variables[at];
    (values ?? []).forEach((one, place) => {
      rows.get(feature.name)?.set(index, one.value);
      choice[at] = place;
      visit(at + 1, probability * one.probability);
    });
  };
  visit(0, 1);
}
