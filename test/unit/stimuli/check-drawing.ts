import { checkExperiment } from '../../../src/run/check';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import type { StimulusSet } from '../../../src/stimuli/stimulus-set';
import { randomExperiment, SETS, type RandomFeature, type Stimulus } from './random-experiment';

export interface Drawing {
  /** Whether the file was answered with a problem of its stimuli. */
  readonly answered: boolean;
  /** Shares that are not within sampling error of what the file says, none of which it was told of. */
  readonly faults: readonly string[];
  /** Squares of the standardised deviations of all shares. */
  readonly squares: readonly number[];
}

/** Sampling error ends here: once in a billion. */
const LEVEL = 1e-9;

/** Draws the stimuli of a random experiment and holds them against all its combinations, listed here in plain code. */
export function checkDrawing(number: number): Drawing {
  const made = randomExperiment(number);
  const { experiment, problems } = checkExperiment(made.text);
  const answered = problems.some(({ severity, code }) => severity === 'error' || code === 'not-as-declared');
  const unlike = problems.filter(
    ({ severity, code }) =>
      severity === 'error' && code !== 'too-few-rows' && code !== 'stimuli' && code !== 'impossible-balance',
  );
  const faults = unlike.map(({ message }) => `${number}: ${message}`);
  if (answered || !experiment) return { answered: true, faults, squares: [] };
  const squares: number[] = [];
  const sets = drawStimuli(experiment);
  for (const set of SETS) {
    const drawn = stimuliOf(sets[set], made.features);
    const expected = combinations(made.features, set, made.balanced);
    const hold = (what: string, of: (s: Stimulus) => boolean, given?: (s: Stimulus) => boolean): void => {
      const asked = drawn.filter((stimulus) => given?.(stimulus) ?? true);
      const held = asked.filter(of).length;
      const share = (among: typeof expected) => among.reduce((sum, { weight }) => sum + weight, 0);
      const possible = expected.filter(({ stimulus }) => given?.(stimulus) ?? true);
      if (asked.length === 0 || share(possible) === 0) return;
      const chance = Math.min(1, share(possible.filter(({ stimulus }) => of(stimulus))) / share(possible));
      const variance = asked.length * chance * (1 - chance);
      if (variance > 3) squares.push((held - asked.length * chance) ** 2 / variance);
      if (tail(held, asked.length, chance) < LEVEL)
        faults.push(`${number} ${set} ${what}: ${held} of ${asked.length}, not ${chance.toFixed(3)}`);
    };
    for (const { name, levels, width, rules } of made.features) {
      rules[set].claims.forEach(({ of, given }, at) => hold(`claim ${at} of ${name}`, of, given));
      for (let at = 0; at < width; at++)
        for (let value = 1; value < levels; value++)
          hold(`${name}[${at}] = ${value}`, (stimulus) => stimulus.get(name)?.[at] === value);
    }
  }
  return { answered: false, faults, squares };
}

function stimuliOf(set: StimulusSet, features: readonly RandomFeature[]): Stimulus[] {
  const columns = new Map(set.features.map((label) => [label.name, label]));
  return Array.from({ length: set.inputs.rows }, (_, row) => {
    return new Map(
      features.map(({ name, width }) => [
        name,
        [...(columns.get(name)?.values.subarray(row * width, (row + 1) * width) ?? [])],
      ]),
    );
  });
}

/** Every combination with its probability; with balanced tasks, given that each of their values is as frequent. */
function combinations(
  features: readonly RandomFeature[],
  set: (typeof SETS)[number],
  balanced: readonly ((stimulus: Stimulus) => boolean)[],
): { stimulus: Stimulus; weight: number }[] {
  let all: { stimulus: ReadonlyMap<string, number[]>; weight: number }[] = [
    { stimulus: new Map(), weight: 1 },
  ];
  for (const { name, levels, width, rules } of features) {
    all = all.flatMap(({ stimulus, weight }) =>
      Array.from({ length: levels ** width }, (_, code) => {
        const values = Array.from({ length: width }, (_, at) => Math.floor(code / levels ** at) % levels);
        const more = new Map([...stimulus, [name, values]]);
        return { stimulus: more, weight: weight * rules[set].chance(more) };
      }),
    );
  }
  for (const truth of balanced) {
    const mass = [0, 0];
    for (const { stimulus, weight } of all) mass[Number(truth(stimulus))] += weight;
    all = all.map(({ stimulus, weight }) => ({
      stimulus,
      weight: weight / (2 * mass[Number(truth(stimulus))]),
    }));
  }
  return all;
}

/** The two-sided probability of a count at least as improbable (twice the smaller tail), exactly. */
function tail(held: number, count: number, chance: number): number {
  if (chance === 0 || chance === 1) return held === count * chance ? 1 : 0;
  let log = count * Math.log(1 - chance);
  let [below, above] = [0, 0];
  for (let k = 0; k <= count; k++) {
    if (k <= held) below += Math.exp(log);
    if (k >= held) above += Math.exp(log);
    log += Math.log(((count - k) * chance) / ((k + 1) * (1 - chance)));
  }
  return 2 * Math.min(below, above);
}
