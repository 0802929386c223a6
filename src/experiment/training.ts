import type { Path } from './document';
import type { Network, Phase, Training } from './experiment';
import { readFormula } from './formula/read-formula';
import type { Scope } from './formula/resolve';
import type { PhaseSpec, StopSpec, TrainingSpec } from './file';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';
import { type Learner, reinforcementOf } from './reinforcement';
import type { Draft } from './structure';

type TrainingDraft = Draft<TrainingSpec>;

const MAX_STEPS = 1e9;
const MAX_CHECKPOINTS = 10_000;

/** Checks one `training` of the file by itself: the default one, or that of a network. */
export function checkTraining(
  draft: TrainingDraft,
  path: Path,
  taskNames: ReadonlySet<string>,
  problems: Problems,
): void {
  const conflict = (at: Path, message: string): void =>
    problems.error('conflict', message, problems.document.keySpan(at));
  if (draft.epochs !== undefined && draft.steps !== undefined) {
    conflict([...path, 'steps'], "Training is given in 'epochs' or in 'steps', not in both. Remove one.");
  }
  if (draft.phases && (draft.epochs !== undefined || draft.steps !== undefined)) {
    const key = draft.epochs !== undefined ? 'epochs' : 'steps';
    conflict([...path, key], `The phases say how long they last. Remove '${key}' here, or remove 'phases'.`);
  }
  checkStop(draft.stopWhen, [...path, 'stopWhen'], draft.epochs === 0 || draft.steps === 0, problems);
  checkWeights(draft.weights, [...path, 'weights'], taskNames, problems);
  checkOfDocuments(draft, path, problems);
  for (const task of draft.labelNoise?.keys() ?? [])
    if (!taskNames.has(task))
      problems.unknown(
        'unknown-task',
        `Unknown task ${quote(task)} in 'labelNoise'`,
        task,
        taskNames,
        problems.document.keySpan([...path, 'labelNoise', task]),
      );
  draft.phases?.forEach((phase, index) => {
    checkPhase(phase, [...path, 'phases', index], taskNames, problems);
  });
  if (
    typeof draft.batchSize === 'number' &&
    !(Number.isSafeInteger(draft.batchSize) && draft.batchSize >= 1)
  ) {
    problems.at(
      [...path, 'batchSize'],
      'out-of-range',
      `The batch size must be a whole number, at least 1, or "full"; it is ${draft.batchSize}.`,
    );
  }
  checkCheckpoints(draft.checkpoints, [...path, 'checkpoints'], problems);
}

function checkPhase(
  phase: Draft<PhaseSpec>,
  path: Path,
  taskNames: ReadonlySet<string>,
  problems: Problems,
): void {
  checkLength(phase, path, problems);
  if (phase.tasks) {
    knownNames(phase.tasks, { what: 'task', names: taskNames }, 'this phase', [...path, 'tasks'], problems);
    if (phase.tasks.length === 0)
      problems.at(
        [...path, 'tasks'],
        'empty',
        'This phase lists no task. Name one, or leave the key out for all.',
      );
  }
  checkWeights(phase.weights, [...path, 'weights'], taskNames, problems);
  checkUntil(phase, path, taskNames, problems);
  checkStop(phase.stopWhen, [...path, 'stopWhen'], phase.epochs === 0 || phase.steps === 0, problems);
}

/** How long a phase lasts is said in one of three ways. */
function checkLength(phase: Draft<PhaseSpec>, path: Path, problems: Problems): void {
  const span = problems.document.valueSpan(path);
  const keys = ['epochs', 'steps', 'until'] as const;
  const [first, second] = keys.filter((key) => phase[key] !== undefined);
  if (first === undefined) {
    // A key of a wrong type is already reported.
    if (!keys.some((key) => problems.document.find([...path, key])))
      problems.error(
        'missing-key',
        "A phase needs 'epochs' or 'steps', or 'until' with 'maxSteps'. Add one.",
        span,
      );
  } else if (second !== undefined) {
    const message = `A phase is given in '${first}' or in '${second}', not in both. Remove one.`;
    problems.error('conflict', message, span);
  }
  if (phase.until && !problems.document.find([...path, 'maxSteps']))
    problems.error(
      'missing-key',
      "A phase that lasts 'until' tasks are learned needs 'maxSteps', for where they are not. Add it.",
      problems.document.keySpan([...path, 'until']),
    );
  if (phase.maxSteps !== undefined && !problems.document.find([...path, 'until']))
    problems.error(
      'conflict',
      "'maxSteps' is of a phase that lasts 'until' tasks are learned. Name them, or write 'steps'.",
      problems.document.keySpan([...path, 'maxSteps']),
    );
}

