import type { Matrix } from '../core/matrix';
import { controlTask } from '../analysis/probe/control-task';
import type { FoldFit } from '../analysis/probe/cross-validate';
import { chance, type Evaluated, evaluated, fitsOf, followed } from '../analysis/probe/evaluate';
import type { Target } from '../analysis/probe/probe';
import { probes } from '../analysis/probe/probes';
import { type FoldMean, foldMean, type ScoreName, scoresOf } from '../analysis/probe/scores';
import { NumericalError } from '../numerics/numerical-error';
import { activationsKey, labelKey, labelsKey } from './arrays';
import { probeCautions } from './probe-cautions';
import { type ProbeAsked, type ProbeGiven, probeGiven } from './probe-given';
import { readings } from './probe-target';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

/** What a probe tells of a label from an array, and what that is to be held against. */
export interface ProbeFound {
  /** The name of the probe. */
  readonly definition: string;
  /** The score that `value` is of. */
  readonly score: ScoreName;
  /** On rows that it was not fitted on, mean over folds. */
  readonly value: number | null;
  /** Rows that it is fitted on and scored on. */
  readonly n: number;
  /** Rows without a label, which are left out. */
  readonly missing: number;
  /** Distinct stimuli among the rows. */
  readonly stimuli: number;
  readonly units: number;
  readonly label: string;
  /** Of a label with classes. */
  readonly classes?: readonly string[];
  readonly folds: number;
  readonly seed: number;
  readonly scores: Evaluated['scores'];
  /** Of each fold, where the probe has one. */
  readonly penalties?: readonly (number | undefined)[];
  /** Fits that stopped before their loss was least. */
  readonly unconverged: number;
  /** Scores without any activations: by the most frequent class where it was fitted, by one of k classes, by the mean. */
  readonly chance: ReturnType<typeof chance>;
  /** The same probe on a task that can only be memorised. */
  readonly control: Control;
  /** The same probe, label and folds on other activations of the same rows. */
  readonly inputs?: Beside;
  readonly untrained?: Beside;
  /** Fitted on these activations, and scored on others of the same rows and units. */
  readonly to?: Evaluated;
  /** On rows where the two labels disagree: the share of each that it follows. */
  readonly conflict?: { readonly n: number; readonly label: FoldMean; readonly other: FoldMean };
  /** What the value is no better than, in sentences. */
  readonly cautions: readonly string[];
  /** The fold of each row of the array; null of rows that are left out. */
  readonly foldOf: readonly (number | null)[];
}

interface Control {
  /** Columns whose combinations have a random label each; `stimulus` where each stimulus has one. */
  readonly per: 'stimulus' | readonly string[];
  /** Such tasks that the value is a mean over. */
  readonly tasks: number;
  readonly value: number | null;
  /** Why it is null. */
  readonly why?: string;
  /** The value of the label less that of the control task (Hewitt and Liang 2019). */
  readonly selectivity: number | null;
}

interface Beside extends Evaluated {
  readonly units: number;
}

const controlTasks = 3;

/** How well a probe tells a label from an array of activations. */
export const probe: Verb<ProbeAsked, ProbeFound, ArrayRoom> = {
  name: 'probe',
  says: 'Say how well a probe tells a label from an array of activations, on stimuli that it was not fitted on, beside chance, a control task, inputs and an untrained network.',
  input: inputOf<ProbeAsked>(
    {
      activations: activationsKey,
      labels: labelsKey,
      label: labelKey,
      kind: {
        type: 'string',
        enum: probes.map(({ name }) => name),
        description: 'the probe (default: logistic for classes, ridge for real numbers)',
      },
      as: {
        type: 'string',
        enum: readings,
        description: 'what the label is (default: real where it has many numbers, or broken ones)',
      },
      group: {
        type: 'string',
        description:
          'column of the labels: rows that agree in it are of one stimulus and in one fold (default: rows that are equal in the inputs, or else in the array)',
      },
      folds: {
        type: 'integer',
        minimum: 2,
        maximum: 1000,
        description: 'folds (default: 5, or as many as the rarest class has stimuli)',
      },
      inputs: { type: 'string', description: 'array file of the inputs, with the same rows' },
      untrained: { type: 'string', description: 'array file of an untrained network, with the same rows' },
      control: {
        type: 'array',
        items: { type: 'string' },
        description:
          'columns of the labels: the control task gives each combination of their values a random label (default: each stimulus)',
      },
      agree: {
        type: 'string',
        description:
          'column of a second label with the same classes: fitted on rows where the two agree, and said which of them it follows where they do not',
      },
      to: {
        type: 'string',
        description:
          'array file with the same rows and units (another site or checkpoint) that the fitted probe is scored on, too',
      },
      seed: {
        type: 'integer',
        minimum: 0,
        maximum: 9999,
        description: 'of folds, controls and random weights (default: 0)',
      },
    },
    'activations',
    'labels',
    'label',
  ),
  changes: 'nothing',
  run: async (asked, room) => {
    const given = await probeGiven(asked, room);
    const { trial, activations } = given;
    return decidable(asked.activations, () => {
      const tasks = controlsOf(given);
      const [fits, ...controls] = fitsOf(trial, activations, tasks);
      const own = evaluated(trial.target, fits, activations);
      const beside = controls.map((one, at) => evaluated(tasks[at], one, activations).value);
      const chances = chance(trial, fits);
      const held = besides(given, fits);
      return {
        ...whatOf(asked, given),
        ...own,
        ...(trial.probe.tuned ? { penalties: fits.map(({ penalty }) => penalty) } : {}),
        unconverged: fits.filter(({ converged }) => !converged).length,
        chance: chances,
        control: controlOf(given, beside, own.value),
        ...held,
        cautions: cautionsOf(own, chances, held),
        foldOf: foldOfRows(given),
      };
    });
  },
};

