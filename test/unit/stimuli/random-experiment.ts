import { stream, type Stream } from '../../../src/core/stream';

/** A stimulus: the values of each feature by name. */
export type Stimulus = ReadonlyMap<string, readonly number[]>;
type Truth = (stimulus: Stimulus) => boolean;

/** How a feature is drawn in a set, and how probable a value of it then is: written anew here, to hold the product against. */
interface Rule {
  readonly spec: Record<string, unknown>;
  readonly chance: (stimulus: Stimulus) => number;
  /** Truths with their declared probability, and what must hold for them to be asked. */
  readonly claims: { readonly of: Truth; readonly given?: Truth }[];
}

export interface RandomFeature {
  readonly name: string;
  readonly levels: number;
  readonly width: number;
  readonly spec: Record<string, unknown>;
  /** How it is drawn where a set does not say otherwise. */
  readonly common: Rule;
  readonly rules: Readonly<Record<SetName, Rule>>;
}

type SetName = 'train' | 'fit' | 'test';
export const SETS: readonly SetName[] = ['train', 'fit', 'test'];

/** An experiment file that was made at random, and what it means. */
export interface RandomExperiment {
  readonly text: string;
  readonly counts: Readonly<Record<SetName, number>>;
  /** Those that anything follows or that tasks are of; noise bits, Gaussians and what is latent beside. */
  readonly features: readonly RandomFeature[];
  /** The label of a stimulus, of the balanced tasks. */
  readonly balanced: readonly Truth[];
}

const one = (stimulus: Stimulus, name: string, at = 0): number => stimulus.get(name)?.[at] ?? NaN;
const odd = (stimulus: Stimulus, name: string): boolean =>
  (stimulus.get(name) ?? []).reduce((sum, bit) => sum + bit, 0) % 2 === 1;

/** Prevalences, agreements (also of a formula), correlations, per set or for all; small and large spaces, noise, Gaussians, balance. */
export function randomExperiment(number: number): RandomExperiment {
  const random = stream('random experiment', number);
  const chance = (share: number): boolean => random.uniform() < share;
  const choose = <T>(...values: readonly T[]): T => values[random.below(values.length)];
  const features: RandomFeature[] = [];
  const add = (name: string, levels: number, width: number, made: () => Rule): void => {
    const common = made();
    const own = Object.fromEntries(SETS.map((set) => [set, chance(0.15) ? made() : common]));
    const shape = width > 1 || levels === 0 ? { bits: width } : { values: names(levels) };
    const latent = name !== 'a' && chance(0.15) ? { units: 0 } : {};
    features.push({
      name,
      levels: Math.max(2, levels),
      width,
      spec: { ...shape, ...latent, ...common.spec },
      common,
      rules: own as Record<SetName, Rule>,
    });
  };
  const share = (): number => choose(0.5, 0.5, 0.1, 0.25, 0.7, 0.9);
  add('a', 2, 1, () => prevalence('a', 1, share()));
  if (chance(0.7)) {
    add('b', 2, 1, () =>
      choose(
        () => agreement('b', choose(0.9, 0.8, 0.6, 0, 1)),
        () => prevalence('b', 1, share()),
        () => correlation('b', features[0], choose(0.3, -0.2, 0.1), random),
      )(),
    );
  }
  const width = choose(2, 3, 4);
  if (chance(0.7)) {
    add('h', 0, width, () =>
      choose(
        () => prevalence('h', width, share()),
        () => conditional('h', width, choose(0.9, 0.2), share()),
      )(),
    );
  }
  if (chance(0.4)) add('c', 3, 1, () => categories('c', choose([0.2, 0.5, 0.3], [0.1, 0.1, 0.8])));
  if (chance(0.3) && features.some(({ name }) => name === 'c')) {
    add('d', 3, 1, () => matching('d', 'c', choose(0.9, 0.5)));
  }
  return finish(features, random);
}