function checkUntil(
  { until, tasks, stopWhen, weights }: Draft<PhaseSpec>,
  path: Path,
  taskNames: ReadonlySet<string>,
  problems: Problems,
): void {
  if (!until) return;
  const { document } = problems;
  if (stopWhen)
    problems.error(
      'conflict',
      "'until' and 'stopWhen' both end this phase. Remove one.",
      document.keySpan([...path, 'stopWhen']),
    );
  for (const task of until.keys()) {
    const at = document.keySpan([...path, 'until', task]);
    if (!taskNames.has(task))
      problems.unknown('unknown-task', `Unknown task ${quote(task)} in 'until'`, task, taskNames, at);
    else if ((tasks && !tasks.includes(task)) || weights?.get(task) === 0)
      problems.error(
        'task-not-trained',
        `This phase does not train task ${quote(task)}, which it waits for. Add it to its 'tasks', or remove it here.`,
        at,
      );
  }
}

function checkWeights(
  weights: Draft<Record<string, number>> | undefined,
  path: Path,
  taskNames: ReadonlySet<string>,
  problems: Problems,
): void {
  for (const [task, weight] of weights ?? []) {
    const at = [...path, task];
    if (!taskNames.has(task)) {
      const message = `Unknown task ${quote(task)} in the weights`;
      problems.unknown('unknown-task', message, task, taskNames, problems.document.keySpan(at));
    } else if (!(weight >= 0)) {
      problems.at(
        at,
        'out-of-range',
        `The weight of task ${quote(task)} must be at least 0; it is ${weight}.`,
      );
    }
  }
}

function checkStop(
  stop: Draft<StopSpec> | undefined,
  path: Path,
  untrained: boolean,
  problems: Problems,
): void {
  if (!stop) return;
  if (untrained) {
    const message = "'stopWhen' has no effect where nothing is trained. Remove it.";
    problems.warning('no-effect', message, problems.document.keySpan(path));
  }
  const named = ['loss', 'accuracy'].some((key) => problems.document.find([...path, key]));
  if (!named) problems.at(path, 'missing-key', "'stopWhen' needs 'loss' or 'accuracy'. Add one.");
}

function checkCheckpoints(checkpoints: TrainingDraft['checkpoints'], path: Path, problems: Problems): void {
  const wrong = (at: Path, message: string): void => problems.at(at, 'out-of-range', message);
  if (
    typeof checkpoints === 'number' &&
    !(Number.isInteger(checkpoints) && checkpoints >= 2 && checkpoints <= MAX_CHECKPOINTS)
  ) {
    wrong(
      path,
      `The number of checkpoints must be a whole number from 2 (the initial weights and the end) to ${MAX_CHECKPOINTS}; it is ${checkpoints}.`,
    );
  }
  if (!Array.isArray(checkpoints)) return;
  checkpoints.forEach((checkpoint, index) => {
    if (!(checkpoint >= 0)) wrong([...path, index], `A checkpoint must be at least 0; it is ${checkpoint}.`);
  });
}

interface Merged extends Learner {
  /** Tasks of the network, in order. */
  readonly tasks: readonly string[];
  readonly base: TrainingDraft;
  readonly own: TrainingDraft;
  /** Path of the network. */
  readonly path: Path;
  /** Training stimuli. */
  readonly train: number;
  /** What formulas of documents may name; null where there are none. */
  readonly formulas: Scope | null;
}

