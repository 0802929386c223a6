import { Budget, BudgetError } from '../../experiment/budget';
import type { Experiment, Feature, SetName, Task } from '../../experiment/experiment';
import { featuresOf } from '../../experiment/features-of';
import { classOf } from '../../experiment/checks/task-class';
import { tableLookups } from '../../experiment/checks/value-space';
import { BLOCK, sampler } from '../sample';
import { StimuliError } from '../stimuli-error';
import { taskLabels } from '../task-label';
import { probabilityOf } from './probability';
import { combinationsOf, MOST_COMBINATIONS, variablesOf, visitCombinations } from './variables';

export interface BaseRate {
  /** The share of each class of the task that is to be expected in the set. */
  readonly shares: readonly number[];
  /** `balanced`: the file asks for it; `exact`: follows from the prevalences; `sampled`: measured on `samples` draws; `table`: of its stimuli. */
  readonly how: 'balanced' | 'exact' | 'sampled' | 'table';
  readonly samples: number;
}

const BLOCKS = 4;
/** Wider features, or longer lists of patterns to choose from, would take too long for a hover. */
const MOST_SAMPLED = 256;
const MOST_LISTED_BITS = 12;

/** What share of the stimuli of a set has each class of a task; null where that is not known before it is drawn. */
export function baseRate(experiment: Experiment, task: Task, set: SetName): BaseRate | null {
  const { stimuli } = experiment;
  const isWhole = stimuli.enumerate === 'all';
  const balance = isWhole ? [] : stimuli.sets[set].balance;
  if (balance.includes(task.name)) {
    return { shares: task.classes.map(() => 1 / task.classes.length), how: 'balanced', samples: 0 };
  }
  if (stimuli.table) return tableRate(stimuli, task);
  // Columns of tokens are not drawn one by one.
  if (stimuli.documents) return null;
  const dependsOn = dependencies(experiment, set);
  const own = reach(task.features, dependsOn);
  // Only tasks that are balanced over the same features shift the shares.
  const balanced = experiment.tasks.filter(
    (other) => balance.includes(other.name) && intersects(reach(other.features, dependsOn), own),
  );
  const involved = reach(
    [task, ...balanced].flatMap((one) => one.features),
    dependsOn,
  );
  const isIndependent = [...involved].every((name) => (dependsOn.get(name)?.length ?? 0) === 0);
  return isIndependent
    ? (exactRate(experiment, task, balanced, set) ?? sampledRate(experiment, task, balanced, involved, set))
    : sampledRate(experiment, task, balanced, involved, set);
}

/** What share of a table's stimuli has each class. */
function tableRate(stimuli: Experiment['stimuli'], task: Task): BaseRate {
  const tally = new Tally(task, []);
  for (const valueOf of tableLookups(stimuli)) tally.add(classOf(task, valueOf), [], 1);
  return { shares: tally.shares(), how: 'table', samples: 0 };
}

function exactRate(
  experiment: Experiment,
  task: Task,
  balanced: readonly Task[],
  set: SetName,
): BaseRate | null {
  const variables = variablesOf(experiment, [task, ...balanced], set);
  if (balanced.length === 0) {
    if (task.label.kind === 'categorical') {
      const values = variables[0]?.values ?? [];
      const shares = task.classes.map(
        (_, value) => values.find((one) => one.value === value)?.probability ?? 0,
      );
      return { shares, how: 'exact', samples: 0 };
    }
    const share = probabilityOf(task.label.expression, variables);
    if (share !== null) return { shares: [1 - share, share], how: 'exact', samples: 0 };
  }
  if (combinationsOf(variables) > MOST_COMBINATIONS) return null;
  const tally = new Tally(task, balanced);
  visitCombinations(variables, (valueOf, _, probability) => {
    tally.add(
      classOf(task, valueOf),
      balanced.map((other) => classOf(other, valueOf)),
      probability,
    );
  });
  return { shares: tally.shares(), how: 'exact', samples: 0 };
}

function sampledRate(
  experiment: Experiment,
  task: Task,
  balanced: readonly Task[],
  involved: ReadonlySet<string>,
  set: SetName,
): BaseRate | null {
  const { stimuli } = experiment;
  const features = stimuli.features.filter((feature) => involved.has(feature.name));
  const draws = stimuli.sets[set].draws.filter((draw) => involved.has(draw.feature));
  if (features.reduce((sum, feature) => sum + feature.width, 0) > MOST_SAMPLED) return null;
  const kinds = new Map(features.map((feature) => [feature.name, feature]));
  const isSlow = draws.some(
    ({ feature, agrees }) => agrees?.by === 'formula' && agrees.as && isLong(kinds.get(feature)),
  );
  if (isSlow) return null;
  const part = { ...stimuli, features, sets: { ...stimuli.sets, [set]: { balance: [], draws } } };
  const tally = new Tally(task, balanced);
  try {
    const { columns, rows, next } = sampler(part, set, new Budget());
    // Wide features come in smaller blocks, but none here is as wide.
    for (let block = 0; block < BLOCKS; block++) {
      next();
      const labels = [task, ...balanced].map((one) => taskLabels(one, columns, rows));
      for (let row = 0; row < rows; row++) {
        const [answer, ...others] = labels.map((label) => label[row]);
        tally.add(answer, others, 1);
      }
    }
  } catch (error) {
    if (error instanceof StimuliError || error instanceof BudgetError) return null;
    throw error;
  }
  return { shares: tally.shares(), how: 'sampled', samples: BLOCKS * BLOCK };
}

function isLong(feature: Feature | undefined): boolean {
  return feature?.kind === 'real' || (feature?.width ?? 0) > MOST_LISTED_BITS;
}

/** Weights of classes, with every combination of the balanced tasks counting alike in the end. */
class Tally {
  private readonly strata = new Map<string, Float64Array>();

  constructor(
    private readonly task: Task,
    private readonly balanced: readonly Task[],
  ) {}

  add(answer: number, others: readonly number[], weight: number): void {
    if (weight === 0) return;
    const key = others.join(' ');
    const weights = this.strata.get(key) ?? new Float64Array(this.task.classes.length);
    weights[answer] += weight;
    this.strata.set(key, weights);
  }

  shares(): number[] {
    const shares = this.task.classes.map(() => 0);
    for (const weights of this.strata.values()) {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const part = this.balanced.length === 0 ? total : 1;
      weights.forEach((weight, index) => (shares[index] += (weight / total) * part));
    }
    const sum = shares.reduce((total, share) => total + share, 0);
    return shares.map((share) => share / sum);
  }
}

/** For each feature, the features that its draw depends on. */
function dependencies({ stimuli }: Experiment, set: SetName): Map<string, string[]> {
  if (stimuli.enumerate !== 'none') return new Map();
  return new Map(
    stimuli.sets[set].draws.map(({ feature, agrees, correlates }) => [
      feature,
      [
        ...(agrees?.by === 'formula' ? featuresOf(agrees.with) : []),
        // An agreement shifts the feature even where the formula names none.
        ...(agrees?.by === 'formula' ? [feature] : []),
        ...(agrees?.by === 'value' ? [agrees.with] : []),
        ...(correlates ? [correlates.with] : []),
      ],
    ]),
  );
}

/** Features and all that they depend on. */
function reach(names: readonly string[], dependsOn: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(names);
  for (const name of found) for (const other of dependsOn.get(name) ?? []) found.add(other);
  return found;
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name));
}
