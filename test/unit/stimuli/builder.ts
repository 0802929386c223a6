import type { Draw, Feature, SetName, Stimuli, Task } from '../../../src/experiment/experiment';
import type { Expression } from '../../../src/experiment/expression';
import { featuresOf } from '../../../src/experiment/features-of';
import type { StimulusSet } from '../../../src/stimuli/stimulus-set';

type FeatureOptions = Partial<Omit<Feature, 'name' | 'inputRange'>> & {
  draw?: Partial<Omit<Draw, 'feature'>>;
};

/** A feature as the builder takes it: its input range is found by `build`. */
export interface Part {
  readonly feature: Omit<Feature, 'inputRange'>;
  readonly draw: Draw;
}

export function binary(name: string, options: FeatureOptions = {}): Part {
  return part(name, { kind: 'binary', values: ['no', 'yes'], encoding: 'copy' }, [0.5, 0.5], options);
}

export function categorical(name: string, values: readonly string[], options: FeatureOptions = {}): Part {
  const prevalence = values.map(() => 1 / values.length);
  return part(name, { kind: 'categorical', values, encoding: 'onehot' }, prevalence, options);
}

export function bits(name: string, width: number, options: FeatureOptions = {}): Part {
  return part(name, { kind: 'bits', width, encoding: 'copy' }, [0.5, 0.5], options);
}

export function gaussian(name: string, width = 1, options: FeatureOptions = {}): Part {
  return part(name, { kind: 'real', width, encoding: 'copy' }, [], options);
}

function part(
  name: string,
  kind: Partial<Feature>,
  prevalence: readonly number[],
  { draw, ...options }: FeatureOptions,
): Part {
  const feature = {
    kind: 'binary',
    values: [],
    width: 1,
    encoding: 'copy',
    coding: '01',
    amplification: 1,
    noise: 0,
    units: 1,
    ...kind,
    ...options,
    name,
  } as const;
  return { feature, draw: { prevalence, agrees: null, correlates: null, ...draw, feature: name } };
}

interface Options {
  readonly tasks?: readonly Task[];
  readonly seed?: number;
  readonly counts?: readonly [number, number, number];
  readonly balance?: readonly string[];
  readonly enumerate?: Stimuli['enumerate'];
  readonly repeats?: boolean;
  readonly inputNoise?: number;
  readonly embedding?: Stimuli['embedding'];
  /** Draws of a set that differ from the features' own. */
  readonly sets?: Partial<Record<SetName, readonly Draw[]>>;
}

/** An experiment by hand, as far as stimuli need one. Features are drawn in the order given. */
export function build(
  parts: readonly Part[],
  options: Options = {},
): { stimuli: Stimuli; tasks: readonly Task[] } {
  let units = 0;
  const features = parts.map(({ feature }): Feature => {
    const first = units;
    units += inputUnits(feature);
    return { ...feature, inputRange: [first, units] };
  });
  const [train, fit, test] = options.counts ?? [1000, 200, 200];
  const distribution = (set: SetName) => ({
    balance: options.balance ?? [],
    draws: parts.map(
      ({ draw }) => options.sets?.[set]?.find((other) => other.feature === draw.feature) ?? draw,
    ),
  });
  return {
    tasks: options.tasks ?? [],
    stimuli: {
      seed: options.seed ?? 0,
      counts: { train, fit, test },
      enumerate: options.enumerate ?? 'none',
      repeats: options.repeats ?? false,
      inputNoise: options.inputNoise ?? 0,
      embedding: options.embedding ?? null,
      features,
      sets: { train: distribution('train'), fit: distribution('fit'), test: distribution('test') },
      inputUnits: options.embedding?.units ?? units,
    },
  };
}

function inputUnits({ encoding, units, width, values }: Omit<Feature, 'inputRange'>): number {
  if (encoding === 'projection') return units;
  return units * width * (encoding === 'onehot' ? values.length : 1);
}

export const is = (feature: string, value = 1): Expression => ({ kind: 'is', feature, value });
export const bit = (feature: string, index: number): Expression => ({ kind: 'bit', feature, index });
export const parity = (...of: Expression[]): Expression => ({ kind: 'parity', of });
export const and = (...of: Expression[]): Expression => ({ kind: 'and', of });

export function task(name: string, expression: Expression): Task {
  return {
    name,
    formula: name,
    label: { kind: 'binary', expression },
    classes: ['false', 'true'],
    outputs: 1,
    features: [...featuresOf(expression)],
    bits: [],
  };
}

export function categoryTask(name: string, feature: string, classes: readonly string[]): Task {
  return {
    name,
    formula: feature,
    label: { kind: 'categorical', feature },
    classes,
    outputs: classes.length,
    features: [feature],
    bits: [],
  };
}

/** The values of a feature or task. */
export function valuesOf(set: StimulusSet, name: string): Float32Array {
  const label = [...set.features, ...set.tasks].find((candidate) => candidate.name === name);
  if (!label) throw new Error(`no label ${name}`);
  return label.values;
}

export function inputRow(set: StimulusSet, row: number): number[] {
  const { cols, data } = set.inputs;
  return [...data.subarray(row * cols, (row + 1) * cols)];
}

/** Six standard deviations of a share of n draws of probability p: fails by chance once in 10⁹. */
export const shareTolerance = (p: number, n: number): number => 6 * Math.sqrt((p * (1 - p)) / n);

export const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