/** How long a network is trained: in epochs, steps or phases, whichever is named. */
interface Length {
  readonly epochs: TrainingDraft['epochs'];
  readonly steps: TrainingDraft['steps'];
  readonly phases: TrainingDraft['phases'];
  /** Where it is written. */
  readonly path: Path;
  /** By the network itself. */
  readonly own: boolean;
}

/** How long is said in one of three ways: naming one replaces whichever the default used. */
function lengthOf({ base, own, path }: Merged): Length {
  const named = own.epochs !== undefined || own.steps !== undefined || own.phases !== undefined;
  const { epochs, steps, phases } = named ? own : base;
  return { epochs, steps, phases, own: named, path: named ? [...path, 'training'] : ['training'] };
}

/** The training of one network: its own settings over the default ones. */
export function mergeTraining(merged: Merged, problems: Problems): Training {
  const { network, tasks, base, own, path, train } = merged;
  const length = lengthOf(merged);
  const settings: TrainingDraft = { ...base, ...own };

  const learningRate = settings.learningRate ?? 0.001;
  const batchSize = batchOf(settings.batchSize, train, keyPath(merged, 'batchSize'), problems);
  const stepsPerEpoch = Math.ceil(train / batchSize);
  const phases = phasesOf(merged, length, { settings, learningRate, stepsPerEpoch }, problems);
  if (own.weights || own.phases || own.labelNoise)
    checkOwnTasks(own, tasks, network, [...path, 'training'], problems);
  const totalSteps = phases.reduce((sum, phase) => sum + phase.steps, 0);
  checkTotal(merged, length, totalSteps, problems);
  const unit = unitOf(length);
  const { schedule } = settings;
  const noise = tasks.map((task) => settings.labelNoise?.get(task) ?? 0);
  return {
    optimizer: settings.optimizer ?? 'adam',
    learningRate,
    momentum: settings.momentum ?? 0.9,
    beta1: settings.beta1 ?? 0.9,
    beta2: settings.beta2 ?? 0.999,
    epsilon: settings.epsilon ?? 1e-8,
    weightDecay: settings.weightDecay ?? 0,
    dropout: settings.dropout ?? 0,
    schedule: {
      type: schedule?.type ?? 'constant',
      warmup: schedule?.warmup ?? 0,
      final: schedule?.final ?? 0,
      factor: schedule?.factor ?? 0.5,
      every: schedule?.every ?? 10,
    },
    batchSize,
    phases,
    // Named where there is some alone: what was trained without is known by the same key.
    ...(noise.some((one) => one > 0) ? { labelNoise: noise } : {}),
    checkpoints: checkpointsOf(
      settings.checkpoints ?? 12,
      {
        end: unit === 'steps' ? totalSteps : totalSteps / stepsPerEpoch,
        unit,
        inherited: own.checkpoints === undefined && length.own,
        path: keyPath(merged, 'checkpoints'),
        network,
      },
      problems,
    ),
    unit,
    stepsPerEpoch,
    totalSteps,
  };
}

/** Where a setting is written: by the network itself, or among the default ones. */
function keyPath({ own, path }: Merged, key: keyof TrainingDraft): Path {
  return own[key] !== undefined ? [...path, 'training', key] : ['training', key];
}

function unitOf({ steps, phases }: Length): Training['unit'] {
  if (phases) return phases.every((phase) => phase.epochs === undefined) ? 'steps' : 'epochs';
  return steps !== undefined ? 'steps' : 'epochs';
}

