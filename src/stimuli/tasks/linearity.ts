import { evaluate } from '../../experiment/evaluate';
import type { Experiment, Feature, Task } from '../../experiment/experiment';
import type { Expression } from '../../experiment/expression';
import { lookupsOf } from '../../experiment/features-of';
import { areSeparable } from './separable';
import { combinationsOf, variablesOf, visitCombinations, type Variable } from './variables';

/** Whether a linear readout of the inputs can compute a task, over all combinations of the values that it names. */
export type Linearity =
  /** The label itself is an affine function of one value: one bit, one value of a feature. */
  | { readonly kind: 'affine' }
  /** A linear threshold computes it. `combinations` were checked; 0 where it follows from the formula. */
  | { readonly kind: 'separable'; readonly combinations: number }
  | { readonly kind: 'inseparable'; readonly combinations: number }
  /** No input unit carries these features. */
  | { readonly kind: 'latent'; readonly features: readonly string[] }
  /** A picture shows these features: how its pixels follow from them is not looked at. */
  | { readonly kind: 'shown' }
  | { readonly kind: 'constant' }
  | { readonly kind: 'unknown' };

/** More points than this are not checked one by one, so that a hover stays quick. */
const MOST_POINTS = 512;
const MOST_DIMENSIONS = 16;

export function linearity(experiment: Experiment, task: Task): Linearity {
  const variables = variablesOf(experiment, [task], 'train');
  const latent = [...new Set(variables.map(({ feature }) => feature))].filter((one) => !isCarried(one));
  if (latent.length === 0 && variables.some(({ feature }) => feature.shows)) return { kind: 'shown' };
  if (task.label.kind === 'categorical') {
    return latent.length > 0 ? latentOf(latent) : { kind: 'affine' };
  }
  const { expression } = task.label;
  const hasGaussian = variables.some(({ values }) => values === null);
  if (hasGaussian || combinationsOf(variables) > MOST_POINTS) {
    return latent.length > 0 ? latentOf(latent) : byForm(expression);
  }
  const labels: boolean[] = [];
  const choices: number[][] = [];
  visitCombinations(variables, (valueOf, choice) => {
    labels.push(evaluate(expression, valueOf));
    choices.push([...choice]);
  });
  const relevant = variables.flatMap((_, at) => (matters(variables, at, labels) ? [at] : []));
  if (relevant.length === 0) return { kind: 'constant' };
  const hidden = relevant.map((at) => variables[at].feature).filter((one) => !isCarried(one));
  if (hidden.length > 0) return latentOf([...new Set(hidden)]);
  if (relevant.length === 1) return { kind: 'affine' };
  const points = choices.map((choice) => relevant.flatMap((at) => coordinates(variables[at], choice[at])));
  if (points[0].length > MOST_DIMENSIONS) return byForm(expression);
  const separable = areSeparable(points, labels);
  if (separable === null) return { kind: 'unknown' };
  return { kind: separable ? 'separable' : 'inseparable', combinations: points.length };
}

/** What weakens a statement about the inputs of a task; null where nothing does. */
export function inputCaveat({ stimuli }: Experiment, task: Task): string | null {
  const features = stimuli.features.filter((feature) => task.features.includes(feature.name));
  const before = stimuli.features.reduce((last, feature) => Math.max(last, feature.inputRange[1]), 0);
  if (stimuli.embedding && stimuli.embedding.units < before) {
    return 'The embedding has fewer units than what it mixes, so this holds before it.';
  }
  const squeezed = features.some(({ encoding, units, kind, values, width }) => {
    const needed = kind === 'binary' || kind === 'categorical' ? values.length - 1 : width;
    return encoding === 'projection' && units < needed;
  });
  if (squeezed) return 'A projection has fewer units than its feature has values, so this holds before it.';
  const noisy = stimuli.inputNoise > 0 || features.some((feature) => feature.noise > 0);
  return noisy ? 'Input noise is left aside.' : null;
}

function isCarried({ inputRange, amplification }: Feature): boolean {
  return inputRange[1] > inputRange[0] && amplification !== 0;
}

function latentOf(features: readonly Feature[]): Linearity {
  return { kind: 'latent', features: features.map((feature) => feature.name) };
}

/** Whether any two combinations that differ in this variable alone have different labels. */
function matters(variables: readonly Variable[], at: number, labels: readonly boolean[]): boolean {
  const stride = combinationsOf(variables.slice(at + 1));
  const count = variables[at].values?.length ?? 1;
  return labels.some((label, row) => {
    const place = Math.floor(row / stride) % count;
    return label !== labels[row - place * stride];
  });
}

/** Two values: one coordinate; more: one each, as one-hot units. */
function coordinates({ values }: Variable, place: number): number[] {
  const count = values?.length ?? 0;
  if (count <= 2) return [place];
  return Array.from({ length: count }, (_, i) => (i === place ? 1 : 0));
}

/** What the form of a formula alone says, where there are too many combinations to look at. */
function byForm(expression: Expression): Linearity {
  if (isLiteral(expression)) {
    return lookupsOf(expression).length === 1 && !hasComparison(expression)
      ? { kind: 'affine' }
      : { kind: 'separable', combinations: 0 };
  }
  if (isThreshold(expression)) return { kind: 'separable', combinations: 0 };
  if (expression.kind === 'not') return byForm(expression.of);
  if (expression.kind === 'parity' && expression.of.length > 1) {
    // Odd parts of different values, each both true and false at times: already two of them make an XOR.
    const isPlain = expression.of.every((part) => isLiteral(part) && !hasComparison(part));
    if (isPlain && lookupsOf(expression).length === expression.of.length)
      return { kind: 'inseparable', combinations: 0 };
  }
  return { kind: 'unknown' };
}

/** A single value, or its opposite: an affine function of the inputs, or a threshold of one. */
function isLiteral(expression: Expression): boolean {
  if (expression.kind === 'not') return isLiteral(expression.of);
  if (expression.kind === 'compare') return expression.operator !== '==' && expression.operator !== '!=';
  return expression.kind === 'is' || expression.kind === 'bit';
}

function hasComparison(expression: Expression): boolean {
  return expression.kind === 'not' ? hasComparison(expression.of) : expression.kind === 'compare';
}

/** A threshold of a sum of literals. */
function isThreshold(expression: Expression): boolean {
  if (expression.kind === 'not') return isThreshold(expression.of);
  if (expression.kind !== 'and' && expression.kind !== 'or' && expression.kind !== 'count') return false;
  if (expression.kind === 'count' && (expression.operator === '==' || expression.operator === '!='))
    return false;
  return expression.of.every((part) => isLiteral(part) && !hasComparison(part));
}