/** What is asked, in the words of the answer. */
function whatOf({ label: name }: ProbeAsked, { trial, label, rows, missing, activations }: ProbeGiven) {
  return {
    definition: trial.probe.name,
    score: scoresOf(trial.target)[0],
    ...{ n: rows.length, missing, stimuli: trial.stimuli.count, units: activations.cols, label: name },
    ...(label.classes ? { classes: label.classes } : {}),
    ...{ folds: foldsIn(trial.folds), seed: trial.seed },
  };
}

const foldsIn = (folds: Uint32Array): number => folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;

function foldOfRows({ all, rows, trial }: ProbeGiven): (number | null)[] {
  const folds = new Array<number | null>(all).fill(null);
  rows.forEach((row, at) => (folds[row] = trial.folds[at]));
  return folds;
}

/** Tasks that can only be memorised; none where there are none. */
function controlsOf({ trial, control }: ProbeGiven): Target[] {
  const tasks = Array.from({ length: controlTasks }, (_, draw) =>
    controlTask(trial.target, control.combinations, [trial.seed, draw]),
  );
  return tasks.filter((one) => one !== undefined);
}

function controlOf(
  { control: { per } }: ProbeGiven,
  values: readonly (number | null)[],
  value: number | null,
): Control {
  const { mean } = foldMean(values);
  return {
    ...{ per, tasks: values.length, value: mean },
    ...(values.length === 0
      ? {
          why: 'However the labels of combinations are dealt, it is the label itself: name columns with more values.',
        }
      : {}),
    selectivity: mean === null || value === null ? null : value - mean,
  };
}

/** What the first of the scores is no better than. */
function cautionsOf(
  { scores }: Evaluated,
  chances: ProbeFound['chance'],
  { inputs, untrained }: Pick<ProbeFound, 'inputs' | 'untrained'>,
): string[] {
  const [name] = Object.keys(scores) as ScoreName[];
  const own = scores[name];
  const level = chances[name] ?? null;
  return probeCautions(own, {
    chance: own && foldMean(own.folds.map(() => level)),
    inputs: inputs?.scores[name],
    untrained: untrained?.scores[name],
  });
}

/** The same probe elsewhere. */
function besides(
  { trial, others, conflict }: ProbeGiven,
  fits: readonly FoldFit[],
): Pick<ProbeFound, 'inputs' | 'untrained' | 'to' | 'conflict'> {
  const anew = (matrix: Matrix<Float64Array>): Beside => ({
    units: matrix.cols,
    ...evaluated(trial.target, fitsOf(trial, matrix)[0], matrix),
  });
  const { inputs, untrained, to } = others;
  return {
    ...(inputs ? { inputs: anew(inputs) } : {}),
    ...(untrained ? { untrained: anew(untrained) } : {}),
    ...(to ? { to: evaluated(trial.target, fits, to) } : {}),
    ...(conflict ? { conflict: { n: conflict.stimuli.length, ...followed(trial, fits, conflict) } } : {}),
  };
}

/** @throws UserError where the numbers of the activations are too large to compute with */
function decidable<T>(file: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error;
    throw new UserError(`${file} cannot be probed: ${error.message}`);
  }
}