function phasesOf(
  merged: Merged,
  { epochs, steps, phases, path: lengthPath }: Length,
  {
    settings,
    learningRate,
    stepsPerEpoch,
  }: { settings: TrainingDraft; learningRate: number; stepsPerEpoch: number },
  problems: Problems,
): Phase[] {
  const { network, tasks } = merged;
  const specs: readonly Draft<PhaseSpec>[] = phases ?? [
    steps !== undefined ? { steps } : { epochs: epochs ?? 100 },
  ];
  return specs.map((phase, index): Phase => {
    const named = phase.tasks && new Set(phase.tasks);
    const weights = tasks.map((task) =>
      named && !named.has(task) ? 0 : (phase.weights?.get(task) ?? settings.weights?.get(task) ?? 1),
    );
    const at = phases ? [...lengthPath, 'phases', index] : keyPath(merged, 'weights');
    const where = phases ? `Phase ${index + 1}` : 'The training';
    if (weights.reduce((sum, weight) => sum + weight, 0) === Infinity) {
      const message = `${where} weights the tasks of network ${quote(network)} by numbers whose sum is infinite. Lower them: only their ratios count.`;
      problems.error('out-of-range', message, problems.document.valueSpan(at));
    }
    if (tasks.length > 0 && !weights.some((weight) => weight > 0)) {
      const message = `${where} trains no task of network ${quote(network)} (all weights are 0). Give one a weight, or give this network a 'training' of its own.`;
      problems.error('no-weight', message, problems.document.valueSpan(at));
    }
    const until = phase.until && tasks.map((task) => phase.until?.get(task) ?? null);
    // Of none that can be read that is said at each.
    if (until && phase.until?.size && tasks.length > 0 && until.every((one) => one === null)) {
      const message = `${where} waits for no task of network ${quote(network)}. Name one in 'until', or give this network a 'training' of its own.`;
      problems.error('no-weight', message, problems.document.valueSpan([...at, 'until']));
    }
    return {
      weights,
      steps: phase.steps ?? phase.maxSteps ?? (phase.epochs ?? 0) * stepsPerEpoch,
      learningRate: phase.learningRate ?? learningRate,
      stopWhen: until ? null : stopOf(phase.stopWhen ?? settings.stopWhen),
      // Named where they are there alone: what was trained without them is known by the same key.
      ...(until ? { until } : {}),
      ...(phase.resetOptimizer ? { resetOptimizer: true as const } : {}),
      ...documentsOf(merged, phase, at, problems),
      ...reinforcementOf(merged, phase, at, problems),
    };
  });
}

/** Which documents a phase is trained on, where it says so. */
function documentsOf(
  { network, formulas }: Merged,
  phase: Draft<PhaseSpec>,
  path: Path,
  problems: Problems,
): Pick<Phase, 'trainOn' | 'ownAnswers'> {
  const read = (key: 'trainOn' | 'ownAnswers'): Pick<Phase, typeof key> => {
    const formula = phase[key];
    if (formula === undefined) return {};
    const at = [...path, key];
    if (!formulas) {
      const message = `'${key}' is of networks that are trained on documents, but network ${quote(network)} is shown stimuli with input units. Remove it.`;
      problems.error('no-effect', message, problems.document.keySpan(at));
      return {};
    }
    const found = readFormula(formula, formulas, `'${key}' of a phase`, at, problems);
    return found ? { [key]: found } : {};
  };
  return { ...read('trainOn'), ...read('ownAnswers') };
}

/** What only networks that are shown stimuli with input units, and have tasks, can have. */
function checkOfDocuments(draft: TrainingDraft, path: Path, problems: Problems): void {
  if (problems.document.find(['stimuli', 'documents']) === undefined) return;
  for (const key of ['dropout', 'labelNoise', 'weights'] as const) {
    if (draft[key] === undefined || draft[key] === 0) continue;
    const message = `'${key}' has no effect on networks that are trained on documents. Remove it.`;
    problems.warning('no-effect', message, problems.document.keySpan([...path, key]));
  }
}