function finish(features: readonly RandomFeature[], random: Stream): RandomExperiment {
  const chance = (share: number): boolean => random.uniform() < share;
  const noise = [0, 2, 4, 6, 7, 24][random.below(6)];
  // Rare noise is in few rows that most stimuli have, so that not all of it can be met.
  const rare = chance(0.15) ? { prevalence: 0.05 } : {};
  const has = (name: string): boolean => features.some((feature) => feature.name === name);
  const tasks: Record<string, string> = { first: 'a == yes' };
  const truths: Record<string, Truth> = { first: (stimulus) => one(stimulus, 'a') === 1 };
  if (has('h')) {
    tasks.parity = 'parity(h)';
    truths.parity = (stimulus) => odd(stimulus, 'h');
    tasks.both = 'h[0] and a == yes';
    truths.both = (stimulus) => one(stimulus, 'h') === 1 && one(stimulus, 'a') === 1;
  }
  const balance = chance(0.35) ? [Object.keys(tasks)[random.below(Object.keys(tasks).length)]] : [];
  const visible = features.filter(({ spec }) => spec.units !== 0);
  const rows = visible.reduce((product, { levels, width }) => product * levels ** width, 2 ** noise);
  const total = Math.max(12, Math.min(1500, Math.floor(rows * [0.1, 0.3, 0.5, 0.9][random.below(4)])));
  const test = Math.max(2, Math.floor(total * [0.1, 0.2, 0.33][random.below(3)]));
  const counts = { train: Math.max(1, total - 2 * test), fit: test, test };
  const draw = (set: SetName): Record<string, unknown> =>
    Object.fromEntries(
      features
        .filter(({ common, rules }) => rules[set] !== common)
        .map(({ name, rules }) => [name, { agrees: null, correlates: null, ...rules[set].spec }]),
    );
  const extra = chance(0.1) ? { inputNoise: 0.1 } : {};
  const gaussian = chance(0.1) ? { z: { gaussian: 2 } } : {};
  const stimuli = {
    features: {
      ...Object.fromEntries(features.map(({ name, spec }) => [name, spec])),
      ...(noise > 0 ? { noise: { bits: noise, ...rare } } : {}),
      ...gaussian,
    },
    ...counts,
    seed: random.below(1000),
    balance,
    sets: Object.fromEntries(SETS.map((set) => [set, { draw: draw(set) }])),
    ...extra,
  };
  const text = JSON.stringify({ stimuli, tasks, networks: { net: {} } });
  return { text, counts, features, balanced: balance.map((name) => truths[name]) };
}

const names = (levels: number): string[] =>
  levels === 2 ? ['no', 'yes'] : ['x', 'y', 'w', 'v'].slice(0, levels);

function prevalence(name: string, width: number, share: number): Rule {
  return {
    spec: { prevalence: share },
    chance: (stimulus) =>
      (stimulus.get(name) ?? []).reduce((product, bit) => product * (bit === 1 ? share : 1 - share), 1),
    claims: Array.from({ length: width }, (_, at) => ({
      of: (stimulus: Stimulus) => one(stimulus, name, at) === 1,
    })),
  };
}

function categories(name: string, prevalence: readonly number[]): Rule {
  return {
    spec: { prevalence },
    chance: (stimulus) => prevalence[one(stimulus, name)],
    claims: prevalence.map((_, value) => ({ of: (stimulus: Stimulus) => one(stimulus, name) === value })),
  };
}

function agreement(name: string, probability: number): Rule {
  const agrees: Truth = (stimulus) => one(stimulus, name) === one(stimulus, 'a');
  return {
    spec: { agrees: { with: 'a', probability } },
    chance: (stimulus) => (agrees(stimulus) ? probability : 1 - probability),
    claims: [{ of: agrees }],
  };
}

/** The parity of bits agrees with `a`; of all patterns of that parity each is as probable as its bits make it. */
function conditional(name: string, width: number, probability: number, share: number): Rule {
  const own = prevalence(name, width, share).chance;
  const mass = [false, true].map((parity) =>
    Array.from(
      { length: 2 ** width },
      (_, code) => new Map([[name, Array.from({ length: width }, (_, at) => (code >> at) & 1)]]),
    ).reduce((sum, pattern) => sum + (odd(pattern, name) === parity ? own(pattern) : 0), 0),
  );
  const agrees: Truth = (stimulus) => odd(stimulus, name) === (one(stimulus, 'a') === 1);
  return {
    spec: { prevalence: share, agrees: { with: 'a == yes', probability, as: `parity(${name})` } },
    chance: (stimulus) =>
      ((agrees(stimulus) ? probability : 1 - probability) * own(stimulus)) /
      mass[odd(stimulus, name) ? 1 : 0],
    claims: [{ of: agrees }],
  };
}

function matching(name: string, other: string, probability: number): Rule {
  const agrees: Truth = (stimulus) => one(stimulus, name) === one(stimulus, other);
  return {
    spec: { agrees: { with: other, probability } },
    chance: (stimulus) => (agrees(stimulus) ? probability : (1 - probability) / 2),
    claims: [{ of: agrees }],
  };
}

/** Two binary features of prevalence .5, so that a correlation is possible whatever the sets say of the other's prevalence. */
function correlation(name: string, other: RandomFeature, r: number, random: Stream): Rule {
  const share = other.rules.train.spec.prevalence as number;
  // Where the other's prevalence is another one in some set, they do not correlate.
  const isShared = SETS.every((set) => other.rules[set].spec.prevalence === share);
  if (!isShared) return prevalence(name, 1, [0.5, 0.3][random.below(2)]);
  const p = 0.5;
  const given = [
    p - r * Math.sqrt((p * (1 - p) * share) / (1 - share)),
    p + r * Math.sqrt((p * (1 - p) * (1 - share)) / share),
  ];
  if (given.some((chance) => chance < 0 || chance > 1)) return prevalence(name, 1, p);
  return {
    spec: { prevalence: p, correlates: { with: other.name, r } },
    chance: (stimulus) => {
      const yes = given[one(stimulus, other.name)];
      return one(stimulus, name) === 1 ? yes : 1 - yes;
    },
    claims: [0, 1].map((value) => ({
      of: (stimulus: Stimulus) => one(stimulus, name) === 1,
      given: (stimulus: Stimulus) => one(stimulus, other.name) === value,
    })),
  };
}