function checkTotal(
  { network, own, path, train }: Merged,
  { steps, phases, path: lengthPath, own: ownLength }: Length,
  totalSteps: number,
  problems: Problems,
): void {
  // An impossible number of stimuli is a problem of its own.
  if (totalSteps > MAX_STEPS && train <= MAX_STEPS) {
    const key = phases ? 'phases' : steps !== undefined ? 'steps' : 'epochs';
    problems.at(
      [...lengthPath, key],
      'too-many-steps',
      `Network ${quote(network)} would be trained for ${totalSteps} steps, more than ${MAX_STEPS}. Lower '${key}'.`,
    );
  }
  if (totalSteps === 0 && own.stopWhen && !ownLength) {
    problems.warning(
      'no-effect',
      "'stopWhen' has no effect where nothing is trained. Remove it.",
      problems.document.keySpan([...path, 'training', 'stopWhen']),
    );
  }
}

function batchOf(written: TrainingDraft['batchSize'], train: number, path: Path, problems: Problems): number {
  if (written === undefined) return Math.min(128, train);
  // Anything else than a whole number is already reported.
  if (typeof written !== 'number' || !(written >= 1)) return train;
  if (written > train) {
    const message = `The batch size ${written} is more than the ${train} training stimuli; all of them make one batch. Write "full" if that is meant.`;
    const span = problems.document.valueSpan(path);
    problems.warning('batch-too-large', message, span, { title: 'Change to "full"', span, text: '"full"' });
  }
  return Math.min(Math.floor(written), train);
}

function stopOf(stop: Draft<StopSpec> | undefined): Phase['stopWhen'] {
  if (!stop) return null;
  return {
    patience: stop.patience ?? 1,
    ...(stop.loss === undefined ? {} : { loss: stop.loss }),
    ...(stop.accuracy === undefined ? {} : { accuracy: stop.accuracy }),
  };
}

function checkpointsOf(
  written: number | readonly number[],
  {
    end,
    unit,
    inherited,
    path,
    network,
  }: { end: number; unit: Training['unit']; inherited: boolean; path: Path; network: string },
  problems: Problems,
): number | readonly number[] {
  if (typeof written === 'number') return written;
  const inside = [...new Set(written.filter((checkpoint) => checkpoint <= end))].sort((a, b) => a - b);
  // A default list may be meant for longer networks.
  if (inherited || problems.full) return inside;
  written.forEach((checkpoint, index) => {
    const span = problems.document.valueSpan([...path, index]);
    if (checkpoint > end) {
      const message = `Checkpoint ${checkpoint} is beyond the end of network ${quote(network)}, which is trained for ${end} ${unit}. Lower or remove it.`;
      problems.error('checkpoint-beyond-end', message, span);
    } else if (unit === 'steps' && !Number.isInteger(checkpoint)) {
      problems.error(
        'out-of-range',
        `Checkpoint ${checkpoint} counts steps, so it must be a whole number.`,
        span,
      );
    }
  });
  return inside;
}

/** A network's own training must not speak of tasks that the network has not. */
function checkOwnTasks(
  own: TrainingDraft,
  tasks: readonly string[],
  network: string,
  path: Path,
  problems: Problems,
): void {
  const foreign = (task: string, at: Path): void => {
    if (tasks.includes(task) || problems.document.find(['tasks', task]) === undefined) return;
    const message = `Network ${quote(network)} is not trained on task ${quote(task)}. Add it to the network's 'tasks' or remove it here.`;
    problems.error('task-not-trained', message, problems.document.keySpan(at));
  };
  for (const key of ['weights', 'labelNoise'] as const)
    for (const task of own[key]?.keys() ?? []) foreign(task, [...path, key, task]);
  own.phases?.forEach((phase, index) => {
    phase.tasks?.forEach((task, item) => {
      foreign(task, [...path, 'phases', index, 'tasks', item]);
    });
    for (const key of ['weights', 'until'] as const)
      for (const task of phase[key]?.keys() ?? []) foreign(task, [...path, 'phases', index, key, task]);
  });
}

/** Whether its training may end before all of its steps. */
export function mayEndEarly({ training }: Pick<Network, 'training'>): boolean {
  return training.phases.some(({ stopWhen, until }) => stopWhen !== null || until !== undefined);
}

/** Whether a network is trained at all. */
export function isTrained({ training }: Pick<Network, 'training'>): boolean {
  return training.totalSteps > 0;
}
